"""The reading order of a page's lines: columns, with what stands across them in between.

Most producers write a page in the order of reading, and then nothing is changed here. Two things
are mended: lines that pdfium joined over the gutter, and columns that were written row by row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from heapq import nlargest
from itertools import pairwise
from statistics import median
from typing import Any

from gross.intake.pdf import calls
from gross.intake.pdf.lines import Line, PageText

LEAST_LINES = 4  # on each side of a gutter
GUTTER = 0.7  # of the size, and at least LEAST_GUTTER points
LEAST_GUTTER = 8.0
LEAST_FILLED = 0.55  # of its column that the middle line of a column of prose fills
LEAST_COLUMN = 0.2  # of a line's width
SAMPLED = 5  # lines of a page that are looked at for a gutter
LEAST_SHARING = 3  # of them that have it
MAX_DEPTH = 3  # so many gutters within one another: eight columns


def in_reading_order(words: PageText, lines: list[Line]) -> list[Line]:
    """Order the lines; a page without columns is left as it was written."""
    if len(lines) < 2 * LEAST_LINES:
        return lines
    if words.can_cut and _may_be_joined(words, lines):
        parted = [piece for line in lines for piece in _parted(words, line)]
        ordered = _ordered(parted, MAX_DEPTH)
        return lines if ordered is None else ordered
    if all(a.bottom >= b.bottom - 2 for a, b in pairwise(lines)):
        return lines
    ordered = _ordered(lines, MAX_DEPTH)
    return lines if ordered is None else ordered


def _may_be_joined(words: PageText, lines: list[Line]) -> bool:
    """Look for a gap that the longest lines share; pdfium's rectangles are cheap, letters not."""
    longest = nlargest(SAMPLED, lines, key=_length)
    box = calls.Doubles()
    shared: list[list[tuple[float, float]]] = []
    for line in longest:
        shared.append(_gaps(words, line, box) if line.first >= 0 else [])
        if sum(not gaps for gaps in shared) > SAMPLED - LEAST_SHARING:
            return False  # as on nearly all pages
    return any(
        sum(any(min(e, end) - max(s, start) > LEAST_GUTTER / 2 for s, e in each) for each in shared)
        >= LEAST_SHARING
        for gaps in shared
        for start, end in gaps
    )


def _length(line: Line) -> int:
    return len(line.text)


def _gaps(words: PageText, line: Line, box: calls.Doubles) -> list[tuple[float, float]]:
    count = calls.count_rects(words.raw, line.first, line.last - line.first + 1)
    if count < 2:
        return []
    sides = sorted(_rects(words.raw, count, box.values, box.at))
    least = max(LEAST_GUTTER, GUTTER * line.size)
    margin = LEAST_COLUMN * (line.right - line.left)  # a number or bullet stands before a gap, too
    return [
        (a[1], b[0])
        for a, b in pairwise(sides)
        if b[0] - a[1] >= least and line.left + margin < a[1] and b[0] < line.right - margin
    ]


def _rects(raw: int, count: int, values: Any, at: tuple[int, ...]) -> Iterator[tuple[float, float]]:
    for n in range(count):
        calls.get_rect(raw, n, *at)
        yield values[0], values[2]


def _parted(words: PageText, line: Line) -> Iterator[Line]:
    """The pieces of a line between wide gaps."""
    if line.first < 0 or line.cells:
        yield line
        return
    least = max(LEAST_GUTTER, GUTTER * line.size)
    before = line.first
    for at in range(line.first + 1, line.last):
        if words.text[at].isspace() and not words.text[at + 1].isspace():
            end = at - 1
            while end > before and words.text[end].isspace():
                end -= 1
            if words.box(at + 1)[0] - words.box(end)[2] >= least:
                piece = words.cut(before, end)
                if piece:
                    yield piece
                before = at + 1
    rest = words.cut(before, line.last) if before > line.first else line
    if rest:
        yield rest


def _ordered(lines: list[Line], depth: int) -> list[Line] | None:
    """Bands of columns, each column from top to bottom; None where there are none."""
    gutter = _gutter(lines) if depth and len(lines) >= 2 * LEAST_LINES else None
    if gutter is None:
        return None
    start, end = gutter
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: (-round(line.middle / 3), line.left)):
        if line.left < start - 2 and line.right > end + 2:
            ordered += [*_column(left, depth), *_column(right, depth), line]
            left, right = [], []
        elif line.left >= start - 2:
            right.append(line)
        else:
            left.append(line)
    return [*ordered, *_column(left, depth), *_column(right, depth)]


def _column(lines: list[Line], depth: int) -> list[Line]:
    return _ordered(lines, depth - 1) or lines


def _gutter(lines: list[Line]) -> tuple[float, float] | None:
    """The blank strip that parts most lines, as its two sides; None when nothing does."""
    best: tuple[int, float, float] | None = None
    lefts = sorted(line.left for line in lines)
    for x in dict.fromkeys(lefts):
        if bisect_right(lefts, x + 2) - bisect_right(lefts, x - 0.01) < LEAST_LINES:
            continue
        right = [line for line in lines if line.left >= x - 2]
        left = [line for line in lines if line.right <= x - LEAST_GUTTER / 2]
        if min(len(left), len(right)) < LEAST_LINES or not _are_columns(left, right, x):
            continue
        across = len(lines) - len(left) - len(right)
        score = min(len(left), len(right)) - across
        if best is None or score > best[0]:
            best = score, max(line.right for line in left), x
    return (best[2], best[1]) if best and best[0] > 0 else None


def _are_columns(left: list[Line], right: list[Line], x: float) -> bool:
    """Both sides are prose beside one another; terms with their meanings are read row by row."""
    low = max(min(line.bottom for line in left), min(line.bottom for line in right))
    high = min(max(line.top for line in left), max(line.top for line in right))
    beside = [line for line in left if low <= line.middle <= high]
    if len(beside) < LEAST_LINES or any(line.cells for line in beside):
        return False
    width = max(line.right for line in left) - min(line.left for line in left)
    right_width = max(line.right for line in right) - x
    is_full = median(line.right - line.left for line in beside) >= LEAST_FILLED * width
    is_right_full = median(line.right - line.left for line in right) >= LEAST_FILLED * right_width
    return is_full and is_right_full and min(width, right_width) > 0.25 * (width + right_width)
