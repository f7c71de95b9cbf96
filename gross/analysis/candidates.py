"""Candidate pairs: documents that share at least two fingerprints which are not boilerplate.

A family of copies stands once in each posting, by its first member there, so the cost is
O(fingerprints x cap), never O(documents²).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gross.analysis.compiled import compiled
from gross.analysis.corpus import Postings

SHARED_FINGERPRINTS = 2  # a shared run of 20 words leaves at least two
MOST_HOLDERS = 64  # copies too loose for one family, in one posting; beyond, leaders stand for them


def candidates(
    found: Postings, common: NDArray[np.bool_], lead: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Give the pairs to look at, int64 (n_pairs, 2), each row ascending, rows sorted."""
    room = _pairs(found.bounds, found.documents, common, lead, np.empty(0, np.int64))
    keys = np.empty(room, np.int64)
    _pairs(found.bounds, found.documents, common, lead, keys)
    keys, counts = np.unique(keys, return_counts=True)
    keys = keys[counts >= SHARED_FINGERPRINTS]
    copies = np.flatnonzero(lead != np.arange(len(lead)))
    keys = np.union1d(keys, (lead[copies].astype(np.int64) << 32) | copies)
    return np.stack((keys >> 32, keys & 0xFFFFFFFF), axis=1)


def stars(
    found: Postings, widespread: NDArray[np.bool_], lead: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Pair the first holder of each widespread fingerprint with its other holders, as above."""
    firsts = found.documents[found.bounds[:-1]].astype(np.int64)
    sizes = np.diff(found.bounds)
    chosen = np.repeat(widespread, sizes)
    keys = (np.repeat(firsts, sizes)[chosen] << 32) | found.documents[chosen]
    keys, counts = np.unique(keys, return_counts=True)
    keys = keys[(counts >= SHARED_FINGERPRINTS) & (lead[keys >> 32] != lead[keys & 0xFFFFFFFF])]
    return np.stack((keys >> 32, keys & 0xFFFFFFFF), axis=1)


@compiled
def _pairs(
    bounds: NDArray[np.int64],
    documents: NDArray[np.int32],
    common: NDArray[np.bool_],
    lead: NDArray[np.int32],
    keys: NDArray[np.int64],
) -> int:
    """Write a key for each pair of each posting; with no room, only count them."""
    count = 0
    held = np.empty(MOST_HOLDERS, np.int64)
    last_seen = np.full(lead.shape[0], -1, np.int64)
    for h in range(common.shape[0]):
        if common[h] or bounds[h + 1] - bounds[h] < 2:
            continue
        holders = 0
        for q in range(bounds[h], bounds[h + 1]):
            leader = lead[documents[q]]
            if last_seen[leader] != h and holders < MOST_HOLDERS:
                last_seen[leader] = h
                held[holders] = documents[q]
                holders += 1
        for x in range(holders):
            for y in range(x + 1, holders):
                if keys.shape[0] > 0:
                    keys[count] = (held[x] << 32) | held[y]
                count += 1
    return count
