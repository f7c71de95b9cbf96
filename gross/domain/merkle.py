"""A Merkle tree over the ledger's entries: proofs that a reader can check without the whole.

Hashes, roots and proofs are those of RFC 9162, sections 2.1.1 to 2.1.4. A leaf is the SHA-256 over
a zero byte and the entry's canonical bytes; a node over a one byte and its two children.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

Hash = bytes  # 32 bytes
EMPTY: Hash = hashlib.sha256(b"").digest()


def leaf(data: bytes) -> Hash:
    return hashlib.sha256(b"\0" + data).digest()


def node(left: Hash, right: Hash) -> Hash:
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[Hash]) -> Hash:
    """The head of the tree over `leaves`; O(n)."""
    return _Levels(leaves).of(0, len(leaves)) if leaves else EMPTY


def inclusion(leaves: Sequence[Hash], places: Sequence[int]) -> list[list[Hash]]:
    """For each of `places` (from 0), the proof that its leaf is in the tree; O(n) for them all."""
    levels = _Levels(leaves)
    return [list(_path(levels, place, 0, len(leaves))) for place in places]


def consistency(leaves: Sequence[Hash], earlier: int) -> list[Hash]:
    """The proof that the tree over the first `earlier` leaves grew into this one."""
    if not 0 < earlier <= len(leaves):
        raise ValueError("the earlier tree has between one leaf and all of them")
    return list(_growth(_Levels(leaves), earlier, 0, len(leaves), is_whole=True))


class _Levels:
    """All complete subtrees, so that many proofs cost one pass."""

    def __init__(self, leaves: Sequence[Hash]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            pairs = zip(below[::2], below[1::2], strict=False)
            self._levels.append([node(left, right) for left, right in pairs])

    def of(self, begin: int, end: int) -> Hash:
        """The root over leaves `begin` to `end`; `begin` is a multiple of the split below it."""
        size = end - begin
        if size & (size - 1) == 0:
            level = size.bit_length() - 1
            return self._levels[level][begin >> level]
        middle = begin + _split(size)
        return node(self.of(begin, middle), self.of(middle, end))


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _path(levels: _Levels, place: int, begin: int, end: int) -> Iterator[Hash]:
    if end - begin <= 1:
        return
    middle = begin + _split(end - begin)
    if place < middle:
        yield from _path(levels, place, begin, middle)
        yield levels.of(middle, end)
    else:
        yield from _path(levels, place, middle, end)
        yield levels.of(begin, middle)


def _growth(
    levels: _Levels, earlier: int, begin: int, end: int, *, is_whole: bool
) -> Iterator[Hash]:
    if earlier == end:
        if not is_whole:
            yield levels.of(begin, end)
        return
    middle = begin + _split(end - begin)
    if earlier <= middle:
        yield from _growth(levels, earlier, begin, middle, is_whole=is_whole)
        yield levels.of(middle, end)
    else:
        yield from _growth(levels, earlier, middle, end, is_whole=False)
        yield levels.of(begin, middle)
