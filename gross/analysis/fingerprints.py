"""Fingerprints: hashes of 5-word shingles, thinned by winnowing (Schleimer, Wilkerson, Aiken 2003).

In each window of 8 shingles the least hash is kept, so any run of 5 + 8 - 1 = 12 words that two
texts share leaves at least one fingerprint in both, and a run of 20 leaves two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gross.analysis.compiled import compiled

SHINGLE_WORDS = 5
WINDOW = 8
SURE_RUN_WORDS = SHINGLE_WORDS + WINDOW - 1


def fingerprints(hashes: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Give the fingerprints of a text's word hashes, and the word at which each begins."""
    room = max(0, len(hashes) - SHINGLE_WORDS + 1)
    kept, at = np.empty(room, np.uint64), np.empty(room, np.uint32)
    count = _winnow(hashes, kept, at)
    return kept[:count].copy(), at[:count].copy()


def shingles(hashes: NDArray[np.uint32], size: int) -> NDArray[np.uint64]:
    """Hash each run of `size` words; uint64, (n_words - size + 1)."""
    count = max(0, len(hashes) - size + 1)
    mixed = np.zeros(count, np.uint64)
    for offset in range(size):
        mixed ^= hashes[offset : offset + count]
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(32)
    return mixed


@compiled
def _winnow(hashes: NDArray[np.uint32], kept: NDArray[np.uint64], at: NDArray[np.uint32]) -> int:
    total = hashes.shape[0] - SHINGLE_WORDS + 1
    recent = np.empty(WINDOW, np.uint64)
    count = 0
    least = np.uint64(0)
    least_at = -1
    for j in range(total):
        mixed = np.uint64(0)
        for k in range(SHINGLE_WORDS):
            mixed = (mixed ^ np.uint64(hashes[j + k])) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(32)
        recent[j % WINDOW] = mixed
        fresh = False
        if least_at < 0 or mixed <= least:
            least = mixed
            least_at = j
            fresh = True
        elif least_at <= j - WINDOW:
            least_at = j - WINDOW + 1
            least = recent[least_at % WINDOW]
            for q in range(j - WINDOW + 2, j + 1):
                if recent[q % WINDOW] <= least:
                    least = recent[q % WINDOW]
                    least_at = q
            fresh = True
        full = j >= WINDOW - 1
        if (full and (fresh or j == WINDOW - 1)) or (j == total - 1 and not full):
            kept[count] = least
            at[count] = least_at
            count += 1
    return count
