"""Sentences about amounts between like words, in policies that may share nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from gross.analysis.conflicts.marks import Marked
from gross.analysis.sentences import sentence_around
from gross.analysis.types import Span

CONTEXT_WORDS = 3
MOST_HOLDERS = 16  # amounts with one context; beyond, it is a turn of phrase
LEAST_ALIKE = 0.75  # of the longer sentence's words; looser than the rules that judge it then

Place = tuple[int, int]  # the number of a document, and a word of it


@dataclass(frozen=True, slots=True)
class Around:
    """The sentence around a place, and its words but for those that are marked."""

    span: Span
    plain: frozenset[int]


def like_sentences(
    documents: Sequence[Marked],
) -> Iterator[tuple[tuple[int, int], tuple[Span, Span]]]:
    """Pair sentences about amounts that may differ: numbers of the documents, and spans."""
    desk = _Desk(documents)
    for one, other in _pairs(*_contexts(documents)):
        if one[0] == other[0] or desk.amount(one) == desk.amount(other):
            continue
        a, b = desk.around(one), desk.around(other)
        if len(a.plain & b.plain) >= LEAST_ALIKE * max(len(a.plain), len(b.plain)):
            yield (one[0], other[0]), (a.span, b.span)


@dataclass(slots=True)
class _Desk:
    documents: Sequence[Marked]
    read: dict[Place, Around] = field(default_factory=dict)

    def amount(self, place: Place) -> bytes:
        document, word = self.documents[place[0]], place[1]
        return document.read.words.hashes[word : word + 2].tobytes()

    def around(self, place: Place) -> Around:
        if place not in self.read:
            self.read[place] = _around(self.documents[place[0]], place[1])
        return self.read[place]


def _around(document: Marked, word: int) -> Around:
    found = document.read.words
    span = sentence_around(document.text, int(found.starts[word]), int(found.ends[word]))
    first, last = np.searchsorted(found.starts, [span.start, span.end]).tolist()
    hashes = found.hashes[first:last].tolist()
    kinds = document.kinds[first:last]
    return Around(
        span, frozenset(each for each, kind in zip(hashes, kinds, strict=True) if not kind)
    )


def _contexts(
    documents: Sequence[Marked],
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Hash the words before and those behind each amount, with its document and its place."""
    keys, owners, places = [], [], []
    for number, document in enumerate(documents):
        hashes, at = document.read.words.hashes, document.amounts_at
        for shift in (-CONTEXT_WORDS, 1):
            inside = at[(at + shift >= 0) & (at + shift + CONTEXT_WORDS <= len(hashes))]
            key = np.full(len(inside), shift + CONTEXT_WORDS, np.uint64)
            for step in range(CONTEXT_WORDS):
                key = (key ^ hashes[inside + shift + step]) * np.uint64(0x9E3779B97F4A7C15)
            keys.append(key)
            owners.append(np.full(len(inside), number))
            places.append(inside)
    return np.concatenate(keys), np.concatenate(owners), np.concatenate(places)


def _pairs(
    keys: NDArray[np.uint64], owners: NDArray[np.int64], places: NDArray[np.int64]
) -> Iterator[tuple[Place, Place]]:
    order = np.lexsort((places, owners, keys))
    keys, owners, places = keys[order], owners[order], places[order]
    edges = np.append(np.flatnonzero(np.append(True, keys[1:] != keys[:-1])), len(keys))
    sizes = np.diff(edges)
    for at in np.flatnonzero((sizes > 1) & (sizes <= MOST_HOLDERS)).tolist():
        group = slice(int(edges[at]), int(edges[at + 1]))
        yield from combinations(zip(owners[group].tolist(), places[group].tolist(), strict=True), 2)
