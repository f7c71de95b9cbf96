"""Rows as an Excel workbook that nothing can be hidden in: every cell is a text or a number."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LONGEST = 32_767  # characters of a cell, Excel's limit
WIDTH = 42  # characters


def workbook(title: str, labels: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> BytesIO:
    """Write them, row by row; a value that begins with = + - @ is marked as text."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title)  # its stubs know neither widths nor cells
    for n in range(len(labels)):
        sheet.column_dimensions[chr(ord("A") + n)].width = WIDTH
    sheet.freeze_panes = "A2"
    for row in (labels, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def _cell(sheet: Any, value: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("�", value)[:LONGEST])
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    cell.quotePrefix = True  # and Excel does so when the cell is typed anew, but for this
    return cell
