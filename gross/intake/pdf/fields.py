"""What stands on a page beside its text: values of form fields, words typed on it, comments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from ctypes import POINTER, c_ushort, cast, create_string_buffer
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gross.intake.pdf.lines import Line, PageText

MAX_ANNOTATIONS = 5000  # of one page
MAX_VALUE = 20_000  # code units
CHECKED = "☒"

_WORDED = frozenset(
    {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
)
_TICKED = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})
_COMMENTS = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_CARET,
    }
)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


@dataclass(frozen=True, slots=True)
class Added:
    """`lines` are on the page itself; `comments` only beside it."""

    lines: tuple[Line, ...] = ()
    comments: int = 0


def added_to(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Added:
    """The annotations of a page; most pages have none, and this is one call."""
    count = pdfium.FPDFPage_GetAnnotCount(page.raw)
    if count <= 0:
        return Added()
    lines: list[Line] = []
    comments = 0
    for n in range(min(count, MAX_ANNOTATIONS)):
        raw = pdfium.FPDFPage_GetAnnot(page.raw, n)
        if not raw:
            continue
        with closing(_Annotation(raw)) as annotation:
            lines += annotation.lines(document)
            comments += annotation.is_comment
    return Added(tuple(lines), comments)


class _Annotation:
    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._kind = pdfium.FPDFAnnot_GetSubtype(raw)

    def close(self) -> None:
        pdfium.FPDFPage_CloseAnnot(self._raw)

    @property
    def is_comment(self) -> bool:
        return self._kind in _COMMENTS and bool(self._said("Contents"))

    def lines(self, document: pypdfium2.PdfDocument) -> Iterator[Line]:
        if self._kind not in {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT}:
            return
        if pdfium.FPDFAnnot_GetFlags(self._raw) & _UNSEEN:
            return
        is_typed = self._kind == pdfium.FPDF_ANNOT_FREETEXT
        text = self._said("Contents") if is_typed else self._value(document)
        rect = pdfium.FS_RECTF()
        if text.strip() and pdfium.FPDFAnnot_GetRect(self._raw, rect):
            yield Line(" ".join(text.split()), rect.left, rect.right, rect.top, rect.bottom, 0.0)

    def _value(self, document: pypdfium2.PdfDocument) -> str:
        if document.formenv is None:
            document.init_forms()
        form = document.formenv.raw if document.formenv else None
        if form is None:
            return ""
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, self._raw)
        if kind in _TICKED:
            state = self._said("AS")  # what shows; pdfium's own answer needs the page drawn
            return CHECKED if state not in {"", "Off"} else ""
        if kind not in _WORDED:
            return ""
        return _text(lambda *room: pdfium.FPDFAnnot_GetFormFieldValue(form, self._raw, *room))

    def _said(self, key: str) -> str:
        name = key.encode("ascii")
        return _text(lambda *room: pdfium.FPDFAnnot_GetStringValue(self._raw, name, *room))


def _text(ask: Any) -> str:
    size = ask(None, 0)
    if size <= 2 or size > 2 * MAX_VALUE:
        return ""
    room = create_string_buffer(size)
    ask(cast(room, POINTER(c_ushort)), size)
    return room.raw[: size - 2].decode("utf-16-le", "replace")


def with_added(words: PageText, lines: list[Line], added: Added) -> list[Line]:
    """Put each value behind the words on its left, else where its height belongs."""
    for value in sorted(added.lines, key=lambda line: (-line.middle, line.left)):
        lines = _with_value(words, lines, value)
    return lines


def _with_value(words: PageText, lines: list[Line], value: Line) -> list[Line]:
    beside = [
        n
        for n, line in enumerate(lines)
        if line.bottom - 2 < value.middle < line.top + 2 and line.left < value.left + 2
    ]
    if beside:
        n = max(beside, key=lambda n: lines[n].left)
        return [*lines[:n], *_filled(words, lines[n], value), *lines[n + 1 :]]
    at = next((n for n, line in enumerate(lines) if line.middle < value.middle), len(lines))
    return [*lines[:at], value, *lines[at:]]


def _filled(words: PageText, line: Line, value: Line) -> Iterator[Line]:
    """The line with the value in it; a label that follows the field stays behind the value."""
    end = _first_right_of(words, line, value.left + 2)
    before = words.cut(line.first, end - 1) if line.first >= 0 and end <= line.last else line
    after = words.cut(end, line.last) if before is not line else None
    said = f"{before.text.rstrip('_ ')} {value.text}" if before else value.text
    if after and not after.text.strip("_ "):
        after = None
    filled = line._replace(text=said, right=value.right, first=-1, last=-1)
    if after is None:
        yield filled
    else:
        yield filled
        yield after


def _first_right_of(words: PageText, line: Line, x: float) -> int:
    if line.first < 0 or not words.can_cut:
        return line.last + 1
    indices = range(line.first, line.last + 1)
    return next((n for n in indices if words.box(n)[0] >= x), line.last + 1)
