"""The lines of a PDF page, each with its place and size, at the cost of a few calls a line."""

from __future__ import annotations

from contextlib import closing
from ctypes import byref, c_double
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

HYPHENS = "\x02\ufffe\u00ad"  # what pdfium writes for a hyphen that ends a line
MAX_PAGE_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. Places are points from the page's lower left; `size` 0 is unknown."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def page_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines in the order of the page's text."""
    with closing(page.get_textpage()) as text_page:
        count = text_page.count_chars()
        if count <= 0 or count > MAX_PAGE_CHARACTERS:
            return []
        text = text_page.get_text_range(errors="replace")
        return _headed(_lines(text_page, text))


def _headed(lines: list[Line]) -> list[Line]:
    """Move a page header that was drawn after the body to the top; a footer may follow it."""
    top = bottom = lines[0].bottom if lines else 0.0
    for n, line in enumerate(lines[1:], 1):
        if line.bottom > top:
            end = next((k for k in range(n, len(lines)) if lines[k].bottom <= top), len(lines))
            is_last = all(after.bottom < bottom for after in lines[end:])
            return lines[n:end] + lines[:n] + lines[end:] if is_last else lines
        bottom = min(bottom, line.bottom)
    return lines


def _lines(text_page: pypdfium2.PdfTextPage, text: str) -> list[Line]:
    lines: list[Line] = []
    places = _Places(text_page, is_plain=len(text) == text_page.count_chars())
    at = 0
    for written in text.split("\n"):
        shown = written.strip()
        if shown:
            first = at + len(written) - len(written.lstrip())
            last = first + len(shown) - 1
            lines.append(places.line(shown, first, last))
        at += len(written) + 1
    return lines


class _Places:
    """Where the characters of one page stand; it asks pdfium into numbers that it makes once."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, *, is_plain: bool) -> None:
        """`is_plain`: each character has one code unit of text, so their indices are the same."""
        self._raw = text_page.raw
        self._is_plain = is_plain
        self._sides = [c_double() for _ in range(4)]
        self._to = [byref(side) for side in self._sides]

    def line(self, shown: str, first: int, last: int) -> Line:
        start, end = self._index(first), self._index(last)
        left, right, bottom, top = self._box(start)
        if end != start:
            _, right, last_bottom, last_top = self._box(end)
            bottom, top = min(bottom, last_bottom), max(top, last_top)
        size = float(pdfium.FPDFText_GetFontSize(self._raw, start)) if start >= 0 else 0.0
        return Line(shown, left, right, top, bottom, size)

    def _index(self, text_index: int) -> int:
        """pdfium counts characters that have no text; its own table leads back to them."""
        if self._is_plain:
            return text_index
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._raw, text_index))

    def _box(self, index: int) -> tuple[float, float, float, float]:
        if index < 0 or not pdfium.FPDFText_GetCharBox(self._raw, index, *self._to):
            return 0.0, 0.0, 0.0, 0.0
        left, right, bottom, top = (side.value for side in self._sides)
        return left, right, bottom, top
