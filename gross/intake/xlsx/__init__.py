"""Excel as a document: each sheet a section, each row a table row. Nothing is ever calculated.

A cell shows the value that was saved with it, and a formula without one shows its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.docx.parts import Parts
from gross.intake.xlsx.cells import Cells, read_cells
from gross.intake.xlsx.parts import Book, open_book
from gross.intake.xml import Element

MAX_ROWS = 100_000  # of all sheets
_PLAIN_NAME = re.compile(r"(?:sheet|table|tabelle|feuil|hoja|blad)\s*\d*", re.IGNORECASE)


def read(filename: str, content: bytes) -> Draft:
    """Read an .xlsx or .xlsm; macros are neither looked at nor run.

    Raises:
        Refused: the archive is unsafe or damaged, holds no workbook, or is no list of policies
            but a store of data.
    """
    book = open_book(filename, content)
    cells = read_cells(book)
    blocks: list[Block] = []
    shown = [sheet for sheet in book.sheets if not sheet.is_hidden]
    for n, sheet in enumerate(shown):
        tree = book.parts.tree(sheet.part)
        found = list(_sheet(tree, cells, n * MAX_ROWS)) if tree is not None else []
        if len(blocks) + len(found) > MAX_ROWS:
            raise Refused(f"{filename} has more than {MAX_ROWS:,} rows; it is no policy.")
        if found and (len(shown) > 1 or not _PLAIN_NAME.fullmatch(sheet.name)):
            blocks.append(Block(PassageKind.HEADING, sheet.name, level=1))
        blocks += found
    return Draft(
        tuple(blocks), title=_title(book.parts), warnings=tuple(_told(filename, book, cells))
    )


def _title(parts: Parts) -> str:
    tree = parts.tree(parts.properties) if parts.properties else None
    titles = [] if tree is None else tree.xpath("//*[local-name()='title']/text()")
    return str(titles[0]) if titles else ""


def _told(filename: str, book: Book, cells: Cells) -> Iterator[str]:
    hidden = [f"“{sheet.name}”" for sheet in book.sheets if sheet.is_hidden]
    if hidden:
        what = "a hidden sheet" if len(hidden) == 1 else "hidden sheets"
        yield (
            f"{filename} has {what}, {', '.join(hidden[:10])}, not read; "
            "show what belongs to the policy."
        )
    if cells.unsaved:
        yield (
            f"{filename} has formulas without a saved value ({cells.unsaved:,}); they stand as "
            "formulas. Open it in Excel and save it again."
        )


def _sheet(tree: Element, cells: Cells, first_table: int) -> Iterator[Block]:
    """The rows of a sheet; an empty row ends a table, and a row of one cell is a paragraph."""
    table = first_table + 1
    rows: list[dict[int, str]] = []
    at = 0
    for number, row in cells.rows(tree):
        if rows and number > at + 1:
            yield from _table(rows, table)
            rows, table = [], table + 1
        rows.append(row)
        at = number
    yield from _table(rows, table)


def _table(rows: list[dict[int, str]], table: int) -> Iterator[Block]:
    """Rows between empty rows: columns that are empty in all of them are no columns."""
    columns = sorted({column for row in rows for column in row})
    for row in rows:
        if len(row) == 1:
            yield from _paragraphs(next(iter(row.values())))
        else:
            shown = tuple(row.get(column, "") for column in columns)
            yield Block(PassageKind.ROW, cells=shown, table=table)


def _paragraphs(words: str) -> Iterator[Block]:
    for line in words.split("\n"):
        if line.strip():
            yield Block(PassageKind.PARAGRAPH, line)
