"""Ruled tables of a PDF page: drawn lines to grids, and the page's lines into their cells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from gross.intake.pdf.grids import Grid, Span, grids
from gross.intake.pdf.hyphens import mended
from gross.intake.pdf.lines import Line, PageText
from gross.intake.pdf.marks import Marks

_WORD = re.compile(r"\S+")
LEAST_RULES = 5  # the fewest that make two columns under one another


@dataclass(slots=True)
class _Cell:
    span: Span
    lines: list[Line]


def with_tables(words: PageText, lines: list[Line], marks: Marks) -> list[Line]:
    """Put each table's rows where its first line stood; without tables the lines as they are."""
    if len(marks.rules) < LEAST_RULES or not words.can_cut:
        return lines
    for number, grid in enumerate(grids(marks.rules), 1):
        inside = [line for line in lines if grid.holds(line) and not line.table]
        if inside:
            rows = list(_rows(words, grid, inside, number))
            lines = _replaced(lines, inside, rows)
    return lines


def numbered(pages: list[list[Line]]) -> list[list[Line]]:
    """Number the tables of a document; one that goes on over a page's end stays one table."""
    count = 0
    before: Line | None = None
    head: tuple[str, ...] = ()
    made: list[list[Line]] = []
    for page in pages:
        if not any(line.table for line in page):  # as most pages
            made.append(page)
            before = None if page else before
            continue
        renamed: dict[int, int] = {}
        lines: list[Line] = []
        for line in page:
            if not line.cells:
                before = None
            elif line.table not in renamed and before is not None and _goes_on(before, line):
                renamed[line.table] = count
                before = line
                if line.cells == head:
                    continue  # the table's head, said again on the new page
            elif line.table not in renamed:
                count += 1
                renamed[line.table], head = count, line.cells
            before = line if line.cells else before
            lines.append(line._replace(table=renamed[line.table]) if line.cells else line)
        made.append(lines)
    return made


def _goes_on(before: Line, line: Line) -> bool:
    """Tell a table that goes on behind a page's end; on one page two tables are two."""
    is_alike = abs(before.left - line.left) < 5 and abs(before.right - line.right) < 5
    return is_alike and before.bottom < line.top and len(before.cells) == len(line.cells)


def _replaced(lines: list[Line], inside: list[Line], rows: list[Line]) -> list[Line]:
    gone = {id(line) for line in inside}
    at = next(n for n, line in enumerate(lines) if id(line) in gone)
    kept = [line for line in lines[at:] if id(line) not in gone]
    return [*lines[:at], *rows, *kept]


def _rows(words: PageText, grid: Grid, inside: list[Line], number: int) -> Iterator[Line]:
    cells = [[_Cell(span, []) for span in row] for row in grid.rows]
    for line in inside:
        n = grid.row_at(line.middle)
        for k, piece in _pieces(words, line, grid.rows[n]):
            top, place = _top_of(grid, n, k)
            cells[top][place].lines.append(piece)
    for n, row in enumerate(cells):
        if len(row) == 1:
            yield from row[0].lines  # a row of one cell is a frame around text
        elif any(cell.lines for cell in row):
            yield _row(grid, n, row, number)


def _top_of(grid: Grid, n: int, k: int) -> tuple[int, int]:
    """The row and place in which a cell that reaches over several rows begins."""
    span = grid.rows[n][k]
    while n and span.goes_on:
        above = (j for j, each in enumerate(grid.rows[n - 1]) if each.covers(span))
        k = next(above, -1)
        if k < 0:
            break
        n, span = n - 1, grid.rows[n - 1][k]
    return n, max(k, 0)


def _row(grid: Grid, n: int, row: list[_Cell], number: int) -> Line:
    texts = tuple(mended([line.text for line in cell.lines]) for cell in row)
    first = next(line for cell in row for line in cell.lines)
    return Line(
        " | ".join(texts),
        grid.left,
        grid.right,
        grid.heights[n],
        grid.heights[n + 1],
        first.size,
        cells=texts,
        table=number,
    )


def _pieces(words: PageText, line: Line, spans: tuple[Span, ...]) -> Iterator[tuple[int, Line]]:
    """The parts of a line by cell: pdfium joins what stands on one height."""
    first, last = _cell_at(spans, line.left + 1), _cell_at(spans, line.right - 1)
    if first == last or line.first < 0:
        yield first, line
        return
    starts = _word_starts(words, line)
    before = line.first
    for k in range(first, last + 1):
        edge = spans[k].right - 1
        after = bisect_left(starts, edge, key=lambda index: words.box(index)[0])
        end = starts[after] - 1 if k < last and after < len(starts) else line.last
        piece = words.cut(before, end) if end >= before else None
        if piece:
            yield k, piece
        before = max(before, end + 1)


def _word_starts(words: PageText, line: Line) -> list[int]:
    return [match.start() for match in _WORD.finditer(words.text, line.first, line.last + 1)]


def _cell_at(spans: tuple[Span, ...], x: float) -> int:
    return next((k for k, span in enumerate(spans) if x < span.right), len(spans) - 1)
