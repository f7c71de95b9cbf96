"""Outdated: the text names what has been renamed, withdrawn or replaced since.

spaCy reads the sentences in which a term was met, and nothing else; it takes two seconds to import,
so it is imported when the first such sentence comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from gross.analysis.quoting import named
from gross.analysis.sentences import sentence_around
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library, Span, Term

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher

NAME = "superseded_term"
NEAR_WORDS = 6  # tokens between a word of history ("formerly") and the term it excuses
SCORE = 0.8

_FORMER = ["formerly", "previously", "originally", "historically", "former", "née"]
_NEWER = ["now", "renamed", "became", "becoming", "replaced", "superseded", "succeeded"]
_INSTEAD = ["replaced", "replaces", "replacing", "absorbed"]  # the newer thing did so
_DATED = ["prior", "before", "until", "through", "in", "during", "revised", "reviewed", "dated"]
_DATED += ["issued", "adopted", "approved", "published", "amended", "originated", "effective", "("]


def detect(library: Library) -> Iterator[Finding]:
    for document in library.asked():
        lower = document.text.lower()
        for term in library.terms:
            if term.words and not any(word in lower for word in term.words):
                continue
            places = tuple(_places(document.text, term))
            if places:
                yield _finding(document, term, places)


def _finding(document: Document, term: Term, places: tuple[Span, ...]) -> Finding:
    times = "" if len(places) == 1 else f" in {len(places)} places"
    instead = term.replacement
    if not instead or instead.startswith("nothing"):
        since = f"which no longer applies since {term.effective}"
    else:
        when = "on" if len(term.effective) == len("2007-01-07") else "in"
        since = f"which gave way to {instead} {when} {term.effective}"
    return Finding(
        NAME,
        Kind.OUTDATED,
        (document.policy_id,),
        f"{named(document)} speaks of {term.term}{times}, {since}.",
        SCORE,
        tuple(Evidence(place, of=(0,)) for place in places),
    )


def _places(text: str, term: Term) -> Iterator[Span]:
    """Give the sentences that use the term as if it were still so, each once."""
    excepted: list[tuple[int, int]] | None = None
    told: set[Span] = set()
    for match in _pattern(term.pattern).finditer(text):
        if excepted is None:
            excepted = [
                found.span() for each in term.exceptions for found in _pattern(each).finditer(text)
            ]
        if any(start <= match.start() and match.end() <= end for start, end in excepted):
            continue
        sentence = sentence_around(text, match.start(), match.end())
        if sentence not in told and not _is_history(text, sentence, match.span(), term):
            told.add(sentence)
            yield sentence


def _is_history(text: str, sentence: Span, match: tuple[int, int], term: Term) -> bool:
    """Tell whether the sentence speaks of the past: "formerly JCAHO", "Revised 2004"."""
    read = _language()(text[sentence.start : sentence.end])
    used = read.char_span(
        match[0] - sentence.start, match[1] - sentence.start, alignment_mode="expand"
    )
    if used is None:
        return False
    for rule, start, end in _matcher()(read):
        before, after = used.start - end, start - used.end
        excused = {
            "former": 0 <= before <= NEAR_WORDS,
            "then": before == 0,
            "instead": before == 0,
            "newer": 0 <= after <= NEAR_WORDS,
            "dated": 0 < _year(read[end - 1].text) <= _year(term.effective[:4]),
        }
        inside = before < 0 and after < 0  # a word of the term itself, as the year of an edition
        if not inside and excused[read.vocab.strings[rule]]:
            return True
    return False


def _year(text: str) -> int:
    return int(text) if text.isdecimal() else 0


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _language() -> Language:
    from spacy.lang.en import English  # see above

    return English()


@cache
def _matcher() -> Matcher:
    from spacy.matcher import Matcher  # see above

    matcher = Matcher(_language().vocab)
    year = {"TEXT": {"REGEX": r"^(19|20)\d\d$"}}
    gap = {"TEXT": {"REGEX": r"^(?!(19|20)\d\d$)[^.;]*$"}, "OP": "{0,3}"}
    matcher.add("former", [[{"LOWER": {"IN": _FORMER}}]])
    opening = {"TEXT": {"IN": ["(", ",", "–", "—"]}}
    matcher.add("then", [[opening, {"LOWER": "then"}, {"LOWER": "the", "OP": "?"}]])
    article = {"LOWER": {"IN": ["the", "our"]}, "OP": "?"}
    matcher.add("instead", [[{"LOWER": {"IN": _INSTEAD}}, article]])
    matcher.add("newer", [[{"LOWER": {"IN": _NEWER}}]])
    matcher.add("dated", [[{"LOWER": {"IN": _DATED}}, gap, year]])
    return matcher


DETECTOR = Detector(
    NAME, version=2, kind=Kind.OUTDATED, label="Names what has been replaced", detect=detect
)
