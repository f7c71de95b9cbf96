"""Tables that list approvals or revisions, one a row, under a row that names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gross.intake.blocks import Block

_WHO = re.compile(r"name|approver|approved\s*by|signatory|signed\s*by|approving\s*person", re.I)
_OFFICE = re.compile(
    r"title|role|position|committee(?:\s*name)?|office|step(?:\s*description)?|approving\s*(?:body"
    r"|committee|authority)|body|group|department|council|reviewing\s*(?:body|committee)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"date(?:\s*(?:of\s*)?(?:approved|approval|signed))?|approv(?:ed|al)(?:\s*(?:on|date))?|signed\s*on",
    re.I,
)
_IS_APPROVAL = re.compile(r"approv|sign|ratif|committee|step\s*desc", re.IGNORECASE)
_VERSION = re.compile(
    r"version(?:\s*(?:no\.?|number|#))?|rev(?:ision|\.)?(?:\s*(?:no\.?|number|#|level))?|ver\.?|issue",
    re.I,
)
_CHANGED = re.compile(
    r"(?:summary|description|nature|reason|details?)?\s*(?:of|for)?\s*(?:the\s*)?(?:changes?|revisions?"
    r"|amendments?|updates?)(?:\s*made)?|description|reason|comments?|notes?|action",
    re.IGNORECASE,
)
_HISTORY_DATE = re.compile(
    r"(?:revision\s*|effective\s*|issue\s*)?date(?:\s*(?:of\s*)?(?:revision|issue|change))?", re.I
)


@dataclass(frozen=True, slots=True)
class Listing:
    """A table that lists: its rows as block indices, and which column holds what (-1: none)."""

    kind: str  # "approvals" or "history"
    head: int
    rows: tuple[int, ...]
    who: int = -1
    office: int = -1
    date: int = -1
    version: int = -1


def listings(blocks: tuple[Block, ...], places: Sequence[int]) -> Iterator[Listing]:
    for rows in _tables(blocks, places):
        for k, n in enumerate(rows[:-1]):
            found = None
            if sum(map(bool, blocks[n].cells)) >= 2:
                found = _approvals(blocks, rows[k:]) or _history(blocks, rows[k:])
            if found:
                yield found
                break


def _tables(blocks: tuple[Block, ...], places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Runs of rows of one table."""
    run: list[int] = []
    for n in places:
        is_row = bool(blocks[n].cells)
        if run and (not is_row or n != run[-1] + 1 or blocks[n].table != blocks[run[-1]].table):
            yield tuple(run)
            run = []
        if is_row:
            run.append(n)
    if run:
        yield tuple(run)


def _column(head: tuple[str, ...], pattern: re.Pattern[str]) -> int:
    bare = (cell.strip(" *:_") for cell in head)
    return next((k for k, cell in enumerate(bare) if pattern.fullmatch(cell)), -1)


def _approvals(blocks: tuple[Block, ...], rows: tuple[int, ...]) -> Listing | None:
    head = blocks[rows[0]].cells
    date = _column(head, _DATE)
    who, office = _column(head, _WHO), _column(head, _OFFICE)
    above = blocks[rows[0] - 1] if rows[0] else None
    said = " ".join(head) + (f" {above.shown}" if above and len(above.shown) <= 60 else "")
    if date < 0 or max(who, office) < 0 or not _IS_APPROVAL.search(said):
        return None
    return Listing("approvals", rows[0], rows[1:], who=who, office=office, date=date)


def _history(blocks: tuple[Block, ...], rows: tuple[int, ...]) -> Listing | None:
    head = blocks[rows[0]].cells
    date, version = _column(head, _HISTORY_DATE), _column(head, _VERSION)
    if min(date, max(version, _column(head, _CHANGED))) < 0:
        return None
    return Listing("history", rows[0], rows[1:], date=date, version=version)


def cell_at(block: Block, k: int) -> tuple[str, int]:
    """A cell and where it stands in the row as shown."""
    if not 0 <= k < len(block.cells):
        return "", 0
    return block.cells[k], starts(block.cells)[k]


def starts(cells: tuple[str, ...]) -> list[int]:
    """Where each cell stands in the row as shown."""
    joined = " | ".join(cells)
    at = len(joined.lstrip()) - len(joined)
    places = []
    for cell in cells:
        places.append(max(at, 0))
        at += len(cell) + 3
    return places
