"""Blocks to text: one string, and the passages that point into it with their section paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from gross.domain.errors import Refused
from gross.domain.passage import Passage, PassageKind
from gross.intake.blocks import SEPARATOR, Block, Draft
from gross.intake.types import Aside, Link

MAX_CHARACTERS = 20_000_000
MAX_HEADING_IN_PATH = 120  # code points; a paragraph set as a heading must not swell every path

_TIGHT = frozenset({PassageKind.ROW, PassageKind.ITEM})


class Assembled(NamedTuple):
    """`spans`: where each block of the draft stands in the text."""

    text: str
    passages: tuple[Passage, ...]
    spans: list[tuple[int, int]]
    asides: tuple[Aside, ...]
    links: tuple[Link, ...]


def assemble(filename: str, draft: Draft) -> Assembled:
    """Join the blocks of a clean draft, or point into its own text.

    Raises:
        Refused: the text is longer than any policy or manual.
    """
    blocks = _untitled(draft.blocks)
    text, spans = (
        _joined(blocks) if draft.text is None else (draft.text, _own_spans(draft.text, blocks))
    )
    if len(text) > MAX_CHARACTERS:
        raise Refused(
            f"{filename} holds more than 20 million characters; split it into its policies."
        )
    asides, links = _marks(blocks, spans)
    return Assembled(text, tuple(_passages(blocks, spans)), spans, asides, links)


def _joined(blocks: tuple[Block, ...]) -> tuple[str, list[tuple[int, int]]]:
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    before: Block | None = None
    for block in blocks:
        shown = block.shown
        if shown and before is not None:
            tight = (
                block.kind in _TIGHT and before.kind is block.kind and before.table == block.table
            )
            pieces.append("\n" if tight else "\n\n")
            at += len(pieces[-1])
        spans.append((at, at + len(shown)))
        if shown:
            pieces.append(shown)
            at += len(shown)
            before = block
    return "".join(pieces), spans


def _own_spans(text: str, blocks: tuple[Block, ...]) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for block in blocks:
        start, end = block.span or (at, at)
        start, end = max(start, at), min(end, len(text))
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        spans.append((start, end))
        at = max(at, end)
    return spans


def _passages(blocks: tuple[Block, ...], spans: list[tuple[int, int]]) -> Iterator[Passage]:
    path: list[tuple[int, str]] = []
    for block, (start, end) in zip(blocks, spans, strict=True):
        if end <= start:
            continue
        is_section = block.kind is PassageKind.HEADING and block.level > 0
        if is_section:
            while path and path[-1][0] >= block.level:
                path.pop()
        yield Passage(start, end, block.kind, SEPARATOR.join(heading for _, heading in path))
        if is_section:
            path.append((block.level, " ".join(block.shown.split())[:MAX_HEADING_IN_PATH]))


def _marks(
    blocks: tuple[Block, ...], spans: list[tuple[int, int]]
) -> tuple[tuple[Aside, ...], tuple[Link, ...]]:
    asides: list[Aside] = []
    links: list[Link] = []
    for block, (at, end) in zip(blocks, spans, strict=True):
        for mark in block.marks:
            base = at + block.offset(mark)
            first, last = min(base + mark.start, end), min(base + mark.end, end)
            if mark.kind != "link":
                asides.append(Aside(mark.kind, mark.value, first))
            elif first < last:  # a linked picture has no words
                links.append(Link(first, last, mark.value))
    return tuple(asides), tuple(links)


def _untitled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make a first heading that stands alone above all others the title: paths start below."""
    headings = [
        n for n, block in enumerate(blocks) if block.kind is PassageKind.HEADING and block.level
    ]
    levels = [blocks[n].level for n in headings]
    if len(levels) < 2 or levels[0] >= min(levels[1:]) or blocks[headings[0]].number:
        return blocks
    first = headings[0]
    return (*blocks[:first], replace(blocks[first], level=0), *blocks[first + 1 :])
