"""What is kept of an edition between scans: its words, fingerprints and line keys, in one blob.

A blob depends on the edition alone. Raise PIPELINE_VERSION whenever a blob's meaning changes; older
blobs then count as missing and are prepared again.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gross.analysis.fingerprints import fingerprints
from gross.analysis.words import Words, words
from gross.domain.passage import Passage, PassageKind

PIPELINE_VERSION = 2

_HEAD = struct.Struct("<4sHHIII")  # magic, version, 0, words, fingerprints, lines
_MAGIC = b"GRSP"


@dataclass(frozen=True, slots=True)
class Prepared:
    words: Words
    fingerprints: NDArray[np.uint64]
    fingerprint_at: NDArray[np.uint32]  # the word at which each begins


def prepare(document_text: str, passages: tuple[Passage, ...] = ()) -> bytes:
    """Prepare an edition for scans; header data never counts as text."""
    headers = ((p.start, p.end) for p in passages if p.kind is PassageKind.HEADER)
    read = words(document_text, without=headers)
    prints, at = fingerprints(read.hashes)
    head = _HEAD.pack(
        _MAGIC, PIPELINE_VERSION, 0, len(read.hashes), len(prints), len(read.line_keys)
    )
    arrays = (
        prints,
        read.line_keys,
        read.line_hashes,
        read.hashes,
        read.starts,
        read.ends,
        at,
        read.line_from,
        read.line_to,
    )
    return head + b"".join(array.tobytes() for array in arrays)


def is_current(blob: bytes) -> bool:
    """Tell whether `blob` was made by this pipeline version, whole."""
    if len(blob) < _HEAD.size:
        return False
    magic, version, _, n_words, prints, lines = _HEAD.unpack_from(blob)
    size = _HEAD.size + 12 * n_words + 12 * prints + 24 * lines
    return bool(magic == _MAGIC and version == PIPELINE_VERSION and len(blob) == size)


def word_count(blob: bytes) -> int:
    return int(_HEAD.unpack_from(blob)[3])


def opened(blob: bytes) -> Prepared:
    """Read a current blob without copying it."""
    _, _, _, n_words, prints, lines = _HEAD.unpack_from(blob)
    at = _HEAD.size
    longs = []
    for count in (prints, lines, lines):
        longs.append(np.frombuffer(blob, np.uint64, count, at))
        at += 8 * count
    shorts = []
    for count in (n_words, n_words, n_words, prints, lines, lines):
        shorts.append(np.frombuffer(blob, np.uint32, count, at))
        at += 4 * count
    read = Words(shorts[0], shorts[1], shorts[2], longs[1], longs[2], shorts[4], shorts[5])
    return Prepared(read, longs[0], shorts[3])
