"""A calendar date known to the day, the month or the year, and never guessed beyond that."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartialDate:
    """ISO 8601 reduced precision: "2016", "2016-03" or "2016-03-12"."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read "2016", "2016-03" or "2016-03-12".

        Raises:
            ValueError: the text is none of these.
        """
        parts = text.split("-")
        if len(parts) > 3 or not all(part.isdecimal() for part in parts):
            raise ValueError(f"not a date: {text!r}")
        return cls(*(int(part) for part in parts))

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be. Overdue is counted from here: nobody is accused early."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])
