"""What a flag's quotes say of one policy, and of its counterpart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gross.store.flags import Flag
from gross.store.policies import Policy

MOST = 2  # quotes on one phone screen
LONGEST = 140  # characters of a quote there
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of the policy and its counterpart in `other`."""

    mine: str
    theirs: str
    other: Policy


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the flag shows of one policy: `alone` are quotes without a counterpart."""

    pairs: tuple[Pair, ...] = ()
    alone: tuple[str, ...] = ()

    @property
    def other(self) -> Policy | None:
        return self.pairs[0].other if self.pairs else None


def evidence_of(flag: Flag | None, policy: Policy | None) -> Evidence:
    """Read a flag from the side of `policy`; nothing when the flag is not about it."""
    if flag is None or policy is None:
        return Evidence()
    policies = flag.policies
    pairs, alone = [], []
    for passage in json.loads(flag.passages):
        sides = dict(_sides(passage))
        mine = [quote for place, quote in sides.items() if _is(policies, place, policy)]
        theirs = [
            (place, quote) for place, quote in sides.items() if not _is(policies, place, policy)
        ]
        if mine and theirs:
            place, quote = theirs[0]
            pairs.append(Pair(mine[0], quote, policies[place]))
        elif mine:
            alone.append(short(mine[0]))
    return Evidence(tuple(pairs), tuple(alone[:MOST]))


def _sides(passage: dict[str, object]) -> Iterator[tuple[int, str]]:
    """Which of the flag's policies each quote is from; left out, `of` means the first two."""
    places = passage.get("of") or [0, 1]
    for place, side in zip(places, ("a", "b"), strict=False):  # type: ignore[call-overload]
        quote = passage.get(side)
        if isinstance(quote, dict):
            yield place, str(quote.get("text", ""))


def _is(policies: list[Policy], place: int, policy: Policy) -> bool:
    return 0 <= place < len(policies) and policies[place].id == policy.id


def short(text: str) -> str:
    flat = _SPACE.sub(" ", text).strip()
    return flat if len(flat) <= LONGEST else flat[:LONGEST].rsplit(" ", 1)[0] + " …"
