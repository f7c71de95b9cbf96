"""A passage: a paragraph, heading, list item or table row of an edition, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PassageKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a list item
    ROW = "row"  # a table row, its cells joined by " | "
    HEADER = "header"  # the document's own header data: number, dates, owner, page header, footer


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of an edition's text.

    `start` and `end` count code points of the text, from 0, end excluded. Passages are in reading
    order and do not overlap. `section` is the path of headings above joined by " › ", or "".
    """

    start: int
    end: int
    kind: PassageKind
    section: str = ""
