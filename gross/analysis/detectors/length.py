"""Burdensome: the text is far longer than others here; readers name length first."""

from __future__ import annotations

from collections.abc import Iterator

from gross.analysis.measures import PAGE_WORDS
from gross.analysis.measuring import measures_of
from gross.analysis.outliers import middle, score, upper_tail
from gross.analysis.quoting import named
from gross.analysis.types import Detector, Finding, Kind, Library

NAME = "length"
LEAST_WORDS = 5000  # ten printed pages


def detect(library: Library) -> Iterator[Finding]:
    found = list(measures_of(library))
    words = [measures.words for _, measures in found]
    bound = upper_tail(words, LEAST_WORDS)
    for document, measures in found:
        if measures.words > bound:
            yield Finding(
                NAME,
                Kind.BURDENSOME,
                (document.policy_id,),
                f"{named(document)} has {measures.words:,} words, about "
                f"{measures.words / PAGE_WORDS:.0f} pages; half of the library's policies have "
                f"{middle(words):,.0f} or fewer.",
                score(measures.words, bound),
                (),
            )


DETECTOR = Detector(
    NAME, version=1, kind=Kind.BURDENSOME, label="Far longer than others", detect=detect
)
