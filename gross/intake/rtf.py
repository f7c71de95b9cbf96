"""RTF: headings by their styles, lists with the numbers they show, tables, page edges and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.outline import heading_level, is_item, is_page_number
from gross.intake.rtf_words import Word, words

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CHANGES = frozenset({"pard", "intbl", "s", "outlinelevel", "ls", "ilvl"})


@dataclass(slots=True)
class _Paragraph:
    """What the open paragraph is said to be. `level` 0 is none."""

    pieces: list[str] = field(default_factory=list)
    number: str = ""
    style: int = 0
    level: int = 0
    is_in_table: bool = False
    is_in_list: bool = False


@dataclass(slots=True)
class _Page:
    blocks: list[Block] = field(default_factory=list)
    edges: list[Block] = field(default_factory=list)
    beside: dict[int, list[str]] = field(default_factory=dict)  # notes and boxes, by group
    styles: dict[int, int] = field(default_factory=dict)  # style to heading level; 0: the title
    title: list[str] = field(default_factory=list)
    open: _Paragraph = field(default_factory=_Paragraph)
    cells: list[str] = field(default_factory=list)
    tables: int = 1
    edge: list[str] = field(default_factory=list)
    style: int = 0  # the one that the style sheet is telling
    style_name: list[str] = field(default_factory=list)


def read(filename: str, content: bytes) -> Draft:
    """Read RTF; deleted and hidden text is left out, inserted text is text.

    Raises:
        Refused: the content does not begin as RTF does, or its groups have no end.
    """
    if not content.lstrip().startswith(b"{\\rtf"):
        raise Refused(f"{filename} is damaged: it does not begin as RTF does.")
    page = _Page()
    try:
        for word in words(content):
            _take(page, word)
    except ValueError as error:
        raise Refused(f"{filename} is damaged: its RTF cannot be understood.") from error
    _end_paragraph(page)
    _end_row(page)
    _end_edge(page)
    beside = [Block(PassageKind.PARAGRAPH, "".join(each)) for each in page.beside.values()]
    edges = {block.text: block for block in page.edges if not is_page_number(block.text)}
    blocks = (*edges.values(), *page.blocks, *(block for block in beside if block.text.strip()))
    return Draft(blocks, title="".join(page.title).strip())


def _take(page: _Page, word: Word) -> None:
    if word.story == "styles":
        _style(page, word)
    elif word.story == "title":
        page.title.append(word.text)
    elif word.story == "edge":
        _edge(page, word)
    elif word.story == "number":
        page.open.number += word.text.replace("\t", " ")
    elif word.story in {"note", "box"}:
        page.beside.setdefault(word.group, []).append(
            word.text or (" " if word.name == "par" else "")
        )
    elif word.text:
        page.open.pieces.append(word.text)
    else:
        _control(page, word)


def _control(page: _Page, word: Word) -> None:
    name, value, open_ = word.name, word.value or 0, page.open
    if name in {"par", "sect", "page"}:
        _end_paragraph(page)
    elif name in {"cell", "nestcell"}:
        page.cells.append(_words(open_))
        page.open = _Paragraph(is_in_table=True)
    elif name in {"row", "nestrow"}:
        _end_row(page)
    elif name in _CHANGES:
        _change(open_, name, value)


def _change(open_: _Paragraph, name: str, value: int) -> None:
    if name == "pard":
        open_.style, open_.level = 0, 0
        open_.is_in_table = open_.is_in_list = False
    elif name == "intbl":
        open_.is_in_table = True
    elif name == "s":
        open_.style = value
    elif name == "outlinelevel":
        open_.level = value + 1 if 0 <= value < 9 else 0
    elif name == "ls":
        open_.is_in_list = value > 0


def _words(open_: _Paragraph) -> str:
    text = " ".join("".join(open_.pieces).split())
    number = " ".join(open_.number.split())
    return f"{number} {text}".strip() if text else ""


def _end_paragraph(page: _Page) -> None:
    """A paragraph's settings go on to the next, its words and number do not."""
    open_ = page.open
    page.open = _Paragraph(
        style=open_.style,
        level=open_.level,
        is_in_table=open_.is_in_table,
        is_in_list=open_.is_in_list,
    )
    if open_.is_in_table:
        page.open.pieces, page.open.number = [*open_.pieces, " "], open_.number
        return
    if page.cells:
        _end_row(page)
    text, number = " ".join("".join(open_.pieces).split()), " ".join(open_.number.split())
    if text:
        page.tables += bool(page.blocks) and page.blocks[-1].kind is PassageKind.ROW
        page.blocks.append(_block(page, open_, text, number))


def _block(page: _Page, open_: _Paragraph, text: str, number: str) -> Block:
    said = page.styles.get(open_.style)
    if said == 0:
        return Block(PassageKind.HEADING, text, level=0)
    level = open_.level or said or 0
    if level and len(text) <= 400:
        return Block(PassageKind.HEADING, text, level=level, number=number)
    looks = 0 if number or any(page.styles.values()) else heading_level(text)
    if looks:
        return Block(PassageKind.HEADING, text, level=looks)
    is_listed = bool(number) or open_.is_in_list or is_item(text)
    return Block(PassageKind.ITEM if is_listed else PassageKind.PARAGRAPH, text, number=number)


def _end_row(page: _Page) -> None:
    cells, page.cells = page.cells, []
    if len(cells) == 1 and cells[0]:
        page.blocks.append(Block(PassageKind.PARAGRAPH, cells[0]))
    elif any(cells):
        page.blocks.append(Block(PassageKind.ROW, cells=tuple(cells), table=page.tables))


def _edge(page: _Page, word: Word) -> None:
    if word.text:
        page.edge.append(word.text)
    elif word.name in {"par", "cell", "row", "pard"}:
        _end_edge(page)


def _end_edge(page: _Page) -> None:
    text = " ".join("".join(page.edge).split())
    page.edge.clear()
    if text:
        page.edges.append(Block(PassageKind.HEADER, text))


def _style(page: _Page, word: Word) -> None:
    """ "{\\s1 ... heading 1;}": the number comes before the name, the name ends in a semicolon."""
    if word.name == "s":
        page.style = word.value or 0
        page.style_name.clear()
    elif word.text:
        page.style_name.append(word.text)
        name = "".join(page.style_name).strip()
        if name.endswith(";"):
            _named(page, name.rstrip(";").strip())
            page.style_name.clear()
            page.style = 0


def _named(page: _Page, name: str) -> None:
    heading = _HEADING.fullmatch(name)
    if heading:
        page.styles[page.style] = int(heading[1])
    elif name.casefold() == "title":
        page.styles[page.style] = 0
