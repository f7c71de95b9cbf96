"""Two documents side by side: runs of shared 3-word shingles, chained into passages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gross.analysis.compiled import compiled
from gross.analysis.fingerprints import shingles
from gross.analysis.labels import evidence

SEED_WORDS = 3
GAP_WORDS = 24  # unshared words that a passage may bridge on either side
DRIFT_WORDS = 16  # how much longer one side of such a gap may be
PASSAGE_WORDS = 24
LEAST_SAME = 0.2  # of a passage's words
MOST_REPEATS = 16  # a shingle that repeats more often than this in a pair anchors nothing

_AT_BITS = 22  # up to 4 million words a document; the other 42 bits hold the shingle's hash
_MOST_WORDS = (1 << _AT_BITS) - SEED_WORDS
_OPEN_CHAINS = 1024


@dataclass(frozen=True, slots=True)
class Page:
    """A document made ready for alignment. `plain`: its words that are not boilerplate."""

    hashes: NDArray[np.uint32]
    seeds: NDArray[np.uint64]  # shingle hash and word position in one number, sorted
    plain: NDArray[np.bool_]
    own_words: int


def page(hashes: NDArray[np.uint32], masked: NDArray[np.bool_]) -> Page:
    plain = ~masked
    runs = shingles(hashes[:_MOST_WORDS], SEED_WORDS)
    at = np.flatnonzero(plain[: len(runs)] & plain[SEED_WORDS - 1 :][: len(runs)])
    low = np.uint64((1 << _AT_BITS) - 1)
    seeds = (runs[at] & ~low) | at.astype(np.uint64)
    seeds.sort()
    return Page(hashes, seeds, plain, int(np.count_nonzero(plain)))


@dataclass(frozen=True, slots=True)
class Alignment:
    """`regions` int64 (n, 5): from and to in a, from and to in b (words), words that agree.

    `cover`: the share of each side's plain words that the regions cover, out of `own_words`.
    """

    regions: NDArray[np.int64]
    cover: tuple[float, float]
    own_words: tuple[int, int]

    @property
    def evidence(self) -> float:
        """The best region's evidence."""
        lengths = _lengths(self.regions)
        same = np.minimum(self.regions[:, 4], lengths)
        return max(map(evidence, lengths.tolist(), same.tolist()), default=0.0)


def align(a: Page, b: Page) -> Alignment:
    """Find the passages of `a` in `b`; the same passage is told once, at its best place."""
    regions = _equal(a) if np.array_equal(a.hashes, b.hashes) else _chained(a, b)
    cover = (_covered(regions[:, 0:2], a), _covered(regions[:, 2:4], b))
    return Alignment(_told_once(regions, a, b), cover, (a.own_words, b.own_words))


def _lengths(regions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the words of each region's shorter side."""
    sizes: NDArray[np.int64] = regions[:, 1:4:2] - regions[:, 0:4:2]
    shorter: NDArray[np.int64] = sizes.min(axis=1)
    return shorter


def _equal(a: Page) -> NDArray[np.int64]:
    """Align a text with its equal, boilerplate left out; chains would lose what repeats itself."""
    own = np.flatnonzero(a.plain)
    if not len(own):
        return np.empty((0, 5), np.int64)
    breaks = np.flatnonzero(np.diff(own) > GAP_WORDS)
    first = own[np.append(0, breaks + 1)]
    last = own[np.append(breaks, len(own) - 1)] + 1
    return np.stack((first, last, first, last, last - first), axis=1)


def _chained(a: Page, b: Page) -> NDArray[np.int64]:
    room = min(len(a.seeds), len(b.seeds)) * 4 + MOST_REPEATS
    keys = np.empty(room, np.int64)
    keys = keys[: _join(a.seeds, b.seeds, keys)]
    keys.sort()
    regions = np.empty((len(keys), 5), np.int64)
    return regions[: _chain(keys, regions)]


def _covered(spans: NDArray[np.int64], side: Page) -> float:
    inside = np.zeros(len(side.plain), np.bool_)
    for start, end in spans.tolist():
        inside[start:end] = True
    return int(np.count_nonzero(inside & side.plain)) / max(1, side.own_words)


def _told_once(regions: NDArray[np.int64], a: Page, b: Page) -> NDArray[np.int64]:
    """Drop regions that lie for the most part under better ones; sort the rest by place in `a`."""
    if len(regions) < 2:
        return regions
    taken_a, taken_b = np.zeros(len(a.plain), np.bool_), np.zeros(len(b.plain), np.bool_)
    kept = []
    for row in sorted(regions.tolist(), key=lambda row: (-row[4], row)):
        ours, theirs = taken_a[row[0] : row[1]], taken_b[row[2] : row[3]]
        if 2 * ours.sum() <= len(ours) and 2 * theirs.sum() <= len(theirs):
            ours[:] = theirs[:] = True
            kept.append(row)
    return np.array(sorted(kept), np.int64)


@compiled
def _join(  # noqa: C901  a merge of two sorted arrays, in one piece for the compiler
    a: NDArray[np.uint64], b: NDArray[np.uint64], keys: NDArray[np.int64]
) -> int:
    """Write (position in a, position in b) of each shared shingle as one number."""
    low = np.uint64((1 << _AT_BITS) - 1)
    i = j = count = 0
    while i < a.shape[0] and j < b.shape[0]:
        x = a[i] & ~low
        y = b[j] & ~low
        if x < y:
            i += 1
            continue
        if x > y:
            j += 1
            continue
        i_end = i
        while i_end < a.shape[0] and (a[i_end] & ~low) == x:
            i_end += 1
        j_end = j
        while j_end < b.shape[0] and (b[j_end] & ~low) == x:
            j_end += 1
        repeats = (i_end - i) * (j_end - j)
        if repeats <= MOST_REPEATS and count + repeats <= keys.shape[0]:
            for p in range(i, i_end):
                for q in range(j, j_end):
                    keys[count] = (np.int64(a[p] & low) << _AT_BITS) | np.int64(b[q] & low)
                    count += 1
        i = i_end
        j = j_end
    return count


@compiled
def _chain(  # noqa: C901  the open chains live in one array, for the compiler
    keys: NDArray[np.int64], regions: NDArray[np.int64]
) -> int:
    """Join each shared shingle to the open chain whose end is nearest; keep chains that are long.

    A chain: from a, to a, from b, to b, agreeing words.
    """
    chains = np.empty((_OPEN_CHAINS, 5), np.int64)
    still_open = count = 0
    low = np.int64((1 << _AT_BITS) - 1)
    for i in range(keys.shape[0] + 1):
        last = i == keys.shape[0]
        a = np.int64(1) << 40 if last else keys[i] >> _AT_BITS
        b = np.int64(0) if last else keys[i] & low
        best = -1
        best_cost = np.int64(1) << 30
        k = 0
        while k < still_open:
            gap_a = a - chains[k, 1]
            if gap_a > GAP_WORDS:
                length = min(chains[k, 1] - chains[k, 0], chains[k, 3] - chains[k, 2])
                if length >= PASSAGE_WORDS and chains[k, 4] >= LEAST_SAME * length:
                    regions[count] = chains[k]
                    count += 1
                still_open -= 1
                chains[k] = chains[still_open]
                continue
            gap_b = b - chains[k, 3]
            if -SEED_WORDS <= gap_b <= GAP_WORDS and abs(gap_a - gap_b) <= DRIFT_WORDS:
                cost = abs(gap_a - gap_b) * 4 + max(gap_a, gap_b)
                if cost < best_cost:
                    best = k
                    best_cost = cost
            k += 1
        if last:
            break
        if best >= 0:
            chains[best, 4] += min(SEED_WORDS, max(0, a + SEED_WORDS - chains[best, 1]))
            chains[best, 1] = max(chains[best, 1], a + SEED_WORDS)
            chains[best, 3] = max(chains[best, 3], b + SEED_WORDS)
        elif still_open < _OPEN_CHAINS:
            chains[still_open, 0] = a
            chains[still_open, 1] = a + SEED_WORDS
            chains[still_open, 2] = b
            chains[still_open, 3] = b + SEED_WORDS
            chains[still_open, 4] = SEED_WORDS
            still_open += 1
    return count
