"""Burdensome: each page asks for far more of people than the library's other pages do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gross.analysis.measures import Measures
from gross.analysis.measuring import measures_of
from gross.analysis.outliers import middle, score, upper_tail
from gross.analysis.quoting import listed, named
from gross.analysis.sentences import trimmed
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library

NAME = "obligations"
LEAST_PER_PAGE = 15.0
LEAST = 20  # obligations; a short sheet of steps is what it should be
SHOWN = 12  # quoted; the policy's page of the ranking shows all


def detect(library: Library) -> Iterator[Finding]:
    found = list(measures_of(library))
    rates = [measures.obligations_per_page for _, measures in found]
    bound = upper_tail(rates, LEAST_PER_PAGE)
    for document, measures in found:
        if measures.obligations_per_page > bound and len(measures.obligations) >= LEAST:
            yield _finding(document, measures, middle(rates), bound)


def _finding(document: Document, measures: Measures, usual: float, bound: float) -> Finding:
    whose = Counter(each.who.lower() for each in measures.obligations if each.who)
    most = listed([f"{who} ({count})" for who, count in whose.most_common(3)])
    told = f", most often of: {most}" if most else ""
    spans = (trimmed(document.text, e.start, e.end) for e in measures.obligations[:SHOWN])
    return Finding(
        NAME,
        Kind.BURDENSOME,
        (document.policy_id,),
        f"{named(document)} asks {len(measures.obligations)} things of people, "
        f"{measures.obligations_per_page:.0f} a page{told}; half of the library's policies ask "
        f"{usual:.0f} a page or fewer.",
        score(measures.obligations_per_page, bound),
        tuple(Evidence(span, of=(0,)) for span in spans if span.start < span.end),
    )


DETECTOR = Detector(
    NAME, version=1, kind=Kind.BURDENSOME, label="Asks far more a page than others", detect=detect
)
