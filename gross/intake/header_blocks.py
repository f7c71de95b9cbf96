"""Where a document's header data stands: labelled lines, header tables and page edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.labels import Labelled, label_of, labelled
from gross.intake.outline import opens_section

TOP_BLOCKS = 60
END_BLOCKS = 15
MAX_LINE = 400  # code points; a longer paragraph is prose, whatever it begins with
MAX_NAME = 120  # code points of a policy's title in a table
MAX_VERTICAL_ROWS = 3  # a longer table under labels lists other policies

# At a document's end stand signatures and dates; a number there is another policy's.
_END_FIELDS = re.compile(
    r"owner|approved_by|reviewed_by|originated|effective|issued|last_reviewed|last_revised|approved"
    r"|next_review|expires|review_date"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A labelled value and the block that holds it; block -1 is front matter."""

    block: int
    label: Labelled


def find_labels(draft: Draft) -> tuple[tuple[Found, ...], frozenset[int]]:
    """Give the labelled values in order of trust, and the blocks that are header data."""
    found = [
        Found(-1, Labelled(label_of(name), value)) for name, value in draft.pairs if label_of(name)
    ]
    blocks = draft.blocks
    edges = {n for n, block in enumerate(blocks) if block.kind is PassageKind.HEADER}
    top = top_of(blocks)
    for n in range(top):
        found += [Found(n, label) for label in _labels_at(blocks, n)]
    end = range(max(top, len(blocks) - END_BLOCKS), len(blocks))
    for n in end:
        found += [
            Found(n, label) for label in _labels_at(blocks, n) if _END_FIELDS.fullmatch(label.field)
        ]
    found += [
        Found(n, label) for n in sorted(edges) for label in labelled(blocks[n].shown[:MAX_LINE])
    ]
    holders = edges | {each.block for each in found if each.block >= 0}
    return tuple(found), frozenset(holders | _whole_tables(blocks, holders, (*range(top), *end)))


def top_of(blocks: tuple[Block, ...]) -> int:
    """The number of blocks above the body."""
    for n, block in enumerate(blocks[:TOP_BLOCKS]):
        if block.kind is PassageKind.HEADER:
            continue
        is_prose = block.kind is PassageKind.PARAGRAPH and len(block.text) > MAX_LINE
        if is_prose or (not block.cells and opens_section(block.shown)):
            return n
    return min(len(blocks), TOP_BLOCKS)


def _labels_at(blocks: tuple[Block, ...], n: int) -> Iterator[Labelled]:
    block = blocks[n]
    if block.kind is PassageKind.HEADER:
        return
    if block.kind is PassageKind.ROW:
        yield from _row_labels(blocks, n)
    elif len(block.shown) <= MAX_LINE:
        for line in block.shown.split("\n"):
            yield from _line_labels(line)


def _line_labels(line: str) -> tuple[Labelled, ...]:
    found = labelled(line)
    if not found:
        return ()
    at_start = found[0].start <= len(line) - len(line.lstrip(" *_#>|-"))
    is_prose = len(line) > 160 or line.rstrip().endswith(".")
    tells_much = not is_prose and any(any(c.isdigit() for c in label.value) for label in found)
    return found if at_start or tells_much else ()


def _row_labels(blocks: tuple[Block, ...], n: int) -> Iterator[Labelled]:
    cells = blocks[n].cells
    names = [label_of(cell) for cell in cells]
    filled = [cell for cell in cells if cell]
    if (
        sum(map(bool, names)) >= 2
        and 2 * sum(map(bool, names)) >= len(filled)
        and _has_neighbours(names)
    ):
        yield from _columns(blocks, n, names)
        return
    if len(filled) > 3 and sum(map(bool, names)) == 1 and not any(map(labelled, cells)):
        return  # one label among many cells heads a column of some other table
    skip = False
    for k, cell in enumerate(cells):
        after = cells[k + 1] if k + 1 < len(cells) else ""
        if skip:
            skip = False
        elif names[k]:
            skip = not labelled(after) and not label_of(after)
            if names[k] == "policy" and not _names_policy(after):
                continue
            yield Labelled(names[k], after if skip else "")
        else:
            yield from _cell_labels(cell, after)


def _names_policy(value: str) -> bool:
    """Tell a policy's number or title from what it says."""
    return bool(value) and len(value) <= MAX_NAME and not value.endswith((".", ";", ":"))


def _cell_labels(cell: str, after: str) -> Iterator[Labelled]:
    found = _line_labels(cell) if len(cell) <= MAX_LINE else ()
    yield from found[:-1]
    for last in found[-1:]:
        takes = not last.value and after and not labelled(after) and not label_of(after)
        yield Labelled(last.field, after if takes else last.value, last.start)


def _has_neighbours(names: list[str]) -> bool:
    return any(a and b for a, b in pairwise(names))


def _columns(blocks: tuple[Block, ...], n: int, names: list[str]) -> Iterator[Labelled]:
    """A row of labels over a row of values."""
    table = blocks[n].table
    rows = sum(1 for block in blocks if block.table == table and block.kind is PassageKind.ROW)
    below = blocks[n + 1].cells if n + 1 < len(blocks) and blocks[n + 1].table == table else ()
    if not table or rows > MAX_VERTICAL_ROWS or any(map(label_of, below)):
        return
    yield from (Labelled(name, value) for name, value in zip(names, below, strict=False) if name)


def _whole_tables(
    blocks: tuple[Block, ...], holders: set[int], places: tuple[int, ...]
) -> set[int]:
    """All rows at top and end of tables of which at least half of the rows there hold labels."""
    rows: dict[int, list[int]] = {}
    for n in places:
        if blocks[n].kind is PassageKind.ROW and blocks[n].table:
            rows.setdefault(blocks[n].table, []).append(n)
    mostly = [
        table for table in rows.values() if 2 * len(holders.intersection(table)) >= len(table)
    ]
    return {n for table in mostly for n in table}
