"""What a format's reader hands over: blocks in reading order, before any offset is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gross.domain.passage import PassageKind

SEPARATOR = " › "  # between the headings of a section path
BETWEEN_CELLS = " | "


@dataclass(frozen=True, slots=True)
class Mark:
    """What hangs on a block's text: a "link" on its span, or an aside at one place.

    Asides are "deleted", "hidden" and "comment". Offsets count code points of the block's `text`,
    or of its cell number `cell`. `value` is the link's target or the aside's text.
    """

    kind: str
    start: int
    end: int
    value: str
    cell: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table row or page edge.

    `level` is a heading's depth from 1; 0 is the document's title, which opens no section. `number`
    is the automatic number as the page shows it; it stands before the text. Rows carry `cells`, and
    rows of one table share the number `table` (0: no table). `span` is given when the file's own
    text is kept. `marks` stand in the order of their ends.
    """

    kind: PassageKind
    text: str = ""
    level: int = 0
    number: str = ""
    cells: tuple[str, ...] = ()
    table: int = 0
    span: tuple[int, int] | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def shown(self) -> str:
        if self.cells:
            return BETWEEN_CELLS.join(self.cells).strip() if any(self.cells) else ""
        return f"{self.number} {self.text}".strip() if self.number else self.text

    def offset(self, mark: Mark) -> int:
        """How far into `shown` the text begins that a mark counts in."""
        if not self.cells:
            return len(self.number) + 1 if self.number else 0
        before = sum(len(cell) + len(BETWEEN_CELLS) for cell in self.cells[: mark.cell])
        return max(before - (not self.cells[0]), 0)


@dataclass(frozen=True, slots=True)
class Draft:
    """One file as its format tells it.

    `text` is the file's own text where offsets must be those of the file (plain text, Markdown),
    and None where the blocks are joined to make it. `title` is what the format itself calls the
    title; `pairs` are labelled values outside the text proper, such as front matter. Pages that are
    pictures are `image_pages` while unread, `ocr_pages` once OCR has read them; both count from 1.
    """

    blocks: tuple[Block, ...]
    text: str | None = None
    title: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    image_pages: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()


Reader = Callable[[str, bytes], Draft]
