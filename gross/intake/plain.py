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
    first, last = -1, -1  # the lines of the open block
    for n, (start, end) in enumerate(lines):
        line = text[start:end].strip()
        is_open = first >= 0
        if is_open and _starts_anew(*_ends(text, lines, first, last), line, wrapped=wrapped):
            yield _block(text, (lines[first][0], lines[last][1]))
            is_open, first = False, -1
        if not line or _RULE.match(line):
            continue
        level = 0 if is_open else _level(line, _next_line(text, lines, n))
        if level:
            yield Block(PassageKind.HEADING, line, level=level, span=(start, end))
            continue
        first, last = (first if is_open else n), n
    if first >= 0:
        yield _block(text, (lines[first][0], lines[last][1]))


def _ends(text: str, lines: list[tuple[int, int]], first: int, last: int) -> tuple[str, str]:
    """The first and the last line of the open block; the whole of it may be a book."""
    return text[slice(*lines[first])].strip(), text[slice(*lines[last])].strip()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _next_line(text: str, lines: list[tuple[int, int]], n: int) -> str:
    return text[slice(*lines[n + 1])].strip() if n + 1 < len(lines) else ""


def _starts_anew(first: str, last: str, line: str, *, wrapped: bool) -> bool:
    if not line or not wrapped or _RULE.match(line):
        return True
    if is_item(line) or _LABELLED.match(line) or "|" in line:
        return True
    is_short_end = len(last) < 50 and last.endswith((".", ":", ";", "?", "!"))
    return is_short_end or bool(_LABELLED.match(first)) or bool(heading_level(line))


def _level(line: str, follows: str) -> int:
    if _UNDERLINE.match(follows) and len(line) <= 100:
        return 1 if follows.startswith("=") else 2
    return heading_level(line)


def _block(text: str, span: tuple[int, int]) -> Block:
    piece = text[slice(*span)].strip()
    if is_item(piece):
        return Block(PassageKind.ITEM, piece, span=span)
    if "|" in piece and "\n" not in piece:
        cells = tuple(cell.strip() for cell in piece.strip("|").split("|"))
        return Block(PassageKind.ROW, cells=cells, table=1, span=span)
    return Block(PassageKind.PARAGRAPH, piece, span=span)
