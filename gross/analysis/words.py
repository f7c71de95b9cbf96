"""One pass over a text: its folded words as hashes, where each stands, and the keys of short lines.

The text is read as code points, so offsets are exact whatever the script. Folding drops case,
accents, apostrophes and soft hyphens; Chinese and Japanese characters are words of their own.
Numbering at the start of a line ("4.1.2", "b)") is no word: copies are renumbered all the time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gross.analysis.compiled import compiled

KEY_WORDS = 5  # "Next Review Due:" is a key; longer beginnings are sentences
KEYED_LINE_WORDS = 16
SHORT_LINE_WORDS = 24

_SPACE, _SKIP = 0, 1  # classes in the folding table; anything above is a letter's folded form


@dataclass(frozen=True, slots=True)
class Words:
    """Words in reading order. `starts`, `ends`: code points of the text, from 0, end excluded."""

    hashes: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    line_keys: NDArray[np.uint64]  # hash of the words before a colon, 0 where there is none
    line_hashes: NDArray[np.uint64]  # hash of the whole line
    line_from: NDArray[np.uint32]  # words of the line, end excluded
    line_to: NDArray[np.uint32]


def words(text: str, without: Iterable[tuple[int, int]] = ()) -> Words:
    """Read the words of `text`, leaving out the spans `without`."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    spans = tuple(without)
    if spans:
        points = points.copy()
        for start, end in spans:
            points[start:end] = 10
    room, lines = len(points) // 2 + 1, int(np.count_nonzero(points == 10)) + 1
    room = len(points) if _has_ideographs(points) else room
    at = np.empty((3, room), np.uint32)
    keys = np.empty((2, lines), np.uint64)
    reach = np.empty((2, lines), np.uint32)
    count, line_count = _read(points, _folding(), at, keys, reach)
    at, keys, reach = (
        at[:, :count].copy(),
        keys[:, :line_count].copy(),
        reach[:, :line_count].copy(),
    )
    return Words(at[0], at[1], at[2], keys[0], keys[1], reach[0], reach[1])


def _has_ideographs(points: NDArray[np.uint32]) -> bool:
    return len(points) > 0 and int(points.max()) >= 0x2E80


@cache
def _folding() -> NDArray[np.uint16]:
    """Map each code point of the basic plane: 0 between words, 1 ignored in one, else its fold."""
    table = np.zeros(0x10000, np.uint16)
    for point in range(0x10000):
        character = chr(point)
        if character in "'’ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff" or unicodedata.category(
            character
        ).startswith("M"):
            table[point] = _SKIP
        elif character.isalnum():
            plain = unicodedata.normalize("NFKD", character)[0].lower()[0]
            table[point] = ord(plain) if plain.isalnum() and ord(plain) < 0x10000 else point
    return table


@compiled
def _read(  # noqa: C901  one pass; a call a letter would cost more than the letter
    points: NDArray[np.uint32],
    folding: NDArray[np.uint16],
    at: NDArray[np.uint32],
    keys: NDArray[np.uint64],
    reach: NDArray[np.uint32],
) -> tuple[int, int]:
    """Write hash, start, end of each word and key, hash, reach of each short line; count both."""
    size = points.shape[0]
    prime = np.uint64(0x100000001B3)
    seed = np.uint64(0xCBF29CE484222325)
    count = line_count = i = 0
    while i < size:
        first = count
        line = seed
        key = np.uint64(0)
        numbering = 0  # 0 at the start of a line, 1 inside its numbering, 2 past it
        while i < size and points[i] != 10:
            fold = np.uint64(folding[points[i]]) if points[i] < 0x10000 else np.uint64(0)
            if fold < 2:
                if points[i] == 58 and key == 0 and 1 <= count - first <= KEY_WORDS:
                    key = line
                i += 1
                continue
            start = i
            hashed = seed
            digits = letters = 0
            while i < size:
                fold = np.uint64(folding[points[i]]) if points[i] < 0x10000 else np.uint64(0)
                if fold == 0 or points[i] == 10:
                    break
                if fold > 1:
                    hashed = (hashed ^ fold) * prime
                    if 48 <= fold <= 57:
                        digits += 1
                    else:
                        letters += 1
                i += 1
                if 0x2E80 <= points[i - 1] <= 0x9FFF:
                    break
            dotted = i < size and (points[i] == 46 or points[i] == 41)
            short = (letters == 0 and digits <= 3) or (digits == 0 and letters == 1)
            tail = numbering == 1 and letters == 0 and points[start - 1] == 46
            if numbering < 2 and short and (dotted or tail):
                numbering = 1
                continue
            numbering = 2
            hashed ^= hashed >> np.uint64(31)
            hashed *= np.uint64(0xBF58476D1CE4E5B9)
            hashed ^= hashed >> np.uint64(29)
            at[0, count] = np.uint32(hashed >> np.uint64(32))
            at[1, count] = start
            at[2, count] = i
            line = (line ^ hashed) * prime
            count += 1
        i += 1
        width = count - first
        if 1 <= width <= SHORT_LINE_WORDS:
            keys[0, line_count] = key if width <= KEYED_LINE_WORDS else np.uint64(0)
            keys[1, line_count] = line
            reach[0, line_count] = first
            reach[1, line_count] = count
            line_count += 1
    return count, line_count
