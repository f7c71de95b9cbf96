"""Days and moments as the hospital says them: in its time zone, with the month as a word.

The zone is the process's own, set at start from the setting `timezone`.
"""

from __future__ import annotations

from datetime import date, datetime


def local_day(now: datetime) -> date:
    """The hospital's calendar day: on it a policy retires."""
    return now.astimezone().date()


def day(value: date | datetime | None) -> str:
    """ "3 March 2026": no order of numbers that another country reads otherwise."""
    if isinstance(value, datetime):
        value = local_day(value)
    return "" if value is None else f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """ "3 March 2026, 14:05 CET" """
    return "" if value is None else f"{day(value)}, {value.astimezone():%H:%M %Z}"
