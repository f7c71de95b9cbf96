"""Plain text: paragraphs between blank lines; headings and items by the look of their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.clean import clean_in_place
from gross.intake.decode import decode
from gross.intake.outline import heading_level, is_item

WRAP_COLUMNS = (
    120  # lines longer than this were not wrapped by hand: each is a paragraph of its own
)

_LABELLED = re.compile(r"^[A-Z][\w /#&()'’.-]{1,40}:(?:\s|$)")
_RULE = re.compile(r"^[\s=_*~-]{3,}$")
_UNDERLINE = re.compile(r"^(={3,}|-{3,})\s*$")


def read(filename: str, content: bytes) -> Draft:
    text, warnings = decode(filename, content)
    text = clean_in_place(text)
    return Draft(tuple(text_blocks(text)), text=text, warnings=warnings)


def text_blocks(text: str) -> Iterator[Block]:
    """Cut a text into blocks that carry their spans."""
    lines = list(_lines(text))
    wrapped = max((end - start for start, end in lines), default=0) <= WRAP_COLUMNS
    open_span: tuple[int, int] | None = None
    for n, (start, end) in enumerate(lines):
        line = text[start:end].strip()
        follows = _next_line(text, lines, n)
        if open_span and _starts_anew(text[slice(*open_span)], line, wrapped=wrapped):
            yield _block(text, open_span)
            open_span = None
        if not line or _RULE.match(line):
            continue
        level = _level(line, follows, alone=open_span is None)
        if level:
            yield Block(PassageKind.HEADING, line, level=level, span=(start, end))
            continue
        open_span = (open_span[0] if open_span else start, end)
    if open_span:
        yield _block(text, open_span)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _next_line(text: str, lines: list[tuple[int, int]], n: int) -> str:
    return text[slice(*lines[n + 1])].strip() if n + 1 < len(lines) else ""


def _starts_anew(so_far: str, line: str, *, wrapped: bool) -> bool:
    if not line or not wrapped or _RULE.match(line):
        return True
    if is_item(line) or _LABELLED.match(line) or "|" in line:
        return True
    last = so_far.rpartition("\n")[2].strip()
    is_short_end = len(last) < 50 and last.endswith((".", ":", ";", "?", "!"))
    return is_short_end or bool(_LABELLED.match(so_far)) or bool(heading_level(line))


def _level(line: str, follows: str, *, alone: bool) -> int:
    if alone and _UNDERLINE.match(follows) and len(line) <= 100:
        return 1 if follows.startswith("=") else 2
    return heading_level(line) if alone else 0


def _block(text: str, span: tuple[int, int]) -> Block:
    piece = text[slice(*span)].strip()
    if is_item(piece):
        return Block(PassageKind.ITEM, piece, span=span)
    if "|" in piece and "\n" not in piece:
        cells = tuple(cell.strip() for cell in piece.strip("|").split("|"))
        return Block(PassageKind.ROW, cells=cells, table=1, span=span)
    return Block(PassageKind.PARAGRAPH, piece, span=span)
