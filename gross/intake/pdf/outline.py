"""A PDF's bookmarks: which lines they name, and how deep these stand as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import pypdfium2

from gross.intake.pdf.lines import Line

MAX_BOOKMARKS = 5000
MAX_DEPTH = 6
MAX_LINES = 3  # of one heading

_BESIDE_WORDS = re.compile(r"[\W_]+")

Outline = dict[int, list[tuple[str, int]]]  # by page from 0: what a bookmark says, and its level


def outline_of(document: pypdfium2.PdfDocument) -> Outline:
    outline: Outline = {}
    for bookmark in islice(_bookmarks(document), MAX_BOOKMARKS):
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        said = _bare(bookmark.get_title() or "")
        if page is not None and said:
            outline.setdefault(page, []).append((said, bookmark.level + 1))
    return outline


def _bookmarks(document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfBookmark]:
    try:
        yield from document.get_toc(max_depth=MAX_DEPTH)
    except (pypdfium2.PdfiumError, ValueError):
        return  # a broken outline takes nothing from the text


def with_levels(lines: list[Line], named: list[tuple[str, int]]) -> list[Line]:
    """The lines of one page, those that a bookmark names with its level."""
    bare = [_bare(line.text) if not line.cells else "" for line in lines]
    lines = list(lines)
    for said, level in named:
        for n in _place(bare, said):
            lines[n] = lines[n]._replace(level=level)
    return lines


def _place(bare: list[str], said: str) -> range:
    """The lines, one after another, that say just this."""
    for start, words in enumerate(bare):
        joined, end = words, start + 1
        while words and joined != said and said.startswith(joined) and end - start < MAX_LINES:
            if end == len(bare):
                break
            joined, end = joined + bare[end], end + 1
        if words and joined == said:
            return range(start, end)
    return range(0)


def _bare(words: str) -> str:
    return _BESIDE_WORDS.sub("", words).casefold()
