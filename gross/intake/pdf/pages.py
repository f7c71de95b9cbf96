"""One page of a PDF: its lines in reading order, with tables and field values in their places."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass

import pypdfium2

from gross.intake.pdf.columns import in_reading_order
from gross.intake.pdf.fields import added_to, with_added
from gross.intake.pdf.hidden import is_scan, seen
from gross.intake.pdf.lines import Area, Line, PageText, Turn
from gross.intake.pdf.marks import Marks, marks_of
from gross.intake.pdf.picture import Picture
from gross.intake.pdf.tables import with_tables

OUTLINED = 60  # paths on a page without text: its letters may be drawn as shapes
LEAST_WORDS = 60  # characters; a scan with fewer has a stamp on it, not a text layer
LOOKED_AT = 1000  # characters
GARBLED = 0.3  # of the characters mean nothing
SAMPLE = 12  # lines that say whether the page lies on its side

# Some fonts give letters by their place, 29 before their own: "WKH" is "the".
_SHIFTED, _USUAL = "HWDRLQ", "aeiotAEIOT"
LEAST_OFTEN = 50  # in so many characters an "e" stands at least once
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as read. `needs_ocr`: what it shows is not in its text."""

    lines: list[Line]
    needs_ocr: bool = False
    has_hidden: bool = False
    comments: int = 0


def read_page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Sheet:
    with closing(PageText(page)) as words:
        written = words.lines()
        marks = marks_of(page)
        area: Area = page.get_bbox()
        turn = _turn_of(page, words, written, area)
        if turn:
            words.turn(turn)
            written, marks, area = words.lines(), marks.turned(turn), turn(area)
        lines = seen(words, written, marks, area, lambda: Picture(page, 1.0))
        has_hidden = lines is not written and _letters(lines) < _letters(written)
        if is_garbled(words.text):
            return Sheet([], needs_ocr=True)
        needs_ocr = _needs_ocr(words.text, marks, area)
        lines = with_tables(words, lines, marks)
        lines = in_reading_order(words, headed(lines))
        added = added_to(document, page)
        if added.lines:
            lines = with_added(words, lines, added)
    return Sheet(lines, needs_ocr, has_hidden, added.comments)


def headed(lines: list[Line]) -> list[Line]:
    """Move a page header that was drawn after the body to the top; a footer may follow it."""
    top = bottom = lines[0].bottom if lines else 0.0
    for n, line in enumerate(lines[1:], 1):
        if line.bottom > top:
            end = next((k for k in range(n, len(lines)) if lines[k].bottom <= top), len(lines))
            is_last = all(after.bottom < bottom for after in lines[end:])
            return lines[n:end] + lines[:n] + lines[end:] if is_last else lines
        bottom = min(bottom, line.bottom)
    return lines


def _letters(lines: list[Line]) -> int:
    return sum(len(line.text) - line.text.count(" ") for line in lines)


def _needs_ocr(text: str, marks: Marks, area: Area) -> bool:
    if not text.strip():
        return bool(marks.pictures or marks.order) or marks.paths > OUTLINED
    if len(text) < LEAST_WORDS:
        return is_scan(marks, area) and not marks.unseen
    return False


def is_garbled(text: str) -> bool:
    """Say whether the font does not tell which letters its shapes are."""
    if len(text) > LEAST_OFTEN / 2 and text.count("e") * LEAST_OFTEN < len(text):
        shifted, usual = (sum(map(text.count, letters)) for letters in (_SHIFTED, _USUAL))
        if shifted > 2 * usual:
            return True
    text = text[:LOOKED_AT]
    return not text.isascii() and len(_MEANINGLESS.findall(text)) > GARBLED * len(text)


def _turn_of(
    page: pypdfium2.PdfPage, words: PageText, lines: list[Line], area: Area
) -> Turn | None:
    """How to turn a page so that its lines lie flat; which way its sheet is turned says less."""
    long = [line for line in lines[:SAMPLE] if len(line.text) > 3]
    upright = [line for line in long if line.top - line.bottom > 2 * (line.right - line.left)]
    left, bottom, right, top = area
    if 2 * len(upright) > len(long):
        rising = sum(words.box(line.first)[1] < words.box(line.last)[1] for line in upright)
        if 2 * rising > len(upright):
            return lambda a: (a[1] - bottom, right - a[2], a[3] - bottom, right - a[0])
        return lambda a: (top - a[3], a[0] - left, top - a[1], a[2] - left)
    if long and page.get_rotation() == 180:
        return lambda a: (right - a[2], top - a[3], right - a[0], top - a[1])
    return None
