"""pdfium's calls that are made for each line or object, bound so that a call costs least.

pypdfium2 binds every call with typed pointers, which are checked and boxed each time. Bound a
second time to plain addresses, the same calls take about half as long; a page needs hundreds.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import (
    PYFUNCTYPE,
    addressof,
    c_double,
    c_float,
    c_int,
    c_uint,
    c_ulong,
    c_void_p,
    cast,
    sizeof,
)
from typing import Any

import pypdfium2.raw as pdfium


def address(pointer: Any) -> int:
    """The number behind one of pypdfium2's handles."""
    return cast(pointer, c_void_p).value or 0


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return PYFUNCTYPE(result, *arguments)(address(function))


_P = c_void_p
load_text = _bound(pdfium.FPDFText_LoadPage, c_void_p, _P)
close_text = _bound(pdfium.FPDFText_ClosePage, None, _P)
count_chars = _bound(pdfium.FPDFText_CountChars, c_int, _P)
get_text_index = _bound(pdfium.FPDFText_GetTextIndexFromCharIndex, c_int, _P, c_int)
get_text = _bound(pdfium.FPDFText_GetText, c_int, _P, c_int, c_int, _P)
get_object = _bound(pdfium.FPDFPage_GetObject, c_void_p, _P, c_int)
get_form_object = _bound(pdfium.FPDFFormObj_GetObject, c_void_p, _P, c_ulong)
count_form_objects = _bound(pdfium.FPDFFormObj_CountObjects, c_int, _P)
get_type = _bound(pdfium.FPDFPageObj_GetType, c_int, _P)
get_bounds = _bound(pdfium.FPDFPageObj_GetBounds, c_int, _P, _P, _P, _P, _P)
get_fill = _bound(pdfium.FPDFPageObj_GetFillColor, c_int, _P, _P, _P, _P, _P)
get_draw_mode = _bound(pdfium.FPDFPath_GetDrawMode, c_int, _P, _P, _P)
get_matrix = _bound(pdfium.FPDFPageObj_GetMatrix, c_int, _P, _P)
count_segments = _bound(pdfium.FPDFPath_CountSegments, c_int, _P)
get_segment = _bound(pdfium.FPDFPath_GetPathSegment, c_void_p, _P, c_int)
get_segment_type = _bound(pdfium.FPDFPathSegment_GetType, c_int, _P)
get_segment_point = _bound(pdfium.FPDFPathSegment_GetPoint, c_int, _P, _P, _P)
is_closing = _bound(pdfium.FPDFPathSegment_GetClose, c_int, _P)
get_render_mode = _bound(pdfium.FPDFTextObj_GetTextRenderMode, c_int, _P)
get_text_object = _bound(pdfium.FPDFText_GetTextObject, c_void_p, _P, c_int)
get_loose_box = _bound(pdfium.FPDFText_GetLooseCharBox, c_int, _P, c_int, _P)
get_font_size = _bound(pdfium.FPDFText_GetFontSize, c_double, _P, c_int)
get_text_fill = _bound(pdfium.FPDFText_GetFillColor, c_int, _P, c_int, _P, _P, _P, _P)
count_rects = _bound(pdfium.FPDFText_CountRects, c_int, _P, c_int, c_int)
get_rect = _bound(pdfium.FPDFText_GetRect, c_int, _P, c_int, _P, _P, _P, _P)
get_char_index = _bound(pdfium.FPDFText_GetCharIndexFromTextIndex, c_int, _P, c_int)


def _room(kind: Any, code: str, count: int) -> tuple[Any, tuple[int, ...]]:
    """Numbers that pdfium writes, and their addresses; an array's own are seven times as slow."""
    array = (kind * count)()
    start, size = addressof(array), sizeof(kind)
    values: Any = memoryview(array).cast("B")
    return values.cast(code), tuple(start + size * n for n in range(count))


class Floats:
    """Four or six floats that pdfium writes into, made once."""

    def __init__(self, count: int = 4) -> None:
        self.values, self.at = _room(c_float, "f", count)


class Doubles:
    def __init__(self, count: int = 4) -> None:
        self.values, self.at = _room(c_double, "d", count)


class Colour:
    """Red, green, blue and alpha, each from 0 to 255."""

    WHITE = 250  # from here on an eye sees no ink on paper

    def __init__(self) -> None:
        self.values, self.at = _room(c_uint, "I", 4)

    @property
    def is_white(self) -> bool:
        red, green, blue, alpha = self.values
        return bool(min(red, green, blue) >= self.WHITE or alpha == 0)
