"""Running headers and footers of a PDF: told from the body, kept once, page numbers dropped."""

from __future__ import annotations

import re
from collections import Counter

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block
from gross.intake.outline import is_page_number
from gross.intake.pdf.lines import Line

EDGE_LINES = 5  # so many lines at the top and the bottom of a page may be a running edge
EDGE_SHARE = 0.6  # of the pages must carry a line before it counts as running
TWO_SIDED = 0.4  # of many pages: left and right pages often carry different edges
MANY_PAGES = 6

_DIGITS = re.compile(r"\d+")
_COUNTS_PAGES = re.compile(r"\b(?:page\s*)?1\s*(?:/|of)\s*1$", re.IGNORECASE)
_ROMAN = re.compile(r"[\s–—-]*[ivxl]{1,7}[\s–—-]*")

Pages = list[list[Line]]


def parted(pages: Pages, labels: list[str]) -> tuple[Pages, list[Block]]:
    """The pages without their running edges, and the edges, each once as it first stands.

    `labels` are the pages' own numbers; an edge that says just that, or counts in roman figures,
    is a page number.
    """
    edges = [_at_edge(page) for page in pages]
    keys = [{id(line): _key(line) for line in edge} for edge in edges]
    running = _running(pages, edges, keys)
    body: Pages = []
    blocks: dict[str, Block] = {}
    for n, (page, edge, key) in enumerate(zip(pages, edges, keys, strict=True), 1):
        gone = {id(line) for line in edge if key[id(line)] in running} - _kept_rows(
            page, key, running
        )
        numbers = {id(line) for line in edge[:1] + edge[-1:] if _is_number(line, n, labels[n - 1])}
        body.append([line for line in page if id(line) not in gone | numbers])
        for line in edge:
            if id(line) in gone - numbers and not is_page_number(line.text):
                blocks.setdefault(
                    key[id(line)], Block(PassageKind.HEADER, line.text, cells=line.cells)
                )
    return body, list(blocks.values())


def _kept_rows(page: list[Line], key: dict[int, str], running: frozenset[str]) -> set[int]:
    """The rows of tables that are not running as a whole: a table's head is said on each page."""
    kept = {line.table for line in page if line.cells and key.get(id(line)) not in running}
    return {id(line) for line in page if line.table in kept}


def _running(pages: Pages, edges: Pages, keys: list[dict[int, str]]) -> frozenset[str]:
    """The keys of lines that stand at the edge of most pages, or count the only one."""
    filled = [n for n, page in enumerate(pages) if page]
    if len(filled) < 2:
        ends = (line for n in filled for line in (pages[n][0], pages[n][-1]))
        return frozenset(_key(line) for line in ends if _COUNTS_PAGES.search(line.text))
    counts = Counter(key for n in filled for key in set(keys[n].values()))
    least = max(2, (EDGE_SHARE if len(filled) < MANY_PAGES else TWO_SIDED) * len(filled))
    return frozenset(key for key, count in counts.items() if count >= least)


def _at_edge(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.top)
    if len(page) <= 2 * EDGE_LINES:
        return by_height
    return by_height[:EDGE_LINES] + by_height[-EDGE_LINES:]


def _key(line: Line) -> str:
    """Page numbers differ from page to page; all else of a running line is the same."""
    return _DIGITS.sub("#", line.text.lower())


def _is_number(line: Line, number: int, label: str) -> bool:
    return bool(line.text in {label, str(number)} or _ROMAN.fullmatch(line.text))
