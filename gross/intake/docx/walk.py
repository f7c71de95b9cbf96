"""What is carried along while a Word document is walked, and how a paragraph becomes a block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Mark
from gross.intake.docx.numbering import Numbering
from gross.intake.docx.parts import Parts
from gross.intake.docx.shape import is_text, is_title, shaped
from gross.intake.docx.styles import Properties, Styles
from gross.intake.docx.words import Story, Words
from gross.intake.xml import Element


@dataclass(slots=True)
class Walk:
    """What is carried along while the document is walked in reading order.

    `held` are words whose paragraph goes on in the next one.
    """

    parts: Parts
    styles: Styles
    numbering: Numbering
    story: Story
    tables: int = 0
    is_above_text: bool = True
    held: Words | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)


def add_text(
    element: Element,
    text: str,
    own: Properties,
    walk: Walk,
    into: list[Block],
    *,
    is_contents: bool = False,
) -> None:
    """Add the paragraph's block, unless it is empty; an empty one counts in its list, too."""
    number = _number(own, walk) if own.counts_in else None
    if not text or text.isspace():
        return
    block = shaped(text, own.style, own.level, number, is_list=is_contents)
    if walk.is_above_text:
        is_set = is_title(block, element, is_centred=own.is_centred)
        walk.is_above_text = not is_text(block)
        block = replace(block, kind=PassageKind.HEADING) if is_set else block
    into.append(block)


def let_go(walk: Walk, into: list[Block]) -> None:
    """End with the words that are held; asides alone hang on the last block there is."""
    text, marks = walk.held.finished() if walk.held else ("", ())
    walk.held = None
    if into and marks and not text.strip():
        last = into[-1]
        cell = max(len(last.cells) - 1, 0)
        at = len(last.cells[-1] if last.cells else last.text)
        more = (Mark(each.kind, at, at, each.value, cell) for each in marks)
        into[-1] = replace(last, marks=(*last.marks, *more))
    elif text.strip() or marks:
        into.append(Block(PassageKind.PARAGRAPH, text, marks=marks))


def _number(own: Properties, walk: Walk) -> str | None:
    """Count the paragraph in its list; None: there is none. Empty paragraphs count, as in Word."""
    depth = own.list_depth
    if depth is None and not own.list_id:
        depth = walk.numbering.level_for_style(own.counts_in, own.style.chain)
    if depth is None:
        depth = own.style.list_depth or 0
    return walk.numbering.next_number(own.counts_in, depth)
