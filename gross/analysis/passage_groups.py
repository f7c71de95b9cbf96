"""The same passage in many policies: matches whose spans are the same place, joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gross.analysis.types import Basis, Match, Span


@dataclass(frozen=True, slots=True)
class Place:
    policy: int
    span: Span


@dataclass(frozen=True, slots=True)
class PlacedMatch:
    a: Place
    b: Place
    match: Match
    basis: Basis = Basis.SHARED


@dataclass(frozen=True, slots=True)
class Group:
    """`proofs` reach each of the `policies` from the first; `matches` are all that it explains."""

    policies: tuple[int, ...]
    matches: tuple[PlacedMatch, ...]
    proofs: tuple[PlacedMatch, ...]


def groups(matches: Sequence[PlacedMatch]) -> tuple[Group, ...]:
    """Join matches that share a place; spans are one place when each holds most of the other."""
    spot = _spots({place for each in matches for place in (each.a, each.b)})
    near: dict[int, list[PlacedMatch]] = defaultdict(list)
    for each in matches:
        near[spot[each.a]].append(each)
        near[spot[each.b]].append(each)
    seen: set[int] = set()
    return tuple(_group(start, near, spot, seen) for start in sorted(near) if start not in seen)


def _spots(places: Iterable[Place]) -> dict[Place, int]:
    """Number the places, the same number for spans that are for the most part the same."""
    ordered = sorted(places, key=lambda place: (place.policy, place.span.start, place.span.end))
    spots: dict[Place, int] = {}
    first: list[Place] = []  # of each number
    for place in ordered:
        number = len(first)
        if first and _mostly_same(first[-1], place):
            number -= 1
        else:
            first.append(place)
        spots[place] = number
    return spots


def _mostly_same(one: Place, other: Place) -> bool:
    if one.policy != other.policy:
        return False
    common = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    longer = max(one.span.end - one.span.start, other.span.end - other.span.start)
    return 2 * common >= longer


def _group(
    start: int,
    near: dict[int, list[PlacedMatch]],
    spot: dict[Place, int],
    seen: set[int],
) -> Group:
    seen.add(start)
    ring: list[int] = [start]
    proofs: list[PlacedMatch] = []
    matches: dict[PlacedMatch, None] = {}
    policies: dict[int, None] = {}
    while ring:
        following = []
        for here in ring:
            for each in sorted(near[here], key=lambda each: (-each.match.same, each.match.a.start)):
                matches[each] = None
                for place in (each.a, each.b):
                    if spot[place] not in seen:
                        seen.add(spot[place])
                        following.append(spot[place])
                    if place.policy not in policies:
                        if policies:
                            proofs.append(each)
                        policies[place.policy] = None
        ring = following
    return Group(tuple(policies), tuple(matches), tuple(dict.fromkeys(proofs)))
