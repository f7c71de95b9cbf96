"""Markdown: the file's own text, with passages from the line maps of its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.clean import clean_in_place
from gross.intake.decode import decode
from gross.intake.front_matter import split_front_matter

_MARKERS = re.compile(r"(?:\s|>|#{1,6}(?=\s)|[-*+](?=\s)|\d{1,9}[.)](?=\s))*")
_HEADING_MARKS = re.compile(r"(?:\s|>|[-*+](?=\s))*#{0,6}\s*")  # "## 1. Purpose" keeps its number
_QUIET = frozenset({"fence", "code_block", "html_block"})
_COMMENT = re.compile(r"\A\s*<!--.*-->\s*\Z", re.DOTALL)


def read(filename: str, content: bytes) -> Draft:
    text, warnings = decode(filename, content)
    text = clean_in_place(text)
    matter_lines, pairs = split_front_matter(text)
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    blocks = tuple(_blocks(text, starts, matter_lines))
    title = next((value for name, value in pairs if name.lower() == "title"), "")
    return Draft(blocks, text=text, title=title, pairs=pairs, warnings=warnings)


def _blocks(text: str, starts: list[int], matter_lines: int) -> Iterator[Block]:
    if matter_lines:
        yield Block(PassageKind.HEADER, span=(0, starts[matter_lines] - 1))
    body = text[starts[matter_lines] :] if matter_lines < len(starts) else ""
    # Lists and tables matter, inline markup does not: the passages are the file's own text.
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").disable("inline")
    items, tables, at = 0, 0, 0
    tokens = parser.parse(body)
    for before, token in zip([None, *tokens], tokens, strict=False):
        items += (token.type == "list_item_open") - (token.type == "list_item_close")
        tables += token.type == "table_open"
        if token.map is None or not _is_leaf(token):
            continue
        span = starts[matter_lines + token.map[0]], starts[matter_lines + token.map[1]] - 1
        if span[0] >= at:
            at = span[1]
            yield from _block(
                text, span, token, before, tables if items == 0 else 0, in_item=items > 0
            )


def _is_leaf(token: Token) -> bool:
    return token.type in {"inline", "tr_open"} or token.type in _QUIET


def _block(
    text: str,
    span: tuple[int, int],
    token: Token,
    before: Token | None,
    table: int,
    *,
    in_item: bool,
) -> Iterator[Block]:
    start = span[0]
    if token.type not in _QUIET:
        is_heading = before is not None and before.type == "heading_open"
        marker = (_HEADING_MARKS if is_heading else _MARKERS).match(text, start, span[1])
        start = marker.end() if marker else start
    piece = text[start : span[1]].strip()
    if not piece or (token.type == "html_block" and _COMMENT.match(piece)):
        return
    if token.type == "tr_open":
        cells = tuple(cell.strip() for cell in piece.strip("|").split("|"))
        yield Block(PassageKind.ROW, cells=cells, table=table, span=(start, span[1]))
    elif before is not None and before.type == "heading_open":
        yield Block(
            PassageKind.HEADING,
            _plain(token.content),
            level=int(before.tag[1]),
            span=(start, span[1]),
        )
    else:
        kind = PassageKind.ITEM if in_item else PassageKind.PARAGRAPH
        yield Block(kind, _plain(piece), span=(start, span[1]))


def _plain(markup: str) -> str:
    """The words of a heading or line without its links, emphasis and closing marks."""
    words = re.sub(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,300}\)", r"\1", markup)
    return re.sub(r"(\*\*|__|`|\s#+\s*$|\s*\{#[^}]*\}$)", "", words).strip()
