"""All prepared editions side by side: flat arrays with the bounds of each document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from gross.analysis.prepared import Prepared

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Postings:
    """Which documents hold which hash: sorted by hash, then document, each pair once.

    `bounds` int64, (n_hashes + 1): hash h is held by `documents[bounds[h]:bounds[h + 1]]`.
    `group` int32, one for each occurrence given: the number of its hash.
    """

    bounds: NDArray[np.int64]
    documents: NDArray[np.int32]
    group: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Corpus:
    editions: tuple[Prepared, ...]
    word_bounds: NDArray[np.int64]  # (n_documents + 1)
    print_bounds: NDArray[np.int64]  # (n_documents + 1)
    print_at: NDArray[np.int64]  # word of the corpus at which each fingerprint begins
    postings: Postings


def corpus(editions: Sequence[Prepared]) -> Corpus:
    word_bounds = bounds(len(edition.words.hashes) for edition in editions)
    print_bounds = bounds(len(edition.fingerprints) for edition in editions)
    owner = owners(print_bounds)
    prints = joined([edition.fingerprints for edition in editions], np.uint64)
    at = joined([edition.fingerprint_at for edition in editions], np.int64) + word_bounds[owner]
    return Corpus(tuple(editions), word_bounds, print_bounds, at, postings(prints, owner))


def postings(hashes: NDArray[np.uint64], owner: NDArray[np.int32]) -> Postings:
    """Group occurrences by hash; `owner`, the document of each, ascends."""
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    starts = np.ones(len(ordered), np.bool_)
    starts[1:] = ordered[1:] != ordered[:-1]
    group = np.empty(len(ordered), np.int32)
    group[order] = np.cumsum(starts, dtype=np.int32) - np.int32(1)
    documents = owner[order]
    first = starts.copy()
    first[1:] |= documents[1:] != documents[:-1]
    edges = np.flatnonzero(starts[first])
    return Postings(
        np.append(edges, np.count_nonzero(first)).astype(np.int64), documents[first], group
    )


def bounds(sizes: Iterable[int]) -> NDArray[np.int64]:
    """Turn sizes into bounds: 3, 4 gives 0, 3, 7."""
    return np.cumsum([0, *sizes], dtype=np.int64)


def owners(document_bounds: NDArray[np.int64]) -> NDArray[np.int32]:
    """Name the document of each element between the bounds."""
    sizes = np.diff(document_bounds)
    return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


def joined(arrays: Iterable[NDArray[Any]], kind: type[Number]) -> NDArray[Number]:
    """Put arrays one after the other, as numbers of one kind."""
    return np.concatenate([np.empty(0, kind), *(each.astype(kind, copy=False) for each in arrays)])
