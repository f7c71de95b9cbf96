"""Burdensome: the sentences are far harder to read than the library's others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gross.analysis.measuring import measures_of
from gross.analysis.outliers import middle, score, upper_tail
from gross.analysis.quoting import named
from gross.analysis.sentences import sentence_around
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library, Span
from gross.domain.passage import PassageKind

NAME = "reading_level"
LEAST_GRADE = 16.0  # beyond four years of college
LEAST_WORDS = 200  # the grade of a shorter text is chance
SHOWN = 3  # longest sentences

_END = re.compile(r"[.!?](?=\s|$)")
_PROSE = frozenset((PassageKind.PARAGRAPH, PassageKind.ITEM))


def detect(library: Library) -> Iterator[Finding]:
    found = [each for each in measures_of(library) if each[1].words >= LEAST_WORDS]
    grades = [measures.grade for _, measures in found]
    bound = upper_tail(grades, LEAST_GRADE)
    for document, measures in found:
        if measures.grade > bound:
            yield Finding(
                NAME,
                Kind.BURDENSOME,
                (document.policy_id,),
                f"{named(document)} reads at school grade {measures.grade:.0f}; half of the "
                f"library's policies read at {middle(grades):.0f} or below.",
                score(measures.grade, bound),
                tuple(Evidence(span, of=(0,)) for span in _longest(document)),
            )


def _longest(document: Document) -> list[Span]:
    spans = {
        sentence_around(document.text, at, at)
        for passage in document.passages
        if passage.kind in _PROSE
        for at in _sentence_places(document.text, passage.start, passage.end)
    }
    ranked = sorted(spans, key=lambda span: (span.start - span.end, span.start))
    return sorted((s for s in ranked[:SHOWN] if s.start < s.end), key=lambda span: span.start)


def _sentence_places(text: str, start: int, end: int) -> Iterator[int]:
    yield start
    for found in _END.finditer(text, start, max(start, end - 2)):
        yield found.end() + 1


DETECTOR = Detector(
    NAME, version=1, kind=Kind.BURDENSOME, label="Far harder to read than others", detect=detect
)
