"""The words of one Word paragraph as they are gathered, and what all paragraphs of a part share."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from gross.intake.blocks import Mark
from gross.intake.docx.fields import Field
from gross.intake.docx.parts import Relation
from gross.intake.docx.styles import NO_PROPERTIES, Properties, Styles
from gross.intake.xml import Element


@dataclass(slots=True)
class Story:
    """What the paragraphs of one part share: its relations, the comments, the fields now open.

    `known`: the properties that its paragraphs name instead of telling them; `bare`: those of a
    paragraph that says nothing.
    """

    styles: Styles
    bare: Properties
    comments: dict[str, str]
    relations: dict[str, Relation] = field(default_factory=dict)
    known: dict[str, Properties] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    in_code: int = 0  # how many of the open fields are still in their instruction
    in_contents: int = 0


@dataclass(slots=True)
class Words:
    """A paragraph's words as they are gathered, with what hangs on them.

    `anchored` are text boxes and diagrams; `marks` count pieces, and code points once `finished`.
    """

    pieces: list[str] = field(default_factory=list)
    anchored: tuple[Element, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    own: Properties = NO_PROPERTIES
    is_hidden: bool = False
    is_aside: bool = False
    is_contents: bool = False

    def keep_aside(self, kind: str, text: str) -> None:
        """Add to the last aside if that is of the same kind and place: Word cuts runs anywhere."""
        at = len(self.pieces)
        last = self.marks[-1] if self.marks else None
        if last and (last.kind, last.start) == (kind, at) and kind != "comment":
            self.marks = (*self.marks[:-1], Mark(kind, at, at, last.value + text))
        elif text:
            self.marks += (Mark(kind, at, at, text),)

    def finished(self) -> tuple[str, tuple[Mark, ...]]:
        """The text, and the marks with their offsets in it."""
        if not self.marks:
            return "".join(self.pieces), ()
        ends = [0, *accumulate(map(len, self.pieces))]
        return "".join(self.pieces), tuple(
            Mark(each.kind, ends[each.start], ends[each.end], each.value) for each in self.marks
        )
