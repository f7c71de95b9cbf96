"""Words that nobody sees on the page: left out, unless they are the text layer of a scan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gross.intake.pdf import calls
from gross.intake.pdf.lines import Area, Line, PageText
from gross.intake.pdf.marks import Marks
from gross.intake.pdf.picture import Picture

SCANNED = 0.6  # of the page under pictures: the page is a scan, and its text the scan's text layer
TINY = 1.5  # points
SAMPLE = 24  # letters of a line that are looked at
INKED = 0.6  # of them show: the words do


def is_scan(marks: Marks, page: Area) -> bool:
    """Say whether one picture covers most of the page."""
    whole = (page[2] - page[0]) * (page[3] - page[1])
    return any(_size(_shared(area, page)) >= SCANNED * whole for area in marks.pictures)


def seen(
    words: PageText, lines: list[Line], marks: Marks, page: Area, picture: Callable[[], Picture]
) -> list[Line]:
    """The lines, or parts of them, that show; `picture` draws the page where only that tells."""
    if is_scan(marks, page):
        return lines
    sheet = _Sheet(words, marks, picture)
    doubtful = {id(line) for line in (lines if marks.unseen else sheet.doubtful(lines))}
    if doubtful:
        parts = (sheet.shown(line) if id(line) in doubtful else (line,) for line in lines)
        lines = [piece for part in parts for piece in part]
    left, bottom, right, top = page
    kept = [
        line
        for line in lines
        if line.right > left and line.left < right and line.top > bottom and line.bottom < top
        if line.size >= TINY or line.size <= 0 or line.top - line.bottom >= 2 * TINY
    ]
    return kept if len(kept) < len(lines) else lines


class _Sheet:
    """The verdict on each text object, asked once."""

    def __init__(self, words: PageText, marks: Marks, picture: Callable[[], Picture]) -> None:
        self._words = words
        self._marks = marks
        self._draw = picture
        self._picture: Picture | None = None
        self._colour = calls.Colour()
        self._unseen: dict[int, bool] = {}

    def doubtful(self, lines: list[Line]) -> Iterator[Line]:
        """The lines of which a part may be blank or covered; this is asked of every line."""
        raw, (red, green, blue, alpha) = self._words.raw, self._colour.at
        values, get_fill, covers = self._colour.values, calls.get_text_fill, self._marks.covers
        for line in lines:
            is_told = line.first >= 0 and get_fill(raw, line.first, red, green, blue, alpha)
            is_pale = is_told and (values[0] >= calls.Colour.WHITE or values[3] == 0)
            if (is_pale and self.is_blank(line)) or (covers and self._may_be_covered(line)):
                yield line

    def _may_be_covered(self, line: Line) -> bool:
        order = self._marks.order
        above = [
            later
            for later, (left, bottom, right, top) in self._marks.covers
            if bottom <= line.middle <= top and left < line.right and line.left < right
        ]
        if not above:
            return False
        ends = [calls.get_text_object(self._words.raw, n) for n in (line.first, line.last)]
        return max(above) > min(order.get(item, max(above)) for item in ends)

    def is_blank(self, line: Line) -> bool:
        """Say whether the line begins in white on paper."""
        at, colour = line.first, self._colour
        if at < 0 or not calls.get_text_fill(self._words.raw, at, *colour.at):
            return False
        return colour.is_white and not self._is_on_ground(line) and not self._is_inked(line)

    def shown(self, line: Line) -> Iterator[Line]:
        if line.first < 0 or not self._words.can_cut:
            if not self._is_hidden(line, line.first):
                yield line
            return
        text = self._words.text
        indices = range(line.first, line.last + 1)
        flags = [not text[n].isspace() and self._is_hidden(line, n) for n in indices]
        if not any(flags):
            yield line
            return
        start = line.first
        for n, is_hidden in zip(indices, flags, strict=True):
            if is_hidden:
                yield from self._cut(start, n - 1)
                start = n + 1
        yield from self._cut(start, line.last)

    def _cut(self, start: int, end: int) -> Iterator[Line]:
        piece = self._words.cut(start, end) if end >= start else None
        if piece:
            yield piece

    def _is_hidden(self, line: Line, index: int) -> bool:
        item = calls.get_text_object(self._words.raw, index) if index >= 0 else 0
        if not item:
            return False
        if item not in self._unseen:
            is_blank = self.is_blank(line._replace(first=index))
            self._unseen[item] = item in self._marks.unseen or is_blank
        return self._unseen[item] or self._is_covered(item, line, index)

    def _is_covered(self, item: int, line: Line, index: int) -> bool:
        order = self._marks.order.get(item)
        if order is None or not self._marks.covers:
            return False
        left, top, right, bottom = self._words.box(index)
        x, y = (left + right) / 2, (top + bottom) / 2
        lies_under = any(
            later > order and area[0] <= x <= area[2] and area[1] <= y <= area[3]
            for later, area in self._marks.covers
        )
        return lies_under and not self._shows(self._core(line, index))

    def _is_inked(self, line: Line) -> bool:
        """Say whether most letters show; a watermark that crosses a few of them does not count."""
        indices = range(line.first, line.last + 1, max(1, (line.last - line.first) // SAMPLE))
        letters = [n for n in indices if not self._words.can_cut or self._words.text[n].isalnum()]
        inked = sum(self._shows(self._core(line, n)) for n in letters)
        return inked > INKED * len(letters)

    def _core(self, line: Line, index: int) -> Line:
        """A letter's box without its margins, which hold paper."""
        left, top, right, bottom = self._words.box(index)
        margin = (top - bottom) / 4
        return line._replace(left=left, right=right, top=top - margin, bottom=bottom + margin)

    def _shows(self, line: Line) -> bool:
        """Look at the page: a pattern calls itself white, and a fill may let the words through."""
        if self._picture is None:
            self._picture = self._draw()
        return self._picture.has_ink(line)

    def _is_on_ground(self, line: Line) -> bool:
        """White words show on a dark fill and on a picture."""
        x, y = (line.left + line.right) / 2, line.middle
        return any(
            left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1
            for left, bottom, right, top in [*self._marks.fills, *self._marks.pictures]
        )


def _shared(a: Area, b: Area) -> Area:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def _size(area: Area) -> float:
    left, bottom, right, top = area
    return max(right - left, 0.0) * max(top - bottom, 0.0)
