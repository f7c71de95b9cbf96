"""Boilerplate: words that so many families share that they say nothing about any two policies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gross.analysis.compiled import compiled
from gross.analysis.corpus import Corpus, Postings, bounds, joined, owners, postings
from gross.analysis.fingerprints import SHINGLE_WORDS, WINDOW

MOST_FAMILIES = 16
SMALL_LIBRARY_FAMILIES = 6  # 5 would lose groups of six policies; 16 in 100 gave precision .18


def cap(families: int) -> int:
    """Say in how many families a passage may stand before it is boilerplate."""
    return min(MOST_FAMILIES, max(SMALL_LIBRARY_FAMILIES, families // 16))


def frequency(found: Postings, lead: NDArray[np.int32]) -> NDArray[np.int32]:
    """Count the families that hold each hash, int32 (n_hashes)."""
    counts = np.zeros(len(found.bounds) - 1, np.int32)
    _count_families(found.bounds, found.documents, lead, counts)
    return counts


def boilerplate(corpus: Corpus, lead: NDArray[np.int32], most: int) -> NDArray[np.bool_]:
    """Mark the words of the corpus that stand in more than `most` families.

    Fingerprints tell, and for short lines ("Next review: ...") their keys and their whole text.
    """
    common = frequency(corpus.postings, lead) > most
    mask = np.zeros(corpus.word_bounds[-1], np.bool_)
    _mark_runs(corpus.print_bounds, corpus.print_at, common[corpus.postings.group], mask)
    read = [edition.words for edition in corpus.editions]
    owner = owners(bounds(len(each.line_keys) for each in read))
    shift = corpus.word_bounds[owner]
    first = joined([each.line_from for each in read], np.int64) + shift
    last = joined([each.line_to for each in read], np.int64) + shift
    for hashes in (
        joined([each.line_keys for each in read], np.uint64),
        joined([each.line_hashes for each in read], np.uint64),
    ):
        found = postings(hashes, owner)
        usual = (frequency(found, lead) > most)[found.group] & (hashes != 0)
        _mark_lines(first[usual], last[usual], mask)
    return mask


@compiled
def _count_families(
    bounds: NDArray[np.int64],
    documents: NDArray[np.int32],
    lead: NDArray[np.int32],
    counts: NDArray[np.int32],
) -> None:
    last_seen = np.full(lead.shape[0], -1, np.int64)
    for h in range(counts.shape[0]):
        for q in range(bounds[h], bounds[h + 1]):
            leader = lead[documents[q]]
            if last_seen[leader] != h:
                last_seen[leader] = h
                counts[h] += 1


@compiled
def _mark_runs(
    bounds: NDArray[np.int64],
    at: NDArray[np.int64],
    common: NDArray[np.bool_],
    mask: NDArray[np.bool_],
) -> None:
    """Cover common shingles, and the gap between two of them that winnowing left out."""
    for d in range(bounds.shape[0] - 1):
        reached = np.int64(-1)
        for q in range(bounds[d], bounds[d + 1]):
            if not common[q]:
                continue
            start = at[q]
            if reached >= 0 and start - reached <= WINDOW + SHINGLE_WORDS:
                start = reached
            for x in range(start, at[q] + SHINGLE_WORDS):
                mask[x] = True
            reached = at[q] + SHINGLE_WORDS


@compiled
def _mark_lines(first: NDArray[np.int64], last: NDArray[np.int64], mask: NDArray[np.bool_]) -> None:
    for q in range(first.shape[0]):
        for x in range(first[q], last[q]):
            mask[x] = True
