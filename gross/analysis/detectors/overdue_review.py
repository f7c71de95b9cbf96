"""Outdated, quietly: the day of the next review has passed. That says nothing about the text.

In 519 real retirements, days past the review date predicted retirement no better than chance, so
this is housekeeping and ranks below every other finding of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gross.analysis.quoting import named
from gross.analysis.sentences import trimmed
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library, Span
from gross.domain.partial_date import PartialDate
from gross.domain.passage import PassageKind

NAME = "overdue_review"
CYCLE_YEARS = 3  # where a policy names no next review
HIGHEST_SCORE = 0.5
LAST_REVIEWS = ("last_reviewed", "last_revised", "effective", "originated")

_LABELS = {
    "next_review": r"(?i:next|due|review by|review date|valid to|expir)",
    "last_reviewed": r"(?i:review)",
    "last_revised": r"(?i:revis|amend)",
    "effective": r"(?i:effective|issued|adopted|approv|implement)",
    "originated": r"(?i:originat|formulat|creat|adopted)",
}


def detect(library: Library) -> Iterator[Finding]:
    for document in library.asked():
        due = document.dates.get("next_review")
        if due is not None:
            days = (library.today - due.last).days
            told = f"The next review of {named(document)} was due {_when(due)}"
            yield from _finding(document, "next_review", days, told)
            continue
        name = next((each for each in LAST_REVIEWS if each in document.dates), None)
        if name is not None:
            last = document.dates[name]
            days = (library.today - _years_later(last.last, CYCLE_YEARS)).days
            told = (
                f"{named(document)} names no next review; the last date it gives, "
                f"{name.replace('_', ' ')} {last}, is more than {CYCLE_YEARS} years past"
            )
            yield from _finding(document, name, days, told)


def _finding(document: Document, name: str, days: int, told: str) -> Iterator[Finding]:
    if days <= 0:
        return
    place = _place(document, name, document.dates[name])
    yield Finding(
        NAME,
        Kind.OUTDATED,
        (document.policy_id,),
        f"{told}: {days} {'day' if days == 1 else 'days'} overdue for review.",
        round(max(0.0001, min(HIGHEST_SCORE, HIGHEST_SCORE * days / 1825)), 4),
        () if place is None else (Evidence(place, of=(0,)),),
    )


def _when(due: PartialDate) -> str:
    return f"on {due}" if due.day else f"in {due}"


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _place(document: Document, name: str, found: PartialDate) -> Span | None:
    """Find the line of the header that gives the date, else the first words of the text."""
    text = document.text
    spans = [(p.start, p.end) for p in document.passages if p.kind is PassageKind.HEADER]
    year = re.compile(rf"(?<!\d)({found.year}|[/.-]{found.year % 100:02d})(?!\d)")
    label = re.compile(_LABELS[name])
    lines = [line for start, end in spans or [(0, 2000)] for line in _lines(text, start, end)]
    dated = [(start, end) for start, end in lines if year.search(text, start, end)]
    best = [(start, end) for start, end in dated if label.search(text, start, end)]
    rest = [(p.start, p.end) for p in document.passages] + list(_lines(text, 0, 2000))
    for start, end in [*best, *dated, *rest]:
        span = trimmed(text, start, end)
        if span.start < span.end:
            return span
    return None


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in re.compile(r"[^\n]+").finditer(text, start, min(end, len(text))):
        yield found.span()


DETECTOR = Detector(NAME, version=1, kind=Kind.OUTDATED, label="Overdue for review", detect=detect)
