"""Dates as policies write them, with the precision that was written and never a guessed day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gross.domain.partial_date import PartialDate

PIVOT = 50  # two-digit years from 50 on are of the 1900s; no header reaches back further

_MONTHS = {
    name: n
    for n, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\w/-])",
        r"(?<![\w/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\w/-])",
        rf"(?<![\w/]){_DAY}[\s,.-]*(?:of\s+)?{_MONTH}[\s,.-]*(?P<year>(?:19|20)?\d\d)(?!\w)",
        rf"(?<!\w){_MONTH}[\s.]*{_DAY}(?:\s*,\s*|\s+){_YEAR}",
        rf"(?<!\w){_MONTH}[\s,.'’-]*{_YEAR}",
        r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})(?![\w/-])",
        r"(?<![\w/.-])(?P<month>\d{1,2})[/-](?P<year>(?:19|20)\d\d|\d\d)(?![\w/-])",
        rf"(?<![\w/.$#-]){_YEAR}(?![/-]\d)",
    )
]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text. `is_ambiguous`: day and month could change places; the year stands."""

    start: int
    end: int
    value: PartialDate
    is_ambiguous: bool = False


def find_dates(text: str, *, day_first: bool | None) -> tuple[FoundDate, ...]:
    """Find the dates in order. `day_first` None: 03/12/2016 is known to its year only."""
    found: list[FoundDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            date = _found(match, day_first)
            if date is not None:
                found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


def order_of(text: str, *, day_first: bool | None) -> bool | None:
    """Say whether a document writes the day first: its own clear dates decide, else the setting."""
    is_day_first, is_month_first = _orders(text)
    return day_first if is_day_first == is_month_first else is_day_first


def unsettled(text: str, *, day_first: bool | None) -> bool | None:
    """Give the setting, or None where a document's own clear dates are written the other way.

    A document's clear dates never decide for its unclear ones: only the library's setting does.
    """
    is_day_first, is_month_first = _orders(text)
    is_against = is_month_first if day_first else is_day_first
    return None if is_against else day_first


def newest(dates: tuple[FoundDate, ...]) -> FoundDate | None:
    return max(dates, key=lambda date: (date.value.last, date.value.first), default=None)


def _orders(text: str) -> tuple[bool, bool]:
    """Say whether some date can only be day first, and whether some can only be month first."""
    pairs = [(int(match["a"]), int(match["b"])) for match in _PATTERNS[1].finditer(text)]
    return (
        any(12 < a <= 31 and b <= 12 for a, b in pairs),
        any(12 < b <= 31 and a <= 12 for a, b in pairs),
    )


def _found(match: re.Match[str], day_first: bool | None) -> FoundDate | None:
    parts = match.groupdict()
    year = _full_year(parts["year"])
    try:
        if "a" in parts:
            return _numeric(match, year, int(parts["a"]), int(parts["b"]), day_first)
        month = _month(parts.get("month"))
        day = int(parts["day"]) if parts.get("day") else None
        return FoundDate(match.start(), match.end(), PartialDate(year, month, day))
    except ValueError:
        return None


def _numeric(match: re.Match[str], year: int, a: int, b: int, day_first: bool | None) -> FoundDate:
    if a > 12:
        day_first = True
    elif b > 12 or a == b:
        day_first = False
    if day_first is None:
        return FoundDate(match.start(), match.end(), PartialDate(year), is_ambiguous=True)
    month, day = (b, a) if day_first else (a, b)
    return FoundDate(match.start(), match.end(), PartialDate(year, month, day))


def _month(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if written.isdecimal() else _MONTHS[written.lower()]


def _full_year(written: str) -> int:
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year >= PIVOT else 2000)
