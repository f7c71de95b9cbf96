"""Word: headings, automatic numbers, tables, page edges, content controls, text boxes and notes.

No library rebuilt the automatic numbering, and most drop tracked insertions, content controls and
page headers, where policy numbers live; so the XML is read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.docx_numbering import Numbering, read_numbering
from gross.intake.docx_parts import Parts, open_parts
from gross.intake.docx_styles import Style, list_of, outline_level, read_styles
from gross.intake.docx_text import Words, is_set_as_title, words_of
from gross.intake.outline import is_item, is_page_number, opens_section
from gross.intake.xml import Element, attribute, child, name

MAX_TITLE = 120  # code points; a longer paragraph is text, however it is set
_INNER = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)


@dataclass(slots=True)
class _Walk:
    """What is carried along while the document is walked in reading order."""

    styles: dict[str, Style]
    default_style: str
    numbering: Numbering
    tables: int = 0
    is_above_text: bool = True
    notes: list[tuple[str, str]] = field(default_factory=list)


def read(filename: str, content: bytes) -> Draft:
    """Read a .docx or .docm; macros are neither looked at nor run."""
    parts = open_parts(filename, content)
    document = parts.tree(parts.main)
    body = child(document, "body")
    if body is None:
        raise Refused(f"{filename} is damaged: it holds no Word document.")
    styles, default = read_styles(parts.first("styles"))
    walk = _Walk(styles, default, read_numbering(parts.first("numbering")))
    blocks = [*_edges(parts, "header", walk), *_blocks(body, walk)]
    blocks += [*_notes(parts, walk), *_edges(parts, "footer", walk)]
    return Draft(tuple(blocks), title=_title(parts))


def _title(parts: Parts) -> str:
    """What the file's properties call it."""
    title = child(parts.tree(parts.properties), "title") if parts.properties else None
    return (title.text or "") if title is not None else ""


def _blocks(container: Iterable[Element], walk: _Walk) -> Iterator[Block]:
    for element in container:
        tag = name(element)
        if tag == "p":
            yield from _paragraph(element, walk)
        elif tag == "tbl":
            yield from _table(element, walk)
        elif tag in _INNER:
            yield from _blocks(element, walk)


def _paragraph(element: Element, walk: _Walk) -> Iterator[Block]:
    words = words_of(element)
    properties = child(element, "pPr")
    style_id = attribute(child(properties, "pStyle"), "val") or walk.default_style
    style = walk.styles.get(style_id, Style())
    number = _number(properties, style_id, style, walk, is_blank=not words.text.strip())
    walk.notes += words.notes
    if words.text.strip():
        block = _shaped(words, style, outline_level(properties), number)
        is_title = walk.is_above_text and _is_title(block) and is_set_as_title(element)
        walk.is_above_text &= not _is_text(block)
        yield Block(PassageKind.HEADING, block.text) if is_title else block
    for box in words.boxes:
        yield from _blocks(box, walk)


def _is_title(block: Block) -> bool:
    line = block.text
    is_line = block.kind is PassageKind.PARAGRAPH and len(line) <= MAX_TITLE and ":" not in line
    return is_line and not opens_section(line) and not is_item(line)


def _is_text(block: Block) -> bool:
    return block.level > 0 or len(block.text) > MAX_TITLE


def _shaped(words: Words, style: Style, own_level: int, number: str | None) -> Block:
    if style.is_contents:
        return Block(PassageKind.HEADER, words.text)
    if style.is_title:
        return Block(PassageKind.HEADING, words.text, level=0, number=number or "")
    level = own_level or style.heading
    if level and len(words.text) <= 400:
        return Block(PassageKind.HEADING, words.text, level=level, number=number or "")
    kind = PassageKind.PARAGRAPH if number is None else PassageKind.ITEM
    return Block(kind, words.text, number=number or "")


def _number(
    properties: Element | None, style_id: str, style: Style, walk: _Walk, *, is_blank: bool
) -> str | None:
    """Count the paragraph in its list; None when it is in none. Empty ones count, as in Word."""
    own_list, own_depth = list_of(properties)
    list_id = own_list or style.list_id
    if not list_id or list_id == "0":
        return None
    depth = own_depth
    if depth is None and not own_list:
        depth = walk.numbering.level_for_style(list_id, style_id)
    if depth is None:
        depth = style.list_depth or 0
    if is_blank and child(properties, "rPr", "del") is not None:
        return None
    return walk.numbering.next_number(list_id, depth)


def _table(element: Element, walk: _Walk) -> Iterator[Block]:
    walk.tables += 1
    table = walk.tables
    for row in _rows(element):
        cells = list(_cells(row))
        if len(cells) == 1:
            # A row of one cell is a frame around text, often around the whole document.
            yield from _blocks(cells[0], walk)
            continue
        nested: list[Block] = []
        shown = tuple(_cell_text(cell, walk, nested) for cell in cells)
        if any(text.strip() for text in shown):
            yield Block(PassageKind.ROW, cells=shown, table=table)
        yield from nested


def _rows(container: Element) -> Iterator[Element]:
    for each in container:
        tag = name(each)
        if tag == "tr" and child(each, "trPr", "del") is None:
            yield each
        elif tag in _INNER:
            yield from _rows(each)


def _cells(row: Element) -> Iterator[Element]:
    for each in row:
        tag = name(each)
        if tag == "tc":
            yield each
        elif tag in _INNER:
            yield from _cells(each)


def _cell_text(cell: Element, walk: _Walk, nested: list[Block]) -> str:
    """The cell's paragraphs on one line; tables inside it follow their row."""
    merge = child(cell, "tcPr", "vMerge")
    if merge is not None and attribute(merge, "val") in {"", "continue"}:
        return ""
    blocks = list(_blocks(cell, walk))
    nested += [block for block in blocks if block.cells]
    return " ".join(block.shown for block in blocks if not block.cells)


def _edges(parts: Parts, kind: str, walk: _Walk) -> list[Block]:
    """Page headers or footers, each different line once."""
    blocks = [block for tree in parts.each(kind) for block in _blocks(tree, walk)]
    shown = {
        block.shown: Block(PassageKind.HEADER, block.text, cells=block.cells)
        for block in blocks
        if not is_page_number(block.shown)
    }
    return list(shown.values())


def _notes(parts: Parts, walk: _Walk) -> Iterator[Block]:
    """Footnotes and endnotes that the text refers to, in the order of their marks."""
    for kind in ("footnote", "endnote"):
        wanted = [note_id for note_kind, note_id in walk.notes if note_kind == kind]
        tree = parts.first(f"{kind}s") if wanted else None
        found = {attribute(each, "id"): each for each in tree} if tree is not None else {}
        for note_id in dict.fromkeys(wanted):
            yield from _blocks(found.get(note_id, ()), walk)
