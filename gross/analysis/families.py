"""Families of copies, found first: documents whose greater part is shared, however many share it.

A merged health system holds one policy once a site. Counted by document, forty copies look like
boilerplate; so documents are gathered behind leaders, and only leaders count. A document joins the
leader with which it shares the most fingerprints, or becomes a leader. Cost: O(fingerprints x
LEADERS_SEEN), however large the families are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gross.analysis.compiled import compiled
from gross.analysis.corpus import Corpus

SURE_COPY = 0.75  # share of the larger one's fingerprints; a common template seldom reaches it
COPY = 0.5
KIN = 0.08  # share of the smaller one's fingerprints, where the titles agree as well
LEADERS_SEEN = 32  # a fingerprint with more leaders than this says nothing about families

_WORD = re.compile(r"[^\W\d_]+")
_KINDS = frozenset(
    (
        *("a", "an", "and", "for", "of", "on", "the", "to", "policy", "policies"),
        *("procedure", "procedures", "protocol", "guideline", "standard"),
    )
)


def leaders(
    corpus: Corpus,
    masked: NDArray[np.bool_],
    titles: NDArray[np.int32],
    least: float,
) -> NDArray[np.int32]:
    """Name each document's leader, int32 (n_documents); a leader leads itself and comes first.

    `masked` (n_hashes) marks fingerprints that do not count. Documents of one title (`titles`,
    -1 for none) are kin already when they share KIN of the smaller one.
    """
    lead = np.empty(len(corpus.print_bounds) - 1, np.int32)
    _gather(corpus.print_bounds, corpus.postings.group, masked, titles, least, lead)
    return lead


def title_keys(titles: Sequence[str]) -> NDArray[np.int32]:
    """Number the titles; those that differ in numbering, case and words of kind share a number."""
    numbers: dict[str, int] = {}
    found = []
    for title in titles:
        words = [word for word in _WORD.findall(title.lower()) if word not in _KINDS]
        found.append(numbers.setdefault(" ".join(words), len(numbers)) if words else -1)
    return np.array(found, np.int32)


@compiled
def _gather(  # noqa: C901  one pass over linked lists, in one piece for the compiler
    bounds: NDArray[np.int64],
    group: NDArray[np.int32],
    masked: NDArray[np.bool_],
    titles: NDArray[np.int32],
    least: float,
    lead: NDArray[np.int32],
) -> None:
    hashes = masked.shape[0]
    head = np.full(hashes, -1, np.int32)  # linked lists: the leaders that hold a hash
    length = np.zeros(hashes, np.int32)
    follow = np.empty(group.shape[0], np.int32)
    holder = np.empty(group.shape[0], np.int32)
    slots = 0
    seen_by = np.full(hashes, -1, np.int32)
    sizes = np.zeros(lead.shape[0], np.int32)
    shared = np.zeros(lead.shape[0], np.int32)
    met = np.empty(lead.shape[0], np.int32)
    for d in range(lead.shape[0]):
        mets = 0
        size = 0
        for q in range(bounds[d], bounds[d + 1]):
            h = group[q]
            if masked[h] or seen_by[h] == d:
                continue
            seen_by[h] = d
            size += 1
            slot = head[h]
            while slot >= 0:
                leader = holder[slot]
                if shared[leader] == 0:
                    met[mets] = leader
                    mets += 1
                shared[leader] += 1
                slot = follow[slot]
        best = d
        best_share = 0.0
        for k in range(mets):
            leader = met[k]
            share = shared[leader] / max(size, sizes[leader])
            akin = titles[d] >= 0 and titles[d] == titles[leader]
            if akin and shared[leader] >= max(2.0, KIN * min(size, sizes[leader])):
                share += 1.0
            shared[leader] = 0
            if share >= least and share > best_share:
                best = leader
                best_share = share
        lead[d] = best
        sizes[d] = size
        if best != d:
            continue
        for q in range(bounds[d], bounds[d + 1]):
            h = group[q]
            if seen_by[h] == d and length[h] < LEADERS_SEEN:
                seen_by[h] = -1
                length[h] += 1
                holder[slots] = d
                follow[slots] = head[h]
                head[h] = slots
                slots += 1
