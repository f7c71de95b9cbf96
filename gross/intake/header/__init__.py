"""A document's own data: number, title, owner, kind, version and dates, each by its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gross.domain.partial_date import PartialDate
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.dates import unsettled
from gross.intake.header.approvals import Approved, find_approvals, is_approval
from gross.intake.header.blocks import END_BLOCKS, TOP_BLOCKS, find_labels, top_of
from gross.intake.header.dates import dates_of
from gross.intake.header.labels import Labelled
from gross.intake.header.lines import Placed, is_empty
from gross.intake.header.places import Place, Value
from gross.intake.header.tables import Listing, cell_at, listings
from gross.intake.header.titles import kind_in, title_of
from gross.intake.numbers import LETTERED, is_policy_number, own_number

FIELDS = ("owner", "kind", "area", "version", "supersedes", "category", "applies_to", "approved_by")
MAX_VALUE = 200  # code points
MIN_MEMO_LABELS = 2  # "To:" and "From:" head a memo; one of them alone heads anything

# Where a document does not say one value it often says a near relation of it.
_STAND_INS = (
    ("owner", "author"),
    ("owner", "memo_from"),
    ("area", "section"),
    ("applies_to", "scope"),
    ("applies_to", "memo_to"),
)
_VERSION = re.compile(r"v?\d{1,3}(?:\.\d{1,3}){0,2}", re.IGNORECASE)
_NAMED_NUMBER = re.compile(
    rf"\b(?:policy|procedure|protocol|guideline|directive|handbook|sop)\s*(?:#|no\.?|number|:)?\s*"
    rf"({LETTERED}|\d{{1,4}}(?:\.\d{{1,4}}){{1,3}}|#\s*\d{{2,8}})(?!\w)",
    re.IGNORECASE,
)
_LEADING_NUMBER = re.compile(rf"^({LETTERED})(?=\s*[-–—:|,]|\s|$)")


@dataclass(frozen=True, slots=True)
class Header:
    """`blocks` are the indices of the blocks that hold header data; `values` have their places."""

    title: str
    number: str = ""
    dates: dict[str, PartialDate] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    blocks: frozenset[int] = frozenset()
    values: tuple[Value, ...] = ()
    approvals: tuple[Approved, ...] = ()


def mine(filename: str, draft: Draft, *, day_first: bool | None) -> Header:
    """Find the header data of a clean draft.

    `day_first` is the library's own way of writing 03/12/2016. None keeps such dates to their year,
    with a warning, and so does a document whose own clear dates are written the other way.
    """
    lists = tuple(listings(draft.blocks, _edges_of(draft.blocks)))
    found, blocks = find_labels(draft, lists)
    found = (*_told_apart(found), *_history(lists, draft.blocks))
    number = next(_numbers(draft, found), None)
    title, warnings = title_of(filename, draft, found, blocks, number.value if number else "")
    order = unsettled("\n".join(each.label.value for each in found), day_first=day_first)
    dated = dates_of(found, order)
    fields = _fields(found)
    kind = _kind(fields, title)
    values = [*filter(None, (number, title if title.value else None)), *fields.values()]
    return Header(
        title=title.value,
        number=number.value if number else "",
        dates=dated.chosen,
        fields={name: each.value for name, each in fields.items() if name != "kind"}
        | ({"kind": kind.value} if kind else {}),
        warnings=(*warnings, *dated.warnings),
        blocks=blocks,
        values=(
            *(each for each in values if each.name != "kind"),
            *([kind] if kind else []),
            *dated.values,
        ),
        approvals=find_approvals(found, lists, draft.blocks, day_first=order),
    )


def _edges_of(blocks: tuple[Block, ...]) -> tuple[int, ...]:
    """The blocks in which tables of approvals and revisions are looked for."""
    end = len(blocks)
    return (*range(min(TOP_BLOCKS, end)), *range(max(TOP_BLOCKS, end - 3 * END_BLOCKS), end))


def _told_apart(found: tuple[Placed, ...]) -> Iterator[Placed]:
    """Settle labels whose value says what they are for."""
    memo = sum(each.label.field.startswith("memo_") for each in found) >= MIN_MEMO_LABELS
    for each in found:
        name, value = each.label.field, each.label.value
        if name == "memo_re" and memo:
            yield _named(each, "title")
        elif name == "last_revised" and _VERSION.fullmatch(value):
            yield _named(each, "version")
        elif name == "approved" and is_approval(each):
            yield each
            yield _named(each, "approved_by")
        elif not name.startswith("memo_") or memo:
            yield each


def _named(each: Placed, name: str) -> Placed:
    return replace(each, label=replace(each.label, field=name))


def _history(lists: tuple[Listing, ...], blocks: tuple[Block, ...]) -> Iterator[Placed]:
    """The dates of a table of revisions, and its newest version."""
    for listing in lists:
        for n in listing.rows if listing.kind == "history" else ():
            value, at = cell_at(blocks[n], listing.date)
            yield Placed(n, Labelled("last_revised", value, at, at))


def _numbers(draft: Draft, found: tuple[Placed, ...]) -> Iterator[Value]:
    for each in found:
        is_own = each.label.field in {"number", "policy"}
        number = own_number(each.label.value) if is_own else ""
        if number:
            at = each.label.at + each.label.value.index(number)
            yield Value("number", number, Place(each.block, at, number, each.label.name))
    old = frozenset(each.block for each in found if each.label.field == "supersedes")
    yield from _unlabelled_numbers(draft, old)


def _unlabelled_numbers(draft: Draft, old: frozenset[int]) -> Iterator[Value]:
    """Numbers in title lines and page edges: "Nursing Policy P-55", "NUR-231 Falls"."""
    edges = [n for n, block in enumerate(draft.blocks) if block.kind is PassageKind.HEADER]
    for n in [*range(min(4, top_of(draft.blocks))), *edges]:
        block = draft.blocks[n]
        line = block.shown
        if (
            n in old
            or len(line) > 120
            or (block.kind is not PassageKind.HEADER and line.endswith((".", ",")))
        ):
            continue
        leading, named = _LEADING_NUMBER.match(line), _NAMED_NUMBER.search(line)
        if leading and _is_own(leading[1]) and not block.number:
            yield Value("number", leading[1], Place(n, leading.start(1), leading[1]))
        if named and (is_policy_number(named[1]) or named[1][0] == "#"):
            number = named[1].lstrip("# ")
            yield Value("number", number, Place(n, named.end(1) - len(number), number))


def _is_own(written: str) -> bool:
    """Tell "IC 014 Hand Hygiene" from "RULES 1"."""
    return is_policy_number(written) and not re.fullmatch(r"\w+ \d", written)


def _fields(found: tuple[Placed, ...]) -> dict[str, Value]:
    """The first value of each field that says something."""
    fields: dict[str, Value] = {}
    for each in found:
        name, value = each.label.field, each.label.value.strip()
        if _says_something(name, value):
            place = Place(each.block, each.label.at, value, each.label.name)
            fields.setdefault(name, Value(name, value, place))
    for name, stand_in in _STAND_INS:
        if name not in fields and stand_in in fields:
            fields[name] = replace(fields[stand_in], name=name)
    return {name: each for name, each in fields.items() if name in FIELDS}


def _says_something(name: str, value: str) -> bool:
    if is_empty(value) or len(value) > MAX_VALUE:
        return False
    return name != "scope" or not value.endswith(".")


def _kind(fields: dict[str, Value], title: Value) -> Value | None:
    for each in (fields.get("kind"), title):
        kind = kind_in(each.value) if each else ""
        if each and kind:
            return replace(each, name="kind", value=kind)
    return None


def marked(blocks: tuple[Block, ...], header: Header) -> tuple[Block, ...]:
    """Mark the blocks that hold header data, so that analysis leaves them alone."""
    return tuple(
        replace(block, kind=PassageKind.HEADER, level=0) if n in header.blocks else block
        for n, block in enumerate(blocks)
    )
