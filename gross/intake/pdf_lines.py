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
    at = 0
    for written in text.split("\n"):
        shown = written.strip()
        if shown:
            first = at + len(written) - len(written.lstrip())
            last = first + len(shown) - 1
            lines.append(_line(text_page, shown, first, last))
        at += len(written) + 1
    return lines


def _line(text_page: pypdfium2.PdfTextPage, shown: str, first: int, last: int) -> Line:
    start = _char_index(text_page, first)
    left, _, bottom, top = _box(text_page, start)
    _, right, last_bottom, last_top = _box(text_page, _char_index(text_page, last))
    size = float(pdfium.FPDFText_GetFontSize(text_page.raw, start)) if start >= 0 else 0.0
    return Line(shown, left, right, max(top, last_top), min(bottom, last_bottom), size)


def _char_index(text_page: pypdfium2.PdfTextPage, text_index: int) -> int:
    """pdfium counts characters that have no text; its own table leads back to them."""
    return int(pdfium.FPDFText_GetCharIndexFromTextIndex(text_page.raw, text_index))


def _box(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    if index < 0:
        return 0.0, 0.0, 0.0, 0.0
    pdfium.FPDFText_GetCharBox(
        text_page.raw, index, byref(left), byref(right), byref(bottom), byref(top)
    )
    return left.value, right.value, bottom.value, top.value
