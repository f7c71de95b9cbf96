"""Dates as running text writes them, read as late as they can be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gross.domain.partial_date import PartialDate

LONGEST = 40  # code points of a written date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_WRITTEN = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?|(?P<day2>\d{{1,2}})\s+"
    rf"{_MONTH.replace('month', 'month2')},?|{_MONTH.replace('month', 'month3')},?(?:\s+of)?|"
    r"(?P<iso>(?:19|20)\d\d-\d\d-)|(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-]|"
    r"(?:the\s+)?(?P<season>spring|summer|fall|autumn|end|winter)\s+of)"
    r"\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)$")
_PARTS_OF_NUMBERS = frozenset((*"0123456789./-$§#",))  # "1910.2030", "NFPA 99-1999", "$2000"
_SEASON_ENDS = {"spring": 6, "summer": 9}  # months; the others reach the year's end


@dataclass(frozen=True, slots=True)
class DateThere:
    """`last`: the latest day it can mean. `start`, `end`: code points of the text."""

    start: int
    end: int
    last: date
    is_bare_year: bool


def date_ending_at(text: str, end: int) -> DateThere | None:
    """Read the date whose year, or whole, ends there; a year alone is a date too."""
    window = text[max(0, end - LONGEST) : end]
    shift = end - len(window)
    iso = _ISO.search(window)
    if iso:
        last = _day(int(iso[1]), int(iso[2]), int(iso[3]))
        return None if last is None else DateThere(shift + iso.start(), end, last, False)
    year = _YEAR.search(window)
    if year is None:
        return None
    before = _WRITTEN.search(window, 0, year.start())
    if before is None and window[: year.start()][-1:] in _PARTS_OF_NUMBERS:
        return None
    if before is None:
        last = PartialDate(int(year[0])).last
        return DateThere(shift + year.start(), end, last, True)
    found = _last(before, int(year[0]))
    return None if found is None else DateThere(shift + before.start(), end, found, False)


def _last(found: re.Match[str], year: int) -> date | None:
    if found["season"]:
        month = _SEASON_ENDS.get(found["season"].lower(), 12)
        return PartialDate(year, month).last
    if found["first"]:
        first, second = int(found["first"]), int(found["second"])
        days = [_day(year, first, second), _day(year, second, first)]
        return max((day for day in days if day is not None), default=None)
    name = found["month"] or found["month2"] or found["month3"]
    if not name:
        return None
    month = _MONTHS.index(name[:3].lower()) + 1
    day = found["day"] or found["day2"]
    return _day(year, month, int(day)) if day else PartialDate(year, month).last


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
