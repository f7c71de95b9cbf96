"""What a cell of Excel shows: shared words, numbers by their format, dates as dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from gross.intake.xlsx.parts import Book
from gross.intake.xml import Element, attribute, child, name

MAX_CELL = 32_767  # code points, as in Excel
MAX_COLUMNS = 200
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PERCENT = re.compile(r"0(?:\.(0+))?%")


@dataclass(slots=True)
class Cells:
    """How to show the cells of one book; `unsaved` counts formulas that had no saved value."""

    shared: list[str]
    formats: list[str]
    is_1904: bool
    unsaved: int = 0

    def rows(self, sheet: Element) -> Iterator[tuple[int, dict[int, str]]]:
        """(row number, words by column) of each row that shows something.

        Of merged cells the first has the words, as on the page.
        """
        data = child(sheet, "sheetData")
        number = 0
        for row in data if data is not None else ():
            if name(row) != "row":
                continue
            stated = attribute(row, "r")
            number = int(stated) if stated.isdecimal() and len(stated) < 9 else number + 1
            found = dict(self._row(row))
            if found:
                yield number, found

    def _row(self, row: Element) -> Iterator[tuple[int, str]]:
        column = 0
        for cell in row:
            place = _PLACE.fullmatch(attribute(cell, "r"))
            column = column_index_from_string(place[1]) if place else column + 1
            if column > MAX_COLUMNS:
                return
            words = self._shown(cell).strip()[:MAX_CELL]
            if words:
                yield column, words

    def _shown(self, cell: Element) -> str:
        kind = attribute(cell, "t")
        if kind == "inlineStr":
            return _words(child(cell, "is"))
        value, formula = child(cell, "v"), child(cell, "f")
        saved = (value.text or "") if value is not None else ""
        if not saved and kind != "str" and formula is not None:
            self.unsaved += 1
            return f"={formula.text or ''}"
        if kind == "s":
            at = int(saved) if saved.isdecimal() and len(saved) < 9 else -1
            return self.shared[at] if 0 <= at < len(self.shared) else ""
        if kind == "b":
            return "TRUE" if saved == "1" else "FALSE"
        return saved if kind in {"str", "e", "d"} else self._number(saved, attribute(cell, "s"))

    def _number(self, saved: str, style: str) -> str:
        try:
            value = float(saved)
        except ValueError:
            return saved
        at = int(style) if style.isdecimal() and len(style) < 6 else 0
        pattern = self.formats[at] if at < len(self.formats) else "General"
        if is_date_format(pattern):
            return _date(value, saved, is_1904=self.is_1904)
        percent = _PERCENT.search(pattern)
        if percent:
            return f"{100 * value:.{len(percent[1] or '')}f}%"
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def read_cells(book: Book) -> Cells:
    shared = [] if book.shared is None else [_words(each) for each in book.shared]
    return Cells(shared, _formats(book.styles), book.is_1904)


def _words(element: Element | None) -> str:
    """The runs of rich text; how East Asian words are pronounced is left out."""
    if element is None:
        return ""
    runs = [each for each in element.iter() if name(each) == "t"]
    return "".join(run.text or "" for run in runs if name(run.getparent()) != "rPh")


def _formats(styles: Element | None) -> list[str]:
    """The number format of each cell style."""
    own = {
        attribute(each, "numFmtId"): attribute(each, "formatCode")
        for each in _inside(styles, "numFmts")
    }
    ids = [attribute(each, "numFmtId") for each in _inside(styles, "cellXfs")]
    return [own.get(each) or _built_in(each) for each in ids]


def _inside(element: Element | None, tag: str) -> list[Element]:
    found = child(element, tag)
    return [] if found is None else list(found)


def _built_in(number: str) -> str:
    known = number.isdecimal() and len(number) < 6
    return str(BUILTIN_FORMATS.get(int(number), "General")) if known else "General"


def _date(value: float, saved: str, *, is_1904: bool) -> str:
    try:
        found = from_excel(value, CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900)
    except (ValueError, OverflowError, TypeError):
        return saved
    if isinstance(found, datetime):
        is_day = (found.hour, found.minute, found.second) == (0, 0, 0)
        return found.date().isoformat() if is_day else found.strftime("%Y-%m-%d %H:%M")
    if isinstance(found, date):
        return found.isoformat()
    return str(found).removesuffix(":00") if found is not None else saved
