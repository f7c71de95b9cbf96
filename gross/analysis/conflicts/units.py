"""Units, numbers in words and words for how often, each with its size in a common measure."""

from __future__ import annotations

from fractions import Fraction

_DAY = Fraction(86400)
_MONTH = _DAY * Fraction("30.4375")


def kind_of_time(size: Fraction) -> str:
    """Name the kind of a span of time: months and years are not counted in days exactly."""
    return "calendar" if size >= _MONTH else "time"


SECONDS: dict[str, Fraction] = {
    **dict.fromkeys(("second", "sec"), Fraction(1)),
    **dict.fromkeys(("minute", "min"), Fraction(60)),
    **dict.fromkeys(("hour", "hr"), Fraction(3600)),
    **dict.fromkeys(("day", "calendar day"), _DAY),
    "week": 7 * _DAY,
    "month": _MONTH,
    "quarter": 3 * _MONTH,
    "year": 12 * _MONTH,
    "yr": 12 * _MONTH,
}
UNITS: dict[str, tuple[str, Fraction]] = {
    **{name: (kind_of_time(size), size) for name, size in SECONDS.items()},
    **dict.fromkeys(("business day", "working day"), ("business days", Fraction(1))),
    "mcg": ("mass", Fraction(1, 1000)),
    "mg": ("mass", Fraction(1)),
    "g": ("mass", Fraction(1000)),
    "gram": ("mass", Fraction(1000)),
    "kg": ("mass", Fraction(10**6)),
    **dict.fromkeys(("ml", "cc"), ("volume", Fraction(1))),
    **dict.fromkeys(("l", "liter", "litre"), ("volume", Fraction(1000))),
    **dict.fromkeys(("%", "percent"), ("share", Fraction(1))),
    **dict.fromkeys(("°c", "degrees c"), ("degrees Celsius", Fraction(1))),
    **dict.fromkeys(("°f", "degrees f"), ("degrees Fahrenheit", Fraction(1))),
}
SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
SPELLED |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20}
SPELLED |= {"thirty": 30, "forty": 40, "sixty": 60, "ninety": 90}
TIMES = {"once": Fraction(1), "twice": Fraction(2)}
OFTEN = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
OFTEN |= {"annually": "year", "yearly": "year", "annual": "year", "hourly": "hour"}
EACH = frozenset(("a", "per", "each", "every"))
NUMBERS = frozenset(SPELLED)
PERIODS = frozenset([*TIMES, *OFTEN, "every", "each"])
UNIT_WORDS = frozenset(
    form for name in UNITS for word in name.split() for form in (word, word + "s")
)


def singular(unit: str) -> str:
    return unit if unit in UNITS else unit.removesuffix(".").removesuffix("s")
