"""OpenDocument text: headings by outline level, lists with their numbers, tables, page edges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.archive import Entry, entries
from gross.intake.blocks import Block, Draft
from gross.intake.odt_numbering import Counters, read_styles
from gross.intake.outline import is_page_number
from gross.intake.xml import Element, attribute, child, name, parse

_DROPPED = re.compile(
    r"tracked-changes|annotation|annotation-end|sequence-decls|forms|variable-decls|user-"
    r"field-decls|table-of-content|alphabetical-index|bibliography|illustration-index|table-index"
    r"|object-index|user-index|note-citation|script|hidden-text|hidden-paragraph|ruby-text"
)
_SPACE = frozenset({"s", "tab", "line-break"})
_FLOATING = frozenset({"frame", "text-box", "custom-shape", "note", "note-body", "rect", "shape"})
_EDGES = ("header", "header-first", "header-left", "footer", "footer-first", "footer-left")
_MAX_REPEATED = 50  # a row may say that its last, empty cell comes a thousand times


@dataclass(slots=True)
class _List:
    """The list that is being read. `item` is what the next paragraph begins, and none after it."""

    style: str
    counts: list[int]
    depth: int
    item: Element | None = None


@dataclass(slots=True)
class _Walk:
    counters: Counters
    tables: int = 0
    lists: list[_List] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)


def read(filename: str, content: bytes) -> Draft:
    """Read an .odt.

    Raises:
        Refused: the archive is unsafe, damaged, or protected by a password.
    """
    found = {entry.name: entry for entry in entries(content, filename)}
    manifest = found.get("META-INF/manifest.xml")
    if manifest and b"encryption-data" in manifest.open():
        raise Refused(f"{filename} is protected by a password; save it without one.")
    body = child(_tree(filename, found, "content.xml"), "body", "text")
    if body is None:
        raise Refused(f"{filename} is damaged: it holds no OpenDocument text.")
    styles = _tree(filename, found, "styles.xml")
    walk = _Walk(Counters(read_styles(styles, body.getroottree().getroot())))
    blocks = [*_edges(styles, "header", walk), *_blocks(body, walk)]
    blocks += [block for note in walk.notes for block in _blocks(note, walk)]
    blocks += _edges(styles, "footer", walk)
    title = child(_tree(filename, found, "meta.xml"), "meta", "title")
    remarks = sum(name(each) == "annotation" for each in body.iter())
    told = f"{filename} has remarks in its margin ({remarks:,}), which are not part of its text."
    return Draft(
        tuple(blocks),
        title=(title.text or "") if title is not None else "",
        warnings=(told,) if remarks else (),
    )


def _tree(filename: str, found: dict[str, Entry], part: str) -> Element | None:
    entry = found.get(part)
    return parse(filename, entry.open()) if entry else None


def _blocks(container: Iterable[Element], walk: _Walk) -> Iterator[Block]:
    for element in container:
        tag = name(element)
        if _DROPPED.fullmatch(tag) or attribute(element, "display") == "none":
            continue
        if tag in {"h", "p"}:
            yield from _paragraph(element, walk)
        elif tag == "table":
            yield from _table(element, walk)
        elif tag == "list":
            yield from _listed(element, walk)
        else:
            yield from _blocks(element, walk)


def _listed(element: Element, walk: _Walk) -> Iterator[Block]:
    """The items of a list; an item's first paragraph shows its number."""
    outer = walk.lists[-1] if walk.lists else None
    style = attribute(element, "style-name") or (outer.style if outer else "")
    counts = outer.counts if outer else walk.counters.opened(element, style)
    if outer and style != outer.style:
        counts = list(outer.counts)  # a list of another look counts by itself
    here = _List(style, counts, outer.depth + 1 if outer else 1)
    walk.lists.append(here)
    for item in element:
        here.item = item if name(item) == "list-item" else None
        yield from _blocks(item, walk)
    walk.lists.pop()


def _paragraph(element: Element, walk: _Walk) -> Iterator[Block]:
    pieces: list[str] = []
    floating: list[Element] = []
    _gather(element, pieces, floating)
    text = "".join(pieces)
    is_heading = name(element) == "h"
    number = _number(element, walk) if text.strip() else ""
    if text.strip() and is_heading:
        yield Block(PassageKind.HEADING, text, level=_level(element), number=number)
    elif text.strip() and _is_title(attribute(element, "style-name"), walk):
        yield Block(PassageKind.HEADING, text, number=number)
    elif text.strip():
        kind = PassageKind.ITEM if walk.lists else PassageKind.PARAGRAPH
        yield Block(kind, text, number=number)
    walk.notes += [each for each in floating if name(each) == "note"]
    lists, walk.lists = walk.lists, []  # what floats beside a list is not in it
    for each in floating:
        if name(each) != "note":
            yield from _blocks(each, walk)
    walk.lists = lists


def _number(element: Element, walk: _Walk) -> str:
    if walk.lists:
        here = walk.lists[-1]
        item, here.item = here.item, None
        if item is None:
            return ""
        start = attribute(item, "start-value")
        return walk.counters.number(here.style, here.counts, here.depth, start)
    is_counted = name(element) == "h" and attribute(element, "is-list-header") != "true"
    return walk.counters.heading(_level(element)) if is_counted else ""


def _level(element: Element) -> int:
    level = attribute(element, "outline-level")
    return int(level) if level in set("123456789") else 1


def _is_title(style: str, walk: _Walk) -> bool:
    """The style or one that it was made from is the title's."""
    for _ in range(5):
        if style == "Title":
            return True
        style = walk.counters.styles.parents.get(style, "")
    return False


def _gather(element: Element, pieces: list[str], floating: list[Element]) -> None:
    """Words in order; what is anchored in them (frames, notes) is kept aside."""
    pieces.append(element.text or "")
    for each in element:
        tag = name(each)
        if tag in _SPACE:
            pieces.append(" ")
        elif tag in _FLOATING:
            floating.append(each)
        elif not _DROPPED.fullmatch(tag):
            _gather(each, pieces, floating)
        pieces.append(each.tail or "")


def _table(element: Element, walk: _Walk) -> Iterator[Block]:
    walk.tables += 1
    table = walk.tables
    for row in _rows(element):
        cells = list(_cells(row))
        if len(cells) == 1:
            yield from _blocks(cells[0], walk)
            continue
        nested: list[Block] = []
        shown = tuple(_cell_text(cell, walk, nested) for cell in cells)
        if any(text.strip() for text in shown):
            yield Block(PassageKind.ROW, cells=shown, table=table)
        yield from nested


def _rows(container: Element) -> Iterator[Element]:
    for each in container:
        if name(each) == "table-row":
            yield each
        elif name(each) in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(each)


def _cells(row: Element) -> Iterator[Element]:
    """Cells in their columns: one that a merged cell covers is empty, and stands for its place."""
    for cell in row:
        if name(cell) in {"table-cell", "covered-table-cell"}:
            said = attribute(cell, "number-columns-repeated")
            times = int(said) if said.isdecimal() and len(said) < 6 else 1
            has_words = any(text.strip() for text in cell.itertext())
            for _ in range(min(times, _MAX_REPEATED) if has_words or times < _MAX_REPEATED else 1):
                yield cell


def _cell_text(cell: Element, walk: _Walk, nested: list[Block]) -> str:
    if name(cell) == "covered-table-cell":
        return ""
    lists, walk.lists = walk.lists, []
    blocks = list(_blocks(cell, walk))
    walk.lists = lists
    nested += [block for block in blocks if block.cells]
    return " ".join(block.shown for block in blocks if not block.cells)


def _edges(styles: Element | None, kind: str, walk: _Walk) -> list[Block]:
    """Page headers or footers of all page styles, each different line once."""
    wanted = {each for each in _EDGES if each.startswith(kind)}
    edges = [] if styles is None else [each for each in styles.iter() if name(each) in wanted]
    blocks = [block for edge in edges for block in _blocks(edge, walk)]
    shown = {
        block.shown: Block(PassageKind.HEADER, block.text, cells=block.cells)
        for block in blocks
        if not is_page_number(block.shown)
    }
    return list(shown.values())
