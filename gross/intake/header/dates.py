"""The dates of a header: each list whole, and of each list the one that counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gross.domain.partial_date import PartialDate
from gross.intake.dates import FoundDate, find_dates
from gross.intake.header.lines import Placed
from gross.intake.header.places import Place, Value

DATES = (
    "originated",
    "effective",
    "last_reviewed",
    "last_revised",
    "next_review",
    "expires",
    "site_implementation",
)
# The lists that documents give, and the field whose newest date is the one that counts.
LISTS = (("reviewed", "last_reviewed"), ("revised", "last_revised"), ("approved", "approved"))
MAX_DATED = 1200  # code points; lists of reviews run over decades


@dataclass(frozen=True, slots=True)
class Dated:
    chosen: dict[str, PartialDate]
    values: tuple[Value, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Date:
    name: str
    date: FoundDate
    place: Place

    @property
    def order(self) -> tuple[object, object]:
        return self.date.value.last, self.date.value.first


def dates_of(found: Sequence[Placed], day_first: bool | None) -> Dated:
    is_british = any(each.label.name.lower().find("ratified") >= 0 for each in found)
    every = list(_every(found, day_first, looks_forward=bool(day_first) or is_british))
    by_name: dict[str, list[_Date]] = {}
    for each in every:
        by_name.setdefault(each.name, []).append(each)
    chosen = {name: one for name in DATES if (one := _chosen(name, by_name))}
    return Dated(
        {name: one.date.value for name, one in chosen.items()},
        tuple(_values(chosen, by_name)),
        tuple(
            dict.fromkeys(
                f"“{each.place.written}” can be read day first or month first; "
                "only its year is kept."
                for each in every
                if each.date.is_ambiguous
            )
        ),
    )


def _every(
    found: Sequence[Placed], day_first: bool | None, *, looks_forward: bool
) -> Iterator[_Date]:
    for each in found:
        label = each.label
        value = label.value[:MAX_DATED]
        dates = find_dates(value, day_first=day_first)
        name = label.field
        if name == "review_date":
            # A bare "Review date" looks forward in British usage, and back elsewhere.
            name = "next_review" if looks_forward and len(dates) == 1 else "last_reviewed"
        for date in dates:
            written = value[date.start : date.end]
            place = Place(each.block, label.at + date.start, written, label.name)
            yield _Date(name, date, place)


def _chosen(name: str, by_name: dict[str, list[_Date]]) -> _Date | None:
    dates = by_name.get(name, [])
    if name == "last_reviewed":
        dates = [*dates, *by_name.get("approved", [])]
    if name == "originated":
        return min(dates, key=lambda each: each.date.value.first, default=None)
    if name == "effective" and not dates:
        dates = by_name.get("issued", [])
    return max(dates, key=lambda each: each.order, default=None)


def _values(chosen: dict[str, _Date], by_name: dict[str, list[_Date]]) -> Iterator[Value]:
    for name, one in chosen.items():
        yield _value(name, one)
    for listed, name in LISTS:
        unique = {str(each.date.value): each for each in reversed(by_name.get(name, []))}
        yield from (_value(listed, each) for each in reversed(unique.values()))


def _value(name: str, one: _Date) -> Value:
    return Value(name, str(one.date.value), one.place, one.date.is_ambiguous)
