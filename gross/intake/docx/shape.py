"""What a Word paragraph is: a title, a heading, a list item, a line of contents, or text."""

from __future__ import annotations

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block
from gross.intake.docx.names import W, inner, is_on, value
from gross.intake.docx.styles import Style
from gross.intake.outline import is_item, opens_section
from gross.intake.xml import Element

MAX_TITLE = 120  # code points; a longer paragraph is text, however it is set
MAX_HEADING = 400  # code points
TITLE_HALF_POINTS = 26  # 13 points; text is set in 10 to 12


def shaped(text: str, style: Style, own_level: int, number: str | None, *, is_list: bool) -> Block:
    """Make a paragraph a block. `is_list`: it belongs to a table of contents or an index."""
    if style.is_contents or is_list:
        return Block(PassageKind.HEADER, text, number=number or "")
    if style.is_title:
        return Block(PassageKind.HEADING, text, level=0, number=number or "")
    level = own_level or style.heading
    if level and len(text) <= MAX_HEADING:
        return Block(PassageKind.HEADING, text, level=level, number=number or "")
    kind = PassageKind.PARAGRAPH if number is None else PassageKind.ITEM
    return Block(kind, text, number=number or "")


def is_title(block: Block, paragraph: Element, *, is_centred: bool) -> bool:
    """Tell bold words that are centred or larger than text, as titles without a style are."""
    line = block.text
    is_line = block.kind is PassageKind.PARAGRAPH and len(line) <= MAX_TITLE and ":" not in line
    if not is_line or opens_section(line) or is_item(line):
        return False
    runs = [run for run in paragraph.iter(W + "r") if _has_words(run)]
    bold = [is_on(inner(run, "rPr", "b")) for run in runs]
    sizes = [value(inner(run, "rPr", "sz")) for run in runs]
    is_large = any(size.isdecimal() and int(size) >= TITLE_HALF_POINTS for size in sizes)
    return bool(bold) and all(bold) and (is_large or is_centred)


def is_text(block: Block) -> bool:
    """Below the first heading or the first long paragraph nothing is the title any more."""
    return block.level > 0 or len(block.text) > MAX_TITLE


def _has_words(run: Element) -> bool:
    return any((each.text or "").strip() for each in run.iterchildren(W + "t"))
