"""Marks on the words of a document that a contradiction may turn on, found on hashes alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gross.analysis.conflicts.duties import MAY, MUST, NEGATIONS
from gross.analysis.conflicts.units import NUMBERS, PERIODS, UNIT_WORDS
from gross.analysis.prepared import Prepared
from gross.analysis.words import words

NUMBER, UNIT, PERIOD, DUTY, NEGATION = 1, 2, 4, 8, 16  # bits
TELLING = NUMBER | UNIT | PERIOD | DUTY

_LOW_BITS = np.uint32(0xFFFF)


@dataclass(frozen=True, slots=True)
class Marked:
    """A document's words, with those that could matter marked."""

    text: str
    read: Prepared
    kinds: bytes  # one for each word: the bits above
    marks_at: NDArray[np.int64]  # the words with any
    marks: NDArray[np.uint32]  # their hashes
    amounts_at: NDArray[np.int64]  # numbers with a unit close behind, and words for how often


def marked(text: str, read: Prepared) -> Marked:
    hashes = read.words.hashes
    kinds = _kinds(hashes)
    kinds[_begins_with_digit(text, read.words.starts)] |= NUMBER
    marks_at = np.flatnonzero(kinds)
    units = np.append(kinds & UNIT, [np.uint8(0), np.uint8(0)])[[marks_at + 1, marks_at + 2]]
    counted = (kinds[marks_at] & NUMBER > 0) & units.any(axis=0)
    amounts_at = marks_at[counted | (kinds[marks_at] & PERIOD > 0)]
    return Marked(text, read, kinds.tobytes(), marks_at, hashes[marks_at], amounts_at)


def _begins_with_digit(text: str, starts: NDArray[np.uint32]) -> NDArray[np.bool_]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)[starts]
    return (points >= 48) & (points <= 57)


def _kinds(hashes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Give each word's bits; a table of the low bits spares most words the search."""
    known, kinds_known, may_be_known = _vocabulary()
    kinds = np.zeros(len(hashes), np.uint8)
    at = np.flatnonzero(may_be_known[hashes & _LOW_BITS])
    nearest = np.minimum(np.searchsorted(known, hashes[at]), len(known) - 1)
    kinds[at] = np.where(known[nearest] == hashes[at], kinds_known[nearest], 0)
    return kinds


@cache
def _vocabulary() -> tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.bool_]]:
    bits: dict[int, int] = {}
    for kind, vocabulary in (
        (NUMBER, NUMBERS),
        (UNIT, UNIT_WORDS | {"times"}),
        (PERIOD, PERIODS),
        (DUTY, MUST | MAY),
        (NEGATION, NEGATIONS),
    ):
        for each in words(" ".join(sorted(vocabulary))).hashes.tolist():
            bits[each] = bits.get(each, 0) | kind
    known = np.array(sorted(bits), np.uint32)
    may_be_known = np.zeros(int(_LOW_BITS) + 1, np.bool_)
    may_be_known[known & _LOW_BITS] = True
    return known, np.array([bits[each] for each in known.tolist()], np.uint8), may_be_known
