"""OpenDocument text: headings by their outline level, lists, tables and page edges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.archive import Entry, entries
from gross.intake.blocks import Block, Draft
from gross.intake.outline import is_page_number
from gross.intake.xml import Element, attribute, child, name, parse

_DROPPED = re.compile(
    r"tracked-changes|annotation|annotation-end|sequence-decls|forms|variable-decls|user-"
    r"field-decls|table-of-content|alphabetical-index|bibliography|note-citation|script"
)
_SPACE = frozenset({"s", "tab", "line-break"})
_FLOATING = frozenset({"frame", "text-box", "custom-shape", "note", "note-body"})


@dataclass(slots=True)
class _Walk:
    tables: int = 0


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
    walk = _Walk()
    styles = _tree(filename, found, "styles.xml")
    blocks = [
        *_edges(styles, "header", walk),
        *_blocks(body, walk),
        *_edges(styles, "footer", walk),
    ]
    title = child(_tree(filename, found, "meta.xml"), "meta", "title")
    return Draft(tuple(blocks), title=(title.text or "") if title is not None else "")


def _tree(filename: str, found: dict[str, Entry], part: str) -> Element | None:
    entry = found.get(part)
    return parse(filename, entry.open()) if entry else None


def _blocks(container: Iterable[Element], walk: _Walk, *, in_list: bool = False) -> Iterator[Block]:
    for element in container:
        tag = name(element)
        if _DROPPED.fullmatch(tag):
            continue
        if tag in {"h", "p"}:
            yield from _paragraph(element, walk, in_list=in_list)
        elif tag == "table":
            yield from _table(element, walk)
        else:
            inside = in_list or tag in {"list-item", "list-header"}
            yield from _blocks(element, walk, in_list=inside)


def _paragraph(element: Element, walk: _Walk, *, in_list: bool) -> Iterator[Block]:
    pieces: list[str] = []
    floating: list[Element] = []
    _gather(element, pieces, floating)
    text = "".join(pieces)
    if text.strip() and name(element) == "h":
        level = attribute(element, "outline-level")
        yield Block(PassageKind.HEADING, text, level=int(level) if level in set("123456789") else 1)
    elif text.strip():
        is_title = attribute(element, "style-name") == "Title"
        kind = PassageKind.ITEM if in_list else PassageKind.PARAGRAPH
        yield Block(PassageKind.HEADING if is_title else kind, text)
    for each in floating:
        yield from _blocks(each, walk)


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
        cells = [cell for cell in row if name(cell) == "table-cell"]
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


def _cell_text(cell: Element, walk: _Walk, nested: list[Block]) -> str:
    blocks = list(_blocks(cell, walk))
    nested += [block for block in blocks if block.cells]
    return " ".join(block.shown for block in blocks if not block.cells)


def _edges(styles: Element | None, kind: str, walk: _Walk) -> list[Block]:
    """Page headers or footers of all page styles, each different line once."""
    edges = [] if styles is None else [each for each in styles.iter() if name(each) == kind]
    blocks = [block for edge in edges for block in _blocks(edge, walk)]
    shown = {
        block.shown: Block(PassageKind.HEADER, block.text, cells=block.cells)
        for block in blocks
        if not is_page_number(block.shown)
    }
    return list(shown.values())
