"""Who approved, for which office, and when: from labels, from lists under them, from tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gross.intake.blocks import Block, Draft
from gross.intake.dates import FoundDate, find_dates
from gross.intake.header.lines import Placed, is_dates, is_empty
from gross.intake.header.places import Place, span_of
from gross.intake.header.tables import Listing, cell_at
from gross.intake.offices import CREDENTIALS, names_office, names_person
from gross.intake.types import Approval

MAX_APPROVALS = 60

_CUT = re.compile(r"\s*(?:;|→|-+>|\s/\s|\n|\*+)\s*")
_ODD = re.compile(
    r"_{2,}|\.{3,}|\((?=\s*\))|\bsignature(?:\s+on\s+file)?\b:?|\bdated?\b:?\s*$|\bon\s*$", re.I
)
_NOBODY = re.compile(r"(?:see|refer|on\s+file|required|pending|electronic)\b", re.IGNORECASE)
_SURNAME_FIRST = re.compile(r"^[A-Z][\w'’-]+,\s[A-Z][\w'’.-]+(?=\s*(?:[,(:-]|$))")
_PARTS = re.compile(r"\s*(?:[,:|()]|\s[-–—]|[–—])\s*")
_ONE_BODY = re.compile(
    r",[^,]*(?:\band\b|&)[^,]*\b(?:committee|council|board|group|team|department)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval before its place in the text is known."""

    who: str
    office: str
    date: str
    place: Place


def find_approvals(
    found: Sequence[Placed],
    lists: Sequence[Listing],
    blocks: Sequence[Block],
    *,
    day_first: bool | None,
) -> tuple[Approved, ...]:
    """Find them in order, each once; a date stands with its approval or is not given."""
    entries = [*_labelled(found, day_first), *_listed(lists, blocks, day_first)]
    unique = {(each.who, each.office, each.date): each for each in reversed(entries)}
    return tuple(reversed(unique.values()))[:MAX_APPROVALS]


def approval_at(
    approved: Approved, draft: Draft, text: str, spans: Sequence[tuple[int, int]]
) -> Approval:
    start, end = span_of(approved.place, draft, text, spans)
    return Approval(approved.who, approved.office, approved.date, start, end)


def is_approval(each: Placed) -> bool:
    """ "Approved by: ...", and "Approved: Document Control Committee"."""
    field, value = each.label.field, each.label.value
    names = names_office(value) or names_person(_without_dates(value))
    return field == "approved_by" or (field == "approved" and names and not is_dates(value))


def _without_dates(value: str) -> str:
    for date in reversed(find_dates(value, day_first=None)):
        value = value[: date.start] + value[date.end :]
    return value.strip(" ,;:-()")


def _labelled(found: Sequence[Placed], day_first: bool | None) -> list[Approved]:
    entries: list[Approved] = []
    is_open = False  # the entry before still waits for its date
    for each in found:
        label = each.label
        dates = find_dates(label.value, day_first=day_first)
        is_dated = label.field == "date" or (label.field == "approved_by" and is_dates(label.value))
        if is_dated and is_open and dates:
            entries[-1] = replace(entries[-1], date=str(dates[0].value))
        is_open = (is_open and label.field == "other") or False
        if is_dated or not is_approval(each) or is_empty(label.value):
            continue
        new = list(_entries(label.value, each.block, label.at, day_first))
        entries += new
        is_open = bool(new) and not new[-1].date
    return entries


def _entries(value: str, block: int, at: int, day_first: bool | None) -> Iterator[Approved]:
    start = 0
    for cut in [*_CUT.finditer(value), None]:
        end = cut.start() if cut else len(value)
        yield from _piece(value[start:end], block, at + start, day_first)
        start = cut.end() if cut else end


def _piece(piece: str, block: int, at: int, day_first: bool | None) -> Iterator[Approved]:
    """One approval, or several that each end with their date."""
    start = 0
    for date in [*find_dates(piece, day_first=day_first), None]:
        end = date.end if date else len(piece)
        entry = _entry(piece[start:end], date, start, block, at)
        if entry:
            yield entry
        start = end


def _entry(piece: str, date: FoundDate | None, start: int, block: int, at: int) -> Approved | None:
    names = piece[: date.start - start] if date else piece
    names = _ODD.sub(" ", names).strip(" ,;:-–—()|\t*.")
    who, office = who_and_office(" ".join(names.split()))
    if not (who or office):
        return None
    lead = len(piece) - len(piece.lstrip(" ,;:-–—()|\t_*"))
    written = piece[lead:].rstrip(" ,;:|\t_")
    return Approved(
        who, office, str(date.value) if date else "", Place(block, at + start + lead, written)
    )


def who_and_office(names: str) -> tuple[str, str]:
    """Tell the person from the office in "Policy Administrator: Jane Doe, RN"."""
    if is_empty(names) or _NOBODY.match(names) or sum(map(str.isalpha, names)) < 2:
        return "", ""
    if _ONE_BODY.search(names):
        return "", names
    who: list[str] = []
    office: list[str] = []
    turned = _SURNAME_FIRST.match(names)
    if turned and not names_office(turned[0]):
        who, names = [turned[0]], names[turned.end() :]
    for part in filter(None, _PARTS.split(names)):
        if (CREDENTIALS.fullmatch(part) and who and not office) or (names_person(part) and not who):
            who.append(part)
        elif not CREDENTIALS.fullmatch(part):
            office.append(part)
    return ", ".join(who), ", ".join(office)


def _listed(
    lists: Sequence[Listing], blocks: Sequence[Block], day_first: bool | None
) -> Iterator[Approved]:
    for each in lists:
        for n in each.rows if each.kind == "approvals" else ():
            entry = _row(each, blocks[n], n, day_first)
            if entry:
                yield entry


def _row(listing: Listing, block: Block, n: int, day_first: bool | None) -> Approved | None:
    name, at = cell_at(block, listing.who)
    seat, seat_at = cell_at(block, listing.office)
    dates = find_dates(cell_at(block, listing.date)[0], day_first=day_first)
    who, office = who_and_office("" if is_empty(name) else name)
    if listing.who < 0:
        who, office = who_and_office(seat)
    elif seat and not is_empty(seat) and not office:
        office = seat
    if not (who or office):
        return None
    date = str(dates[0].value) if dates else ""
    return Approved(who, office, date, Place(n, at if name else seat_at, name or seat))
