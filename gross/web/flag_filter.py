"""The queue's filters as they stand in its address, and the chips that change one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from gross.analysis import detectors
from gross.domain.flag import FlagState
from gross.store.flag_queue import KINDS, ORDERS, Filter

SAYS_ORDER = {"": "gravest first", "words": "most words to give back first"}
ANY = "any"  # in the address: flags in whatever state
LONGEST = 200  # characters of a value; longer names nothing
DETECTORS = {detector.name: detector.label for detector in detectors.ALL}


@dataclass(frozen=True, slots=True)
class Chip:
    says: str
    url: str
    count: int
    here: bool


@dataclass(frozen=True, slots=True)
class Chips:
    """The choices of one filter; `chosen` is the present one in words."""

    label: str
    chips: list[Chip]
    chosen: str
    is_usual: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue; its neighbours choose no flag, so that a phone shows the list."""

    number: int
    pages: int
    chosen: Filter

    def url(self, number: int) -> str:
        return url_for("compliance.flags", **in_address(self.chosen), page=number)


def read_filter(args: MultiDict[str, str]) -> Filter:
    """Read an address; a state or kind that does not exist counts as not given."""
    state, kind = args.get("state", ""), args.get("kind", "")
    return Filter(
        state="" if state == ANY else state if state in set(FlagState) else FlagState.OPEN,
        kind=kind if kind in KINDS else "",
        detector=args.get("detector", "")[:LONGEST],
        department=args.get("department", "")[:LONGEST],
        order=order if (order := args.get("order", "")) in ORDERS else "",
    )


def in_address(chosen: Filter) -> dict[str, Any]:
    """What `url_for` takes to come back to this filter; the usual is left out."""
    found = {
        field.name: value for field in fields(Filter) if (value := getattr(chosen, field.name))
    }
    if not chosen.state:
        found["state"] = ANY
    if chosen.state == FlagState.OPEN:
        del found["state"]
    return found


def orders(chosen: Filter) -> Chips:
    """The orders in which the queue can stand; they change no count."""
    found = [
        Chip(says.capitalize(), _url(chosen, "order", order), 0, order == chosen.order)
        for order, says in SAYS_ORDER.items()
    ]
    return Chips("Order", found, SAYS_ORDER[chosen.order], not chosen.order)


def chips(chosen: Filter, facets: Mapping[str, Mapping[str, int]]) -> list[Chips]:
    """Every filter with its values, how many flags each would show, and where it leads."""
    return [
        _chips(chosen, "kind", "Kind", facets, str.capitalize),
        _chips(chosen, "state", "State", facets, str.capitalize),
        _chips(chosen, "detector", "Detector", facets, lambda name: DETECTORS.get(name, name)),
        _chips(chosen, "department", "Department", facets, str),
    ]


def _chips(
    chosen: Filter,
    name: str,
    label: str,
    facets: Mapping[str, Mapping[str, int]],
    says: Callable[[str], str],
) -> Chips:
    counts, now = facets[name], getattr(chosen, name)
    values = list(counts) if name != "kind" else [kind for kind in KINDS if kind in counts]
    if now and now not in counts:
        values.append(now)
    found = [Chip("All", _url(chosen, name, ""), sum(counts.values()), not now)]
    if name == "department":  # a flag of two departments would count twice
        found = [Chip("All", _url(chosen, name, ""), 0, not now)]
    found += [
        Chip(says(value), _url(chosen, name, value), counts.get(value, 0), value == now)
        for value in values
    ]
    chosen_says = says(now) if now else f"any {label.lower()}"
    return Chips(label, found, chosen_says, now == getattr(Filter(), name))


def _url(chosen: Filter, name: str, value: str) -> str:
    return url_for("compliance.flags", **in_address(replace(chosen, **{name: value})))
