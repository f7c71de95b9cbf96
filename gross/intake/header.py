"""A document's own data: number, title, owner, kind, version and dates, each by its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gross.domain.partial_date import PartialDate
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.dates import FoundDate, find_dates, newest, order_of
from gross.intake.header_blocks import Found, find_labels, top_of
from gross.intake.numbers import LETTERED, is_policy_number, own_number
from gross.intake.titles import kind_in, title_of

DATES = ("originated", "effective", "last_reviewed", "last_revised", "next_review", "expires")
FIELDS = ("owner", "kind", "area", "version", "supersedes", "category", "applies_to", "approved_by")
MAX_VALUE = 200  # code points

# Where a document does not say one date it often says a near relation of it.
_STAND_INS = (("effective", "issued"),)
_EMPTY = re.compile(r"^(?:tbd|t\.b\.d\.|n/?a|none|pending|[-_.\s/]*)$", re.IGNORECASE)
_NAMED_NUMBER = re.compile(
    rf"\b(?:policy|procedure|protocol|guideline|directive|handbook|sop)\s*(?:#|no\.?|number|:)?\s*"
    rf"({LETTERED}|\d{{1,4}}(?:\.\d{{1,4}}){{1,3}}|#\s*\d{{2,8}})(?!\w)",
    re.IGNORECASE,
)
_LEADING_NUMBER = re.compile(rf"^({LETTERED})(?=\s*[-–—:|,]|\s|$)")


@dataclass(frozen=True, slots=True)
class Header:
    """`blocks` are the indices of the blocks that hold header data."""

    title: str
    number: str = ""
    dates: dict[str, PartialDate] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    blocks: frozenset[int] = frozenset()


def mine(filename: str, draft: Draft, *, day_first: bool | None) -> Header:
    """Find the header data of a clean draft.

    `day_first` is the library's own way of writing 03/12/2016 and is asked only where the document
    itself does not decide; None keeps such dates to their year, with a warning.
    """
    found, blocks = find_labels(draft)
    number = _number(draft, found)
    title, warnings = title_of(filename, draft, found, blocks, number)
    order = order_of("\n".join(each.label.value for each in found), day_first=day_first)
    dates, ambiguous = _dates(found, order)
    fields = _fields(found)
    kind = kind_in(fields.get("kind", "")) or kind_in(title)
    fields = {**fields, "kind": kind} if kind else fields
    return Header(title, number, dates, fields, (*warnings, *ambiguous), blocks)


def _number(draft: Draft, found: tuple[Found, ...]) -> str:
    for each in found:
        is_own = each.label.field in {"number", "policy"}
        number = own_number(each.label.value) if is_own else ""
        if number:
            return number
    return next(_unlabelled_numbers(draft), "")


def _unlabelled_numbers(draft: Draft) -> Iterator[str]:
    """Numbers in title lines and page edges: "Nursing Policy P-55", "NUR-231 Falls"."""
    edges = [block for block in draft.blocks if block.kind is PassageKind.HEADER]
    for block in [*draft.blocks[: min(4, top_of(draft.blocks))], *edges]:
        line = block.shown
        if len(line) > 120 or (block.kind is not PassageKind.HEADER and line.endswith((".", ","))):
            continue
        leading, named = _LEADING_NUMBER.match(line), _NAMED_NUMBER.search(line)
        if leading and is_policy_number(leading[1]) and not block.number:
            yield leading[1]
        if named and (is_policy_number(named[1]) or named[1][0] == "#"):
            yield named[1].lstrip("# ")


def _dates(
    found: tuple[Found, ...], day_first: bool | None
) -> tuple[dict[str, PartialDate], tuple[str, ...]]:
    by_field: dict[str, list[FoundDate]] = {}
    sentences: list[str] = []
    for each in found:
        value = each.label.value[: 2 * MAX_VALUE]
        dates = find_dates(value, day_first=day_first)
        by_field.setdefault(_date_field(each.label.field, dates, day_first), []).extend(dates)
        sentences += [
            f"“{value[date.start : date.end]}” can be read day first or month first; "
            "only its year is kept."
            for date in dates
            if date.is_ambiguous
        ]
    by_field.setdefault("last_reviewed", []).extend(by_field.get("approved", []))
    chosen = {name: _chosen(name, tuple(dates)) for name, dates in by_field.items()}
    for name, stand_in in _STAND_INS:
        chosen[name] = chosen.get(name) or chosen.get(stand_in)
    return {name: date.value for name in DATES if (date := chosen.get(name)) is not None}, tuple(
        dict.fromkeys(sentences)
    )


def _date_field(name: str, dates: tuple[FoundDate, ...], day_first: bool | None) -> str:
    """A bare "Review date" looks forward in British usage (day first), and back elsewhere."""
    if name != "review_date":
        return name
    return "next_review" if day_first and len(dates) == 1 else "last_reviewed"


def _chosen(name: str, dates: tuple[FoundDate, ...]) -> FoundDate | None:
    if name == "originated":
        return min(dates, key=lambda date: date.value.first, default=None)
    return newest(dates)


def _fields(found: tuple[Found, ...]) -> dict[str, str]:
    """The first value of each field that says something."""
    fields: dict[str, str] = {}
    for each in found:
        name, value = each.label.field, each.label.value.strip()
        if name in FIELDS and not _EMPTY.match(value) and len(value) <= MAX_VALUE:
            fields.setdefault(name, value)
    return fields


def marked(blocks: tuple[Block, ...], header: Header) -> tuple[Block, ...]:
    """Mark the blocks that hold header data, so that analysis leaves them alone."""
    return tuple(
        replace(block, kind=PassageKind.HEADER, level=0) if n in header.blocks else block
        for n, block in enumerate(blocks)
    )
