"""Measure an edition: words, sentences and reading grade by rule, what it asks by the pipeline.

On one core of 2.3 GHz the pipeline reads some 45,000 words a second, so only passages with a word
that may oblige, sign, record, cite or define reach it: 60 to 70% of the words of real policies.
Together that is 60,000 words a second, once for each edition; what is counted is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from gross.analysis.language.parts import Obliging, Quoted, Recording, Signing
from gross.analysis.measures import Measures
from gross.analysis.types import Document, Library, Span
from gross.domain.passage import Passage, PassageKind

MEASURES_VERSION = 1  # goes up whenever a count may change; older ones are measured again
LONGEST_GROUP = 6000  # code points read as one: a sentence with its list, a table
MOST_READ = 400_000  # code points of one edition that the pipeline reads; what follows is not

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=[\s\"”’)\]]|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^aeiouyl]e|[^aeiouytd]ed|[^aeiouyszxc]es)$")
_SHORTEST = 5  # words; a shorter passage is a label
_ASKS = re.compile(
    r"\b(?:must|shall|requir|responsible|(?:is|are|has|have|needs?) to\b|will\b"
    r"|(?:counter|co-?)?sign(?:s|ed|atures?)?\b|approv|authoriz|initials?\b|attest|logs?\b"
    r"|logbook|checklist|roster|flow\s?sheet|both\b|means\b|defined|refers to|CFR|USC|NFPA|USP"
    r"|(?:nurse|physician|provider|pharmacist|technician|technologist|therapist|clerk|manager"
    r"|supervisor|director|officer|president|administrator|coordinator|employee|member|owner"
    r"|committee|council|board|department|office|team|unit|staff|operator|assistant)s?\s+"
    r"(?:also\s+|then\s+|always\s+)?[a-z]+s?\b)",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"(?:^|[.:]\s+|^\s*\S{1,6}\s+)[A-Z][a-z]+\s+(?:the|a|an|each|all|any)\b", re.M
)

Part = TypeVar("Part", Obliging, Signing, Recording, Quoted)


def measured(library: Library) -> Library:
    """Measure what the library does not hold measures of; editions by digest."""
    found = dict(library.measures)
    for document in library.documents:
        if not document.retired and document.digest not in found:
            found[document.digest] = measure(document.text, document.passages)
    return replace(library, measures=found)


def measures_of(library: Library) -> Iterator[tuple[Document, Measures]]:
    """The policies in force that were measured; a detector says nothing of others."""
    for document in library.documents:
        if not document.retired and document.digest in library.measures:
            yield document, library.measures[document.digest]


def measure(text: str, passages: tuple[Passage, ...] = ()) -> Measures:
    body = list(_body(text, passages))
    words = sentences = syllables = prose = 0
    for passage in body:
        found = _WORD.findall(text[passage.start : passage.end].lower())
        words += len(found)
        if len(found) >= _SHORTEST and passage.kind is not PassageKind.ROW:
            prose += len(found)
            syllables += sum(map(_syllables, found))
            sentences += max(1, len(_SENTENCE_END.findall(text, passage.start, passage.end)))
    grade = 0.39 * prose / sentences + 11.8 * syllables / prose - 15.59 if prose else 0.0
    return _asked(text, _groups(text, body), Measures(words, sentences, round(grade, 1)))


def _asked(text: str, groups: Iterable[Span], counted: Measures) -> Measures:
    spans = [span for span in groups if _may_ask(text[span.start : span.end])]
    if not spans:
        return counted
    from gross.analysis.language.pipeline import read  # it takes seconds to import

    parts: dict[str, list[Any]] = {
        name: [] for name in ("obligations", "approvals", "records", "citations", "definitions")
    }
    texts = [text[span.start : span.end] for span in spans]
    for span, doc in zip(spans, read(texts), strict=True):
        for name, found in parts.items():
            found.extend(_shifted(each, span.start) for each in getattr(doc._, name))
    read_words = sum(len(each.split()) for each in texts)
    return Measures(
        counted.words,
        counted.sentences,
        counted.grade,
        read_words,
        tuple(parts["obligations"]),
        tuple(parts["approvals"]),
        tuple(parts["records"]),
        tuple(parts["citations"]),
        tuple(parts["definitions"]),
    )


def _shifted(part: Part, by: int) -> Part:
    return replace(part, start=part.start + by, end=part.end + by)


def _may_ask(text: str) -> bool:
    return bool(_ASKS.search(text) or _COMMAND.search(text))


def _syllables(word: str) -> int:
    count = len(_VOWELS.findall(word))
    return max(1, count - 1 if count > 1 and _SILENT.search(word) else count)


def _body(text: str, passages: tuple[Passage, ...]) -> Iterator[Passage]:
    """Paragraphs, items and rows; a text without passages is taken by its lines."""
    if not passages:
        for line in re.finditer(r"[^\n]+", text):
            yield Passage(line.start(), line.end(), PassageKind.PARAGRAPH)
    for passage in passages:
        if passage.kind not in {PassageKind.HEADER, PassageKind.HEADING}:
            yield passage


def _groups(text: str, body: Iterable[Passage]) -> Iterator[Span]:
    """Put a list with the sentence that opens it, and the rows of a table together."""
    start = end = 0
    last: Passage | None = None
    for passage in body:
        if passage.start >= MOST_READ:
            break
        fits = passage.end - start <= LONGEST_GROUP
        if last is not None and fits and _goes_on(text, last, passage):
            end = passage.end
        else:
            yield from _pieces(start, end)
            start, end = passage.start, passage.end
        last = passage
    yield from _pieces(start, end)


def _pieces(start: int, end: int) -> Iterator[Span]:
    """Cut what is longer than a group; a page that was read as one passage must not be lost."""
    for first in range(start, min(end, MOST_READ), LONGEST_GROUP):
        yield Span(first, min(end, first + LONGEST_GROUP))


def _goes_on(text: str, last: Passage, passage: Passage) -> bool:
    if passage.kind is PassageKind.ROW:
        return last.kind is PassageKind.ROW
    ending = text[last.start : last.end].rstrip()[-5:]
    opens = ending.endswith((":", ",", ";", " and", "; or"))
    return opens and passage.kind is PassageKind.ITEM
