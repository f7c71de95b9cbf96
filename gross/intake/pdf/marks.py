"""What is drawn on a PDF page beside its words: rules, fills, pictures; and words drawn unseen."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import addressof, c_float, c_int
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from gross.intake.pdf import calls
from gross.intake.pdf.lines import Area, Turn

THIN = 3.0  # points: a fill or line so thin is a rule
LEAST_RULE = 6.0  # points; anything shorter is a dot, a tick or part of a letter
MAX_PATHS = 4000  # of one page; beyond are maps and drawings
MAX_SEGMENTS = 400  # of one path
BOX_SEGMENTS = 6  # a fill with more is a drawing; signatures are
NO_TEXT = pdfium.FPDF_TEXTRENDERMODE_UNKNOWN
UNSEEN_MODES = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


@dataclass(slots=True)
class Marks:
    """`unseen` and `order` are addresses of text objects; `covers` are fills with their order."""

    rules: list[Area] = field(default_factory=list)
    fills: list[Area] = field(default_factory=list)
    covers: list[tuple[int, Area]] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    order: dict[int, int] = field(default_factory=dict)
    paths: int = 0

    def turned(self, turn: Turn) -> Marks:
        return replace(
            self,
            rules=[turn(area) for area in self.rules],
            fills=[turn(area) for area in self.fills],
            covers=[(order, turn(area)) for order, area in self.covers],
            pictures=[turn(area) for area in self.pictures],
        )


class _Seen:
    """The numbers that pdfium writes into, made once a page."""

    def __init__(self) -> None:
        self.box = calls.Floats()
        self.matrix = calls.Floats(6)
        self.colour = calls.Colour()
        self.modes = (c_int * 2)()
        start = addressof(self.modes)
        self.fill_at, self.stroke_at = start, start + 4
        self.marks = Marks()

    def area(self, item: int) -> Area:
        if not calls.get_bounds(item, *self.box.at):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = self.box.values
        return left, bottom, right, top


def marks_of(page: pypdfium2.PdfPage) -> Marks:
    """Go through the page's objects once; forms inside it are entered one deep."""
    raw = calls.address(page.raw)
    seen = _Seen()
    get_object, get_mode, order = calls.get_object, calls.get_render_mode, seen.marks.order
    for n in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = get_object(raw, n)
        mode = get_mode(item)  # of what is no text pdfium knows none: one call tells both
        if mode == NO_TEXT:
            _take(seen, item, calls.get_type(item), n)
            continue
        order[item] = n  # text, as nearly all are
        if mode in UNSEEN_MODES:
            seen.marks.unseen.add(item)
    return seen.marks


def _take(seen: _Seen, item: int, kind: int, order: int) -> None:
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _path(seen, item, order)
    elif kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
        seen.marks.pictures.append(seen.area(item))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM:
        _form(seen, item, order)


def _form(seen: _Seen, form: int, order: int) -> None:
    """Take rules and pictures out of a form; its matrix puts them on the page."""
    count = calls.count_form_objects(form)
    inner = _Seen()
    for n in range(min(count, MAX_PATHS) if count > 0 else 0):
        item = calls.get_form_object(form, n)
        kind = calls.get_type(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            seen.marks.order[item] = order
            if calls.get_render_mode(item) in UNSEEN_MODES:
                seen.marks.unseen.add(item)
        elif kind != pdfium.FPDF_PAGEOBJ_FORM:
            _take(inner, item, kind, order)
    _placed(seen, inner.marks, form)


def _placed(seen: _Seen, inner: Marks, form: int) -> None:
    calls.get_matrix(form, seen.matrix.at[0])
    a, b, c, d, e, f = seen.matrix.values

    def moved(area: Area) -> Area:
        left, bottom, right, top = area
        xs = a * left + c * bottom + e, a * right + c * top + e
        ys = b * left + d * bottom + f, b * right + d * top + f
        return min(xs), min(ys), max(xs), max(ys)

    marks = seen.marks
    marks.rules += [moved(area) for area in inner.rules]
    marks.fills += [moved(area) for area in inner.fills]
    marks.pictures += [moved(area) for area in inner.pictures]
    marks.paths += inner.paths


def _path(seen: _Seen, item: int, order: int) -> None:
    marks = seen.marks
    marks.paths += 1
    if marks.paths > MAX_PATHS:
        return
    area = left, bottom, right, top = seen.area(item)
    width, height = right - left, top - bottom
    calls.get_draw_mode(item, seen.fill_at, seen.stroke_at)
    is_filled, is_stroked = seen.modes
    if min(width, height) <= THIN:
        if max(width, height) >= LEAST_RULE and (is_filled or is_stroked):
            marks.rules.append(area)
        return
    if is_stroked:
        marks.rules += _drawn(item, area, seen)
    if is_filled:
        _fill(seen, item, area, order)


def _fill(seen: _Seen, item: int, area: Area, order: int) -> None:
    """A fill is the ground of what is drawn later, and covers what was drawn before."""
    calls.get_fill(item, *seen.colour.at)
    if not seen.colour.is_white:
        seen.marks.fills.append(area)
    is_box = calls.count_segments(item) <= BOX_SEGMENTS
    if seen.marks.order and is_box and seen.colour.values[3] == 255:
        seen.marks.covers.append((order, area))


def _drawn(item: int, area: Area, seen: _Seen) -> list[Area]:
    """The straight lines of a path, along the page's sides."""
    count = calls.count_segments(item)
    if count <= 1 or count > MAX_SEGMENTS:
        return []
    calls.get_matrix(item, seen.matrix.at[0])
    points = list(_points(item, count, tuple(seen.matrix.values)))
    return [
        rule
        for rule in _straight(points)
        if max(rule[2] - rule[0], rule[3] - rule[1]) >= LEAST_RULE
    ]


def _straight(points: list[tuple[float, float, bool, bool]]) -> Iterator[Area]:
    start = before = (0.0, 0.0)
    for x, y, is_line, closes in points:
        if is_line:
            yield from _aligned(before, (x, y))
        else:
            start = x, y
        before = x, y
        if closes:
            yield from _aligned(before, start)
            before = start


def _aligned(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Area]:
    if abs(a[0] - b[0]) <= 1 or abs(a[1] - b[1]) <= 1:
        yield min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _points(
    item: int, count: int, matrix: tuple[float, ...]
) -> Iterator[tuple[float, float, bool, bool]]:
    a, b, c, d, e, f = matrix
    x, y = c_float(), c_float()
    x_at, y_at = addressof(x), addressof(y)
    for n in range(count):
        segment = calls.get_segment(item, n)
        if not segment or not calls.get_segment_point(segment, x_at, y_at):
            continue
        is_line = calls.get_segment_type(segment) == pdfium.FPDF_SEGMENT_LINETO
        yield (
            a * x.value + c * y.value + e,
            b * x.value + d * y.value + f,
            is_line,
            bool(calls.is_closing(segment)),
        )
