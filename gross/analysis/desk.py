"""The desk on which two documents are laid side by side, and where that may be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gross.analysis.alignment import Alignment, Page, align, page
from gross.analysis.prepared import Prepared
from gross.analysis.types import Detector, Finding, Library

Pair = tuple[int, int]  # places of two documents among those of the desk, ascending


@dataclass(frozen=True, slots=True)
class Desk:
    """Lays two documents side by side, with what is boilerplate masked.

    `masked` bool, one for each word of all `editions`, which begin at `word_bounds`.
    """

    editions: Sequence[Prepared] | Mapping[int, Prepared]
    word_bounds: NDArray[np.int64]
    masked: NDArray[np.bool_]
    pages: dict[int, Page] = field(default_factory=dict)

    def page(self, number: int) -> Page:
        if number not in self.pages:
            words = slice(self.word_bounds[number], self.word_bounds[number + 1])
            hashes = self.editions[number].words.hashes
            self.pages[number] = page(hashes, self.masked[words])
        return self.pages[number]

    def aligned(self, pair: Pair) -> Alignment:
        return align(self.page(pair[0]), self.page(pair[1]))


class Engine(Protocol):
    """Where the long stages of a scan are computed: the same pure functions, answers in order."""

    def aligned(self, desk: Desk, pairs: Sequence[Pair]) -> Iterable[Alignment]: ...

    def detected(
        self, library: Library, using: Sequence[Detector]
    ) -> Iterable[tuple[Finding, ...]]: ...


class Here:
    """The engine of this process: one after the other, each when it is asked for."""

    def aligned(self, desk: Desk, pairs: Sequence[Pair]) -> Iterator[Alignment]:
        return map(desk.aligned, pairs)

    def detected(
        self, library: Library, using: Sequence[Detector]
    ) -> Iterator[tuple[Finding, ...]]:
        return (detected(library, detector) for detector in using)


def detected(library: Library, detector: Detector) -> tuple[Finding, ...]:
    """What one detector finds, in an order that depends on the library alone."""
    about = library.about
    found = (each for each in detector.detect(library) if about is None or about in each.policies)
    return tuple(sorted(found, key=lambda each: (-each.score, each.policies, each.sentence)))
