"""Tables as files: the rows of a CSV or an XLSX as strings, with their line numbers."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from gross.domain.errors import Refused
from gross.intake.archive import entries
from gross.intake.decode import decode

MAX_COLUMNS = 200
MAX_CELL = 32_767  # code points, as in Excel
_SAMPLE = 20_000  # code points that tell the delimiter

Line = tuple[int, tuple[str, ...]]
Sheet = Callable[[str, bytes, int], list[Line]]


def csv_lines(filename: str, content: bytes, most: int) -> list[Line]:
    """The rows of a CSV, at most `most`; the line is where a row ends.

    Raises:
        Refused: the bytes are no text, or their quotes never close.
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")):
        raise Refused(f"{filename} is called .csv but is not text; save the list as CSV again.")
    text, _ = decode(filename, content)
    text = text.replace("\0", "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text[:_SAMPLE]))
    try:
        return [(reader.line_num, _cut(row)) for row in islice(reader, most)]
    except csv.Error as error:
        raise Refused(f"{filename} cannot be read as CSV near line {reader.line_num}.") from error


def xlsx_lines(filename: str, content: bytes, most: int) -> list[Line]:
    """The rows of the first sheet, at most `most`; formulas give the values saved with them.

    Raises:
        Refused: the workbook is unsafe, damaged or protected.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            f"{filename} is an old or protected Excel file; save it as .xlsx without password."
        )
    entries(content, filename)  # the guard: openpyxl opens whatever it is given
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        with closing(book):
            rows = book.worksheets[0].iter_rows(max_col=MAX_COLUMNS, values_only=True)
            return list(islice(_numbered(rows), most))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError,
            SyntaxError, AttributeError) as error:  # fmt: skip
        raise Refused(
            f"{filename} is damaged: it cannot be opened as an Excel workbook."
        ) from error


def _numbered(rows: Iterable[tuple[object, ...]]) -> Iterator[Line]:
    for n, row in enumerate(rows, 1):
        yield n, tuple(_shown(value)[:MAX_CELL] for value in row)


def _delimiter(sample: str) -> str:
    """The mark that parts the first lines into the most columns."""
    counts = {
        mark: max(map(len, csv.reader(StringIO(sample), delimiter=mark)), default=0)
        for mark in ",;\t|"
    }
    return max(counts, key=lambda mark: counts[mark])


def _cut(row: list[str]) -> tuple[str, ...]:
    return tuple(cell[:MAX_CELL] for cell in row[:MAX_COLUMNS])


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


SHEETS: dict[str, Sheet] = {".csv": csv_lines, ".tsv": csv_lines, ".xlsx": xlsx_lines}
