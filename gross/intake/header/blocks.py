"""Where a document's header data stands: labelled lines, header tables and page edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.header.labels import DATED, Labelled, label_of, labelled
from gross.intake.header.lines import Line, Placed, placed, with_bare_labels
from gross.intake.header.tables import Listing, starts
from gross.intake.outline import opens_section

TOP_BLOCKS = 60
END_BLOCKS = 15
MAX_LINE = 400  # code points; a longer paragraph is prose, whatever it begins with
MAX_NAME = 120  # code points of a policy's title in a table
TELLING = DATED | {"number", "policy", "version", "supersedes"}
MAX_VERTICAL_ROWS = 3  # a longer table under labels lists other policies

# At a document's end stand signatures and dates; a number there is another policy's.
_END_FIELDS = re.compile(
    r"owner|author|approved_by|reviewed_by|originated|effective|issued|last_reviewed|last_revised|approved"
    r"|next_review|expires|review_date|date|site_implementation"
)

# Labels that end the value before them; what stands after them is text like any other.
_NO_DATA = frozenset({"name", "other", "memo_to", "memo_from", "memo_re"})


def find_labels(
    draft: Draft, lists: tuple[Listing, ...]
) -> tuple[tuple[Placed, ...], frozenset[int]]:
    """Give the labelled values in order of trust, and the blocks that are header data.

    The rows of `lists` are read by whoever found them, and hold no labels.
    """
    listed = {n for each in lists for n in (each.head, *each.rows)}
    found = [
        Placed(-1, Labelled(field, value, name=name))
        for name, value in draft.pairs
        if (field := label_of(name.replace("_", " ")))
    ]
    blocks = draft.blocks
    edges = [n for n, block in enumerate(blocks) if block.kind is PassageKind.HEADER]
    top = top_of(blocks)
    head = [line for n in range(top) if n not in listed for line in _lines_at(blocks, n)]
    found += placed(with_bare_labels(head))
    end = range(max(top, len(blocks) - END_BLOCKS), len(blocks))
    found += [
        each
        for each in placed([line for n in end if n not in listed for line in _lines_at(blocks, n)])
        if _END_FIELDS.fullmatch(each.label.field)
    ]
    found += placed([line for n in edges for line in _edge_lines(blocks[n], n)])
    told = {each.block for each in found if each.label.field not in _NO_DATA}
    holders = {*edges, *listed, *told} - {-1}
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


def _lines_at(blocks: tuple[Block, ...], n: int) -> Iterator[Line]:
    block = blocks[n]
    if block.kind is PassageKind.HEADER:
        return
    if block.kind is PassageKind.ROW:
        yield _row(blocks, n)
    elif len(block.shown) <= MAX_LINE:
        is_heading = block.kind is PassageKind.HEADING
        for line, at in _split(block.shown):
            labels = tuple(_moved(label, at) for label in _line_labels(line))
            yield Line(n, at, line, labels, is_heading=is_heading)


def _edge_lines(block: Block, n: int) -> Iterator[Line]:
    for line, at in _split(block.shown):
        labels = tuple(_moved(label, at) for label in labelled(line[:MAX_LINE]))
        yield Line(n, at, line, labels, is_heading=True)


def _split(shown: str) -> Iterator[tuple[str, int]]:
    at = 0
    for line in shown.split("\n"):
        yield line, at
        at += len(line) + 1


def _moved(label: Labelled, by: int) -> Labelled:
    return replace(label, start=label.start + by, at=label.at + by)


def _line_labels(line: str) -> tuple[Labelled, ...]:
    found = tuple(each for each in labelled(line) if not _is_prose(each))
    if not found:
        return ()
    at_start = found[0].start <= len(line) - len(line.lstrip(" *_#>|-(["))
    is_prose = len(line) > 160 or line.rstrip().endswith(".")
    tells_much = not is_prose and any(
        label.field in TELLING and any(map(str.isdigit, label.value)) for label in found
    )
    return found if at_start or tells_much else ()


def _is_prose(label: Labelled) -> bool:
    """Tell "Scope: All staff" from a scope that is a sentence of the policy."""
    return label.field == "scope" and not _names_policy(label.value)


def _row(blocks: tuple[Block, ...], n: int) -> Line:
    """A table's row; one that holds a single cell and no label reads like a line."""
    cells, block = blocks[n].cells, blocks[n]
    labels = tuple(_row_labels(blocks, n))
    filled = [(cell, at) for cell, at in zip(cells, starts(cells), strict=True) if cell]
    if len(filled) == 1 and not labels:
        return Line(n, filled[0][1], filled[0][0], ())
    return Line(n, 0, block.shown, labels, is_row=True)


def _row_labels(blocks: tuple[Block, ...], n: int) -> Iterator[Labelled]:
    cells, places = blocks[n].cells, starts(blocks[n].cells)
    names = _names(cells)
    filled = [cell for cell in cells if cell]
    if _is_over_values(names, filled):
        return
    if n and not any(names) and _is_over_values(above := _names_above(blocks, n), above):
        yield from _under(blocks, n, above)
        return
    if len(filled) > 3 and sum(map(bool, names)) == 1 and not any(map(labelled, cells)):
        return  # one label among many cells heads a column of some other table
    skip = False
    for k, cell in enumerate(cells):
        after = cells[k + 1] if k + 1 < len(cells) else ""
        at = places[k + 1] if k + 1 < len(cells) else places[k]
        if skip:
            skip = False
        elif names[k]:
            skip = _is_value(names[k], after)
            if names[k] in {"policy", "scope"} and not _names_policy(after):
                continue
            yield Labelled(names[k], after if skip else "", places[k], at)
        else:
            yield from _cell_labels(cell, places[k], after, at)


def _is_value(field: str, cell: str) -> bool:
    """Tell a value from the next label; "Procedure" is a value of "Type"."""
    name = label_of(cell)
    return not labelled(cell) and (not name or (field == "kind" and name == "policy"))


def _is_over_values(names: list[str], filled: list[str]) -> bool:
    """Tell a row of labels over a row of values from labels beside their values."""
    return (
        sum(map(bool, names)) >= 2
        and 2 * sum(map(bool, names)) >= len(filled)
        and _has_neighbours(names)
    )


def _names_above(blocks: tuple[Block, ...], n: int) -> list[str]:
    table, above = blocks[n].table, blocks[n - 1]
    # The rows before the one above and after this one: a longer table lists other policies.
    near = [*blocks[max(n - 2, 0) : n - 1], *blocks[n + 1 : n + MAX_VERTICAL_ROWS]]
    rows = 2 + sum(1 for block in near if block.table == table and block.cells)
    if not table or above.table != table or not above.cells or rows > MAX_VERTICAL_ROWS:
        return []
    return _names(above.cells)


def _names(cells: tuple[str, ...]) -> list[str]:
    """The field that each cell names; "Procedure" after "Type" names none."""
    names = [label_of(cell) for cell in cells]
    return [
        "" if name == "policy" and k and names[k - 1] == "kind" else name
        for k, name in enumerate(names)
    ]


def _under(blocks: tuple[Block, ...], n: int, names: list[str]) -> Iterator[Labelled]:
    cells = blocks[n].cells
    for name, cell, at in zip(names, cells, starts(cells), strict=False):
        if name:
            yield Labelled(name, cell, at, at)


def _names_policy(value: str) -> bool:
    """Tell a policy's number or title from what it says."""
    return bool(value) and len(value) <= MAX_NAME and not value.endswith((".", ";", ":"))


def _cell_labels(cell: str, start: int, after: str, at: int) -> Iterator[Labelled]:
    found = _line_labels(cell) if len(cell) <= MAX_LINE else ()
    yield from (_moved(each, start) for each in found[:-1])
    for last in found[-1:]:
        takes = not last.value and after and _is_value(last.field, after)
        yield Labelled(last.field, after, start + last.start, at) if takes else _moved(last, start)


def _has_neighbours(names: list[str]) -> bool:
    return any(a and b for a, b in pairwise(names))


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
