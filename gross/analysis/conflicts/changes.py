"""What changed between two runs of words, and whether the words around it agree."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

CONTEXT_WORDS = 3  # next to a change, on both sides together, that must agree
WIDEST_CHANGE = 6  # words; a longer one is another sentence


class Change(NamedTuple):
    """Words of `a` and of `b` that agree, or that stand for each other; ends are excluded."""

    agree: bool
    a_from: int
    a_to: int
    b_from: int
    b_to: int


def changes(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Change]:
    """Walk through both; changes that touch are one, so each has words that agree beside it."""
    found: list[Change] = []
    for op in Levenshtein.opcodes(a, b):
        agree = op.tag == "equal"
        a_from, a_to, b_from, b_to = op.src_start, op.src_end, op.dest_start, op.dest_end
        if found and not agree and not found[-1].agree:
            last = found.pop()
            found.append(Change(False, last.a_from, a_to, last.b_from, b_to))
        else:
            found.append(Change(agree, a_from, a_to, b_from, b_to))
    return found


def amid_agreement(walked: Sequence[Change], number: int) -> bool:
    """Tell whether the change of that number is narrow and stands between words that agree."""
    change = walked[number]
    if max(change.a_to - change.a_from, change.b_to - change.b_from) > WIDEST_CHANGE:
        return False
    beside = [walked[at] for at in (number - 1, number + 1) if 0 <= at < len(walked)]
    return sum(min(CONTEXT_WORDS, each.a_to - each.a_from) for each in beside) >= CONTEXT_WORDS
