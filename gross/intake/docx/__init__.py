"""Word: headings, automatic numbers, tables, page edges, content controls, text boxes and notes.

No library rebuilt the automatic numbering, and most drop tracked insertions, content controls and
page headers, where policy numbers live; so the XML is read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft, Mark
from gross.intake.docx import controls, fields
from gross.intake.docx.about import comments_of, title_of, unread
from gross.intake.docx.compact import KEY, compacted, known_of
from gross.intake.docx.edges import page_edges
from gross.intake.docx.names import ALTERNATE, DIAGRAM, ID, A, R, W, chosen_of, inner, value
from gross.intake.docx.numbering import read_numbering
from gross.intake.docx.parts import Parts, open_parts
from gross.intake.docx.styles import Properties, properties_of, read_styles, without_looks
from gross.intake.docx.text import add_words, keep_deleted, plain_words
from gross.intake.docx.walk import Walk, add_text, let_go
from gross.intake.docx.words import Story, Words
from gross.intake.outline import is_page_number
from gross.intake.xml import Element

_PARAGRAPH, _PROPERTIES, _TABLE, _ROW, _CELL = (W + tag for tag in ("p", "pPr", "tbl", "tr", "tc"))
_CELL_PROPERTIES = W + "tcPr"
_MERGES = frozenset({W + "vMerge", W + "hMerge", W + "cellDel"})
_INNER = frozenset(
    W + tag for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)


def read(filename: str, content: bytes) -> Draft:
    """Read a .docx or .docm; macros are neither looked at nor run."""
    parts = open_parts(filename, content)
    document = _settled(parts, parts.main)
    body = inner(document, "body")
    if body is None:
        raise Refused(f"{filename} is damaged: it holds no Word document.")
    styles = read_styles(parts.first("styles", lighten=without_looks))
    numbering = read_numbering(parts.first("numbering"))
    story = Story(styles, styles.resolved(Properties()), comments_of(parts))
    walk = Walk(parts, styles, numbering, story)
    above, below = page_edges(parts, document)
    blocks = [*_edges(above, walk), *_story(body, parts.main, walk)]
    blocks += [*_notes(walk), *_edges(below, walk)]
    return Draft(tuple(blocks), title=title_of(parts), warnings=tuple(unread(parts)))


def _settled(parts: Parts, part: str) -> Element | None:
    """A part's tree, its content controls and its fields put in order."""
    root = parts.tree(part, lighten=compacted)
    if root is not None:
        parts.known[part] = known_of(root)
        controls.settle(root, parts)
        fields.drop_unclosed(root)
    return root


def _story(container: Iterable[Element], part: str, walk: Walk) -> list[Block]:
    """A text that counts its lists by itself: the body, a page edge, the notes."""
    styles, known = walk.styles, walk.parts.known.get(part, {})
    walk.story = replace(
        walk.story,
        relations=walk.parts.of(part),
        known={key: styles.resolved(properties_of(each)) for key, each in known.items()},
        fields=[],
        in_code=0,
        in_contents=0,
    )
    walk.numbering.start_over()
    blocks: list[Block] = []
    _add_blocks(container, walk, blocks)
    let_go(walk, blocks)
    return blocks


def _add_blocks(container: Iterable[Element], walk: Walk, into: list[Block]) -> None:
    for element in container:
        tag = element.tag
        if tag == _PARAGRAPH:
            _add_paragraph(element, walk, into)
        elif tag == _TABLE:
            _add_table(element, walk, into)
        elif tag in _INNER:
            _add_blocks(element, walk, into)
        elif tag == ALTERNATE:
            _add_blocks(chosen_of(element), walk, into)


def _add_paragraph(element: Element, walk: Walk, into: list[Block]) -> None:
    story = walk.story
    own = story.known.get(element.get(KEY), story.bare)
    if own.is_plain and walk.held is None and not story.fields:
        text = plain_words(element)
        if text is not None:
            add_text(element, text, own, walk, into)
            return
    words, walk.held = walk.held or Words(), None
    add_words(element, words, walk.story)
    own = words.own
    if own.runs_on:
        walk.held = words
        return
    walk.notes += words.notes
    text, marks = words.finished()
    add_text(element, text, own, walk, into, is_contents=words.is_contents)
    if text and not text.isspace():
        if marks:
            into[-1] = replace(into[-1], marks=marks)
    elif marks:
        walk.held = Words(marks=tuple(Mark(each.kind, 0, 0, each.value) for each in marks))
    for anchored in words.anchored:
        _add_anchored(anchored, walk, into)


def _add_anchored(anchored: Element, walk: Walk, into: list[Block]) -> None:
    """What stands beside the text follows the paragraph that it hangs on."""
    held, walk.held = walk.held, None
    if anchored.tag == DIAGRAM + "relIds":
        relation = walk.story.relations.get(anchored.get(R + "dm", ""))
        root = walk.parts.tree(relation.target) if relation else None
        for point in root.iter(DIAGRAM + "pt") if root is not None else ():
            text = "".join(each.text or "" for each in point.iter(A + "t"))
            into += [Block(PassageKind.PARAGRAPH, text)] if text.strip() else []
    else:
        _add_blocks(anchored, walk, into)
        let_go(walk, into)
    walk.held = held


def _add_table(element: Element, walk: Walk, into: list[Block]) -> None:
    if walk.held and walk.held.pieces:
        let_go(walk, into)
    walk.tables += 1
    table = walk.tables
    for row in _children(element, _ROW):
        if inner(row, "trPr", "del") is not None:
            walk.held = walk.held or Words()
            keep_deleted(row, walk.held, walk.story)
            continue
        cells = list(_children(row, _CELL))
        if len(cells) == 1:
            # A row of one cell is a frame around text, often around the whole document.
            _add_blocks(cells[0], walk, into)
        else:
            _add_row(cells, table, walk, into)


def _add_row(cells: list[Element], table: int, walk: Walk, into: list[Block]) -> None:
    nested: list[Block] = []
    marks: list[Mark] = []
    shown = tuple(_cell_text(cell, n, walk, nested, marks) for n, cell in enumerate(cells))
    if any(text.strip() for text in shown):
        into.append(Block(PassageKind.ROW, cells=shown, table=table, marks=tuple(marks)))
    into += nested


def _children(container: Element, wanted: str) -> Iterator[Element]:
    """A table's rows or a row's cells, also those inside content controls."""
    for each in container:
        if each.tag == wanted:
            yield each
        elif each.tag in _INNER:
            yield from _children(each, wanted)
        elif each.tag == ALTERNATE:
            yield from _children(chosen_of(each), wanted)


def _cell_text(cell: Element, n: int, walk: Walk, nested: list[Block], marks: list[Mark]) -> str:
    """The cell's paragraphs on one line; tables inside it follow their row."""
    is_closer = walk.is_above_text or walk.held or walk.story.fields
    plain = None if is_closer else _plain_cell(cell, walk)
    if plain is not None:
        return plain
    text = ""
    for block in _cell_blocks(cell, walk):
        if block.cells:
            nested.append(block)
            continue
        text += f" {block.shown}" if text else block.shown
        if block.marks:
            marks += (_in_cell(mark, n, len(text) - len(block.text)) for mark in block.marks)
    return text


def _plain_cell(cell: Element, walk: Walk) -> str | None:
    """The words of a cell of plain paragraphs that are in no list, as most are."""
    known, bare = walk.story.known, walk.story.bare
    shown = ""
    for each in cell:
        own = known.get(each.get(KEY), bare)
        if each.tag != _PARAGRAPH or own.counts_in or not own.is_plain:
            return None
        text = plain_words(each)
        if text is None:
            return None
        if text and not text.isspace():
            shown += f" {text}" if shown else text
    return shown


def _cell_blocks(cell: Element, walk: Walk) -> list[Block]:
    blocks: list[Block] = []
    for each in cell:
        tag = each.tag
        if tag == _PARAGRAPH:
            _add_paragraph(each, walk, blocks)
        elif tag != _CELL_PROPERTIES:
            _add_blocks((each,), walk, blocks)
        elif _is_merged(each):
            return blocks
    if walk.held and walk.held.pieces:
        let_go(walk, blocks)
    return blocks


def _in_cell(mark: Mark, n: int, at: int) -> Mark:
    return Mark(mark.kind, at + mark.start, at + mark.end, mark.value, n)


def _is_merged(properties: Element) -> bool:
    """Tell a cell that another one covers, or that was deleted."""
    return any(each.tag in _MERGES and value(each) in {"", "continue"} for each in properties)


def _edges(names: list[str], walk: Walk) -> list[Block]:
    """Page headers or footers, each different line once."""
    trees = ((name, _settled(walk.parts, name)) for name in names)
    stories = (_story(tree, name, walk) for name, tree in trees if tree is not None)
    shown = {
        block.shown: replace(block, kind=PassageKind.HEADER, level=0)
        for blocks in stories
        for block in blocks
        if not is_page_number(block.shown)
    }
    return list(shown.values())


def _notes(walk: Walk) -> Iterator[Block]:
    """Footnotes and endnotes that the text refers to, in the order of their marks."""
    for kind in ("footnote", "endnote"):
        wanted = [note_id for note_kind, note_id in walk.notes if note_kind == kind]
        part = next(iter(walk.parts.named(f"{kind}s")), "") if wanted else ""
        tree = _settled(walk.parts, part) if part else None
        found = {each.get(ID, ""): each for each in tree} if tree is not None else {}
        notes = [each for note_id in dict.fromkeys(wanted) for each in found.get(note_id, ())]
        yield from _story(notes, part, walk)
