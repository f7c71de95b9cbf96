"""From a place in a block to a place in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gross.intake.blocks import Block, Draft
from gross.intake.types import Found

OUTSIDE = -2  # the block of a value that stands in the file's name or properties


@dataclass(frozen=True, slots=True)
class Place:
    """What was written, `at` so many code points into what its block shows.

    Block -1 is front matter: `at` is unknown there, and the value is looked for after `label`.
    """

    block: int
    at: int
    written: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the header with its place; `name` is its field's."""

    name: str
    value: str
    place: Place
    is_ambiguous: bool = False


def found_at(value: Value, draft: Draft, text: str, spans: Sequence[tuple[int, int]]) -> Found:
    start, end = span_of(value.place, draft, text, spans)
    return Found(value.value, start, end, value.is_ambiguous)


def span_of(
    place: Place, draft: Draft, text: str, spans: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The code points of `text` at a place; an empty span where the text does not hold it."""
    if place.block == OUTSIDE or not place.written:
        return 0, 0
    if place.block < 0:
        return _in_front_matter(place, draft, text)
    start, end = spans[place.block]
    exact = start + place.at
    if text[exact : exact + len(place.written)] == place.written:
        return exact, exact + len(place.written)
    shown = len(_shown(draft.blocks[place.block]))
    expected = start + place.at * (end - start) // max(shown, 1)
    return _nearest(place.written, text, start, end, expected) or (start, end)


def _shown(block: Block) -> str:
    return block.shown or block.text


def _nearest(
    written: str, text: str, start: int, end: int, expected: int
) -> tuple[int, int] | None:
    """Markup and line breaks may stand inside a value: words are looked for in their order."""
    words = [re.escape(word) for word in written.split()]
    pattern = re.compile(r"[\s*_`|\\\[\]]*".join(words), re.IGNORECASE)
    hits = [match.span() for match in pattern.finditer(text, start, end)]
    return min(hits, key=lambda span: abs(span[0] - expected), default=None)


def _in_front_matter(place: Place, draft: Draft, text: str) -> tuple[int, int]:
    matter = next((block.span for block in draft.blocks if block.span and not block.text), None)
    if matter is None:
        return 0, 0
    label = re.compile(r"[\s_]+".join(map(re.escape, place.label.split())), re.IGNORECASE)
    named = label.search(text, *matter)
    after = named.end() if named else matter[0]
    pieces = [piece for piece in place.written.split("; ") if piece]
    first = _nearest(pieces[0], text, after, matter[1], after)
    last = _nearest(pieces[-1], text, first[0], matter[1], first[0]) if first else None
    return (first[0], last[1]) if first and last else (0, 0)
