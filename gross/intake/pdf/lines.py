"""The lines of a PDF page, each with its place and size, at the cost of a few calls a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from ctypes import addressof, c_ushort
from itertools import pairwise
from typing import NamedTuple

import pypdfium2

from gross.intake.pdf import calls

HYPHENS = "\x02\ufffe\u00ad"  # what pdfium writes for a hyphen that ends a line
MAX_PAGE_CHARACTERS = 2_000_000
RAISED = 0.8  # of the line's height: so small a character is a superscript, or below the line
NEAR = 0.45  # of the size: pieces of one row that stand so near are one line
# pdfium's box reaches from the font's ascent to its descent: 1.1 to 1.25 sizes in most fonts.
MOST_JOINED = 3  # pieces of different heights in what pdfium calls a line
MOST_TO_SIZE = 1.6
LEAST_TO_SIZE = 0.85
USUAL_TO_SIZE = 1.17

# A hyphen that ended a line on the page ends a piece here, too, though pdfium has joined the words.
_PIECE = re.compile("[^\r\n\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_WORD = re.compile(r"\S+")
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SUPERSCRIPT = str.maketrans("0123456789+-\u2212=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISABLE = re.compile(r"[0-9+\-\u2212=()]|(?<![a-zA-Z]{2})n(?![a-zA-Z])")  # no letter of a word

Box = tuple[float, float, float, float]  # left, top, right, bottom
Area = tuple[float, float, float, float]  # left, bottom, right, top
Turn = Callable[[Area], Area]


class Line(NamedTuple):
    """A line of a page, or a row of its tables when it has `cells`.

    Places are points from the page's lower left; `size` 0 is unknown. `first` and `last` count
    pdfium's characters, -1 where there are none. `level` is a heading's, by the outline. A named
    tuple: a long manual has a hundred thousand, and these are made in a third of the time.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    first: int = -1
    last: int = -1
    level: int = 0
    cells: tuple[str, ...] = ()
    table: int = 0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class PageText:
    """The text of one page and where its characters stand; it asks pdfium into its own numbers.

    It is closed by whoever opened it, before the page is.

    Raises:
        PdfiumError: pdfium cannot read the page.
    """

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.raw: int = calls.load_text(calls.address(page.raw)) or 0
        if not self.raw:
            raise pypdfium2.PdfiumError("The text of a page cannot be loaded.")
        count = calls.count_chars(self.raw)
        self.text = self._written(page, count) if 0 < count <= MAX_PAGE_CHARACTERS else ""
        # Where each character has one code unit of text, their indices are the same.
        self._is_plain: bool = len(self.text) == count
        box = calls.Floats()  # pdfium's FS_RECTF: left, top, right, bottom
        self._rect, self._rect_at = box.values, box.at[0]
        self._turn: Turn | None = None

    def close(self) -> None:
        calls.close_text(self.raw)

    def _written(self, page: pypdfium2.PdfPage, count: int) -> str:
        first, last = (calls.get_text_index(self.raw, n) for n in (0, count - 1))
        if first < 0 or last < 0:  # pdfium would write more than it is asked for
            with closing(page.get_textpage()) as text_page:
                return str(text_page.get_text_range(errors="replace"))
        room = (c_ushort * (last + 2 - first))()
        units = calls.get_text(self.raw, 0, count, addressof(room)) - 1  # the last one is NUL
        return bytes(memoryview(room)[:units]).decode("utf-16-le", "replace")

    def turn(self, turn: Turn) -> None:
        """Let places be those of the page once it is turned so that its lines lie flat."""
        self._turn = turn

    def box(self, index: int) -> Box:
        if index < 0 or not calls.get_loose_box(self.raw, index, self._rect_at):
            return 0.0, 0.0, 0.0, 0.0
        left, top, right, bottom = self._rect
        if self._turn is not None:
            left, bottom, right, top = self._turn((left, bottom, right, top))
        return left, top, right, bottom

    def lines(self) -> list[Line]:
        """The lines in the order of the page's text."""
        found = [self._line(*piece) for piece in self._pieces()]
        if self._is_plain and any(_is_tall(line) for line in found):
            found = [part for line in found for part in self._unjoined(line)]
        return list(self._rows(found))

    def _unjoined(self, line: Line) -> list[Line]:
        """pdfium may join a line with words that run upwards elsewhere; their heights part them."""
        middle = self.box((line.first + line.last) // 2)
        width = max(line.right, middle[2]) - line.left
        if not _is_tall(line) or width < 4 * line.size:
            return [line]
        starts, height = [line.first], None
        for match in _WORD.finditer(self.text, line.first, line.last + 1):
            top = self.box(match.start())[1]
            if height is not None and abs(top - height) > line.size > 0:
                starts.append(match.start())
            height = top
        if len(starts) > MOST_JOINED:
            return [line]  # it runs aslant, as watermarks do
        parts = (self.cut(a, b - 1) for a, b in pairwise([*starts, line.last + 1]))
        return [part for part in parts if part]

    @property
    def can_cut(self) -> bool:
        return self._is_plain

    def cut(self, first: int, last: int) -> Line | None:
        """The line from one character to another, both included; None when all are blank.

        Only where `can_cut`: elsewhere the indices of text and characters differ.
        """
        text = self.text[first : last + 1]
        shown = text.strip()
        if not shown:
            return None
        first += len(text) - len(text.lstrip())
        return self._line(shown, first, first + len(shown) - 1)

    def _pieces(self) -> Iterator[tuple[str, int, int]]:
        for match in _PIECE.finditer(self.text):
            written = match[0]
            shown = written.strip()
            if shown:
                first = match.start() + len(written) - len(written.lstrip())
                yield shown, first, first + len(shown) - 1

    def _line(self, shown: str, first: int, last: int) -> Line:
        if not self._is_plain:
            first, last = self._index(first), self._index(last)
        left, top, right, bottom = self.box(first)
        height = top - bottom
        width = height
        if last != first:
            l2, t2, r2, b2 = self.box(last)
            if t2 - b2 < RAISED * height or height < RAISED * (t2 - b2):
                shown = self._with_superscripts(shown, first, last)
                height = max(height, t2 - b2)
            # Without min() and max(): this runs for every line.
            left, right = (left if left < l2 else l2), (right if right > r2 else r2)
            top, bottom = (top if top > t2 else t2), (bottom if bottom < b2 else b2)
            width = right - left
        if not shown.isascii():
            shown = without_ligatures(shown)
        size = calls.get_font_size(self.raw, first) if first >= 0 else 0.0
        if height > 0 and not LEAST_TO_SIZE * size <= height <= MOST_TO_SIZE * size:
            # The text was drawn large or small and then scaled, or it runs upwards.
            size = (height if height < width else width) / USUAL_TO_SIZE
        return Line(shown, left, right, top, bottom, size, first, last)

    def _index(self, text_index: int) -> int:
        """pdfium counts characters that have no text; its own table leads back to them."""
        return int(calls.get_char_index(self.raw, text_index))

    def _with_superscripts(self, shown: str, first: int, last: int) -> str:
        """ "10³" is not 103: small digits above the line are written as such."""
        if last - first + 1 != len(shown):
            return shown
        small = [match.start() for match in _RAISABLE.finditer(shown)]
        if not small:
            return shown
        # A letter of each word tells how high they are; asking for all costs most of a page.
        sampled = {match.start() for match in _WORD.finditer(shown)}
        boxes = {n: self.box(first + n) for n in sampled.union(small)}
        heights = {n: top - bottom for n, (_, top, _, bottom) in boxes.items()}
        words = sorted(heights[n] for n in sampled.difference(small)) or sorted(heights.values())
        # A bullet's own font may be far taller: the words' height is that of most of them.
        usual = words[len(words) // 2] if sampled.difference(small) else words[-1]
        low = RAISED * usual
        tall = (boxes[n][3] for n in boxes if low < heights[n] < usual / RAISED)
        floor = min(tall, default=0.0)
        letters = list(shown)
        for n in small:
            if heights[n] < low and boxes[n][3] > floor + 0.1 * usual:
                letters[n] = shown[n].translate(_SUPERSCRIPT)
        return "".join(letters)

    def _rows(self, found: list[Line]) -> Iterator[Line]:
        """pdfium ends a line behind a raised character; what goes on in the same row joins it."""
        open_line: Line | None = None
        for line in found:
            if open_line is not None and _is_same_row(open_line, line):
                open_line = self._joined(open_line, line)
                continue
            if open_line is not None:
                yield open_line
            open_line = line
        if open_line is not None:
            yield open_line

    def _joined(self, a: Line, b: Line) -> Line:
        is_parted = (
            b.left - a.right > 0.15 * max(a.size, b.size)
            or self.text[a.last + 1 : b.first].strip("\r\n") != ""
        )
        return a._replace(
            text=f"{a.text} {b.text}" if is_parted else a.text + b.text,
            right=max(a.right, b.right),
            top=max(a.top, b.top),
            bottom=min(a.bottom, b.bottom),
            size=max(a.size, b.size),
            last=b.last,
        )


def without_ligatures(words: str) -> str:
    """Letters that a font draws as one shape are letters again."""
    return _LIGATURE.sub(lambda match: _LIGATURES[match[0]], words)


def _is_tall(line: Line) -> bool:
    """Say whether a line is higher than its words: upright, aslant, or two in one."""
    return 0 < 3 * line.size < line.top - line.bottom


def _is_same_row(a: Line, b: Line) -> bool:
    """Tell a piece that goes on where the line was broken off by a change of height."""
    if not -1 <= b.left - a.right <= NEAR * (a.size if a.size > b.size else b.size):
        return False
    shared = min(a.top, b.top) - max(a.bottom, b.bottom)
    return shared > 0.5 * min(a.top - a.bottom, b.top - b.bottom) and a.text[-1] not in HYPHENS
