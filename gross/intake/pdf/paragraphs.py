"""PDF lines to paragraphs, by gaps, sizes, numbering and the length of what stands before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block
from gross.intake.outline import heading_level, is_item
from gross.intake.pdf.hyphens import ends_parted, mended
from gross.intake.pdf.lines import HYPHENS, Line
from gross.intake.pdf.tables import numbered

WIDE_GAP = 1.45  # of the usual step between lines: a blank stands between
TIGHT_GAP = 0.85  # of the usual step: lines of one cell of a header
LARGER = 1.12  # of the body's size: set as a heading
MAX_HEADING = 160  # code points

_LABEL = re.compile(r"^[A-Z][\w /#&()'’.-]{1,40}:(?:\s|$)")
_ROMAN = "(ivxIVX"
_BULLET = re.compile(r"[-*•·◦▪‣–]\s")
_HYPHENS = tuple(HYPHENS)
_ENDS = (".", ":", ";", "?", "!")


def paragraphs(pages: list[list[Line]]) -> Iterator[Block]:
    """Blocks of all pages; a paragraph or table that goes on over a page's end stays one."""
    lines = [line for page in numbered(pages) for line in page]
    if not lines:
        return
    is_parted = any(ends_parted(line.text) for line in lines)
    known = "\n".join(line.text for line in lines).lower() if is_parted else ""
    shape = _Shape.of(pages, lines)
    open_lines: list[Line] = []
    open_level = 0
    for line in lines:
        level = 0 if line.cells else line.level or _heading(line, shape.size)
        before = open_lines[-1] if open_lines else None
        if before and not _goes_on(before, open_level, line, level, shape):
            yield _block(open_lines, open_level, known)
            open_lines = []
        open_level = open_level if open_lines else level
        open_lines.append(line)
    yield _block(open_lines, open_level, known)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is usual in a document: its words' size, the step between lines, where they end."""

    size: float
    step: float
    right: float

    @classmethod
    def of(cls, pages: list[list[Line]], lines: list[Line]) -> _Shape:
        rights = sorted(line.right for line in lines)
        return cls(_body_size(lines), _usual_step(pages), rights[int(0.9 * (len(lines) - 1))])


def _goes_on(before: Line, open_level: int, line: Line, level: int, shape: _Shape) -> bool:
    """Tell a line that goes on with the open block; a heading goes on where its line was full."""
    if before.cells or line.cells:
        return False
    step, right = shape.step, shape.right
    if open_level:
        if before.level and line.level == before.level:
            return before.bottom - line.bottom < WIDE_GAP * max(step, before.size * 1.25)
        is_alike = abs(before.size - line.size) < 0.1 and not _is_item(line.text)
        return is_alike and not _is_label(line.text) and _is_wrapped(before, line, step, right)
    return not level and not _starts_anew(before, line, step, right)


def _is_wrapped(before: Line, line: Line, step: float, right: float) -> bool:
    """Tell a line that was full: the next one's first word had no room in it."""
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) * len(word) / len(line.text)
    down = before.bottom - line.bottom
    is_below = 0 < down < WIDE_GAP * max(step, before.size * 1.25)
    return is_below and before.right + width > right


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.cells:  # the words of tables are often smaller
            sizes[line.size] += len(line.text)
    rounded: Counter[float] = Counter()
    for size, count in sizes.items():
        rounded[round(size, 1)] += count
    return rounded.most_common(1)[0][0] if rounded else 0.0


def _usual_step(pages: list[list[Line]]) -> float:
    steps = [
        a.bottom - b.bottom
        for page in pages
        for a, b in pairwise(page)
        if 2 < a.bottom - b.bottom < 40
    ]
    return median(steps) if steps else 14.0


def _heading(line: Line, body_size: float) -> int:
    """By size first, then by the look of the words; a bullet may be larger than its words."""
    is_large = body_size > 0 and line.size > LARGER * body_size
    if line.text[0].islower() and not is_large:
        return 0  # most lines of prose
    if _BULLET.match(line.text):
        return 0
    if is_large and len(line.text) <= MAX_HEADING and not line.text.endswith((".", ",")):
        has_words = sum(letter.isalpha() for letter in line.text) >= 3
        by_size = 1 if line.size > 1.4 * body_size else 2
        return heading_level(line.text) or (by_size if has_words else 0)
    return heading_level(line.text)


def _starts_anew(before: Line, line: Line, step: float, right: float) -> bool:
    if before.text.endswith(_HYPHENS):
        return False
    down = before.bottom - line.bottom
    is_same_row = abs(down) < 2
    if _is_item(line.text) or _is_label(line.text):
        return not is_same_row
    if _is_label(before.text):
        is_tight = 0 < down < TIGHT_GAP * step and abs(before.left - line.left) < 3
        return not (is_same_row or is_tight or _is_wrapped(before, line, step, right))
    if down < -2:
        # A new page or column: the paragraph goes on unless it had come to its end.
        return before.text.endswith(_ENDS)
    is_short = before.right < right - 0.25 * right and before.text.endswith(_ENDS)
    return down > WIDE_GAP * step or (is_short and not is_same_row)


def _is_label(text: str) -> bool:
    return ":" in text[:43] and bool(_LABEL.match(text))


def _is_item(text: str) -> bool:
    """Most lines begin with a word, which needs no closer look."""
    is_word = text[1:2].isalpha() and text[0] not in _ROMAN
    return not is_word and is_item(text)


def _block(lines: list[Line], level: int, known: str) -> Block:
    first = lines[0]
    if first.cells:
        return Block(PassageKind.ROW, cells=first.cells, table=first.table)
    text = mended([line.text for line in lines], known)
    if level:
        return Block(PassageKind.HEADING, text, level=level)
    return Block(PassageKind.ITEM if is_item(text) else PassageKind.PARAGRAPH, text)
