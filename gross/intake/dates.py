"""Dates as policies write them, with the precision that was written and never a guessed day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gross.domain.partial_date import PartialDate

PIVOT = 50  # two-digit years from 50 on are of the 1900s; no header reaches back further

# English first; then German, French, Spanish, Dutch, Italian and Portuguese.
_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "jan january januar janvier enero januari gennaio janeiro",
            "feb february februar février fevrier febrero februari febbraio fevereiro",
            "mar march märz maerz mars marzo maart março marco",
            "apr april avril abril aprile",
            "may mai mayo mei maggio maio",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho",
            "aug august août aout agosto augustus",
            "sep sept september septembre septiembre setiembre settembre setembro",
            "oct october oktober octobre octubre ottobre outubro",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre decembre diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|er|º|°))?"
_OF = r"(?:(?:of|de|del|di|do)\s+)?"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\w/-])",
        r"(?<![\w/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\w/-])",
        rf"(?<![\w/]){_DAY}[\s,.-]*{_OF}{_MONTH}[\s,.-]*{_OF}(?P<year>(?:19|20)?\d\d)(?!\w)",
        rf"(?<!\w){_MONTH}[\s.]*{_DAY}(?:\s*,\s*|\s+){_YEAR}",
        rf"(?<!\w){_MONTH}[\s,.'’-]*{_OF}{_YEAR}",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?",
        r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})(?![\w/-])",
        r"(?<![\w/.-])(?P<month>\d{1,2})[/-](?P<year>(?:19|20)\d\d|\d\d)(?![\w/-])",
        rf"(?<![\w/.$#-]){_YEAR}(?![/-]\d)",
    )
]

_MISREAD = re.compile(
    r"(?<![\w/.-])(?:[\dOolI|]{1,2}[/.-]){1,2}[\dOolI|]{2,4}(?![\w/-])|(?<!\w)[12l][9O0][\dOolI]{2}(?!\w)"
)
_DIGITS = str.maketrans("OolI|", "00111")


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
    text = _MISREAD.sub(_mended, text)
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


def _mended(match: re.Match[str]) -> str:
    """Digits that a scanner took for letters, where the others leave no doubt; places stay."""
    written = match[0]
    is_misread = sum(map(str.isdecimal, written)) >= 2 and not written.isdecimal()
    return written.translate(_DIGITS) if is_misread else written


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
