"""Values that stand on other lines than their labels: below them, or all after all the labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gross.intake.dates import find_dates
from gross.intake.header.labels import DATED, Labelled, bare_labels
from gross.intake.numbers import own_number
from gross.intake.offices import names_office, names_person
from gross.intake.outline import is_item, opens_section

MAX_BELOW = 120  # code points of a value below its label
MIN_BARE = 2  # so many dates after labels without colons make it a document's way
MAX_LETTERS = 12  # beside its dates a line of dates holds initials, "and", "v3.1", and no more

_EMPTY = re.compile(r"(?:tbd|t\.b\.d\.|n/?a|not applicable|none|pending|[-_.\s/]*)$", re.IGNORECASE)
_LISTS = frozenset({"last_reviewed", "last_revised", "approved", "review_date", "supersedes"})
_PEOPLE = frozenset({"approved_by", "reviewed_by"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A labelled value, placed in what its block shows; block -1 is front matter."""

    block: int
    label: Labelled


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block, from `at` on, with the labels in it, placed in what the block shows."""

    block: int
    at: int
    text: str
    labels: tuple[Labelled, ...]
    is_heading: bool = False
    is_row: bool = False


def is_empty(value: str) -> bool:
    """ "N/A", "TBD", "____": the label is there and says nothing."""
    return bool(_EMPTY.match(value))


def placed(lines: list[Line]) -> Iterator[Placed]:
    """Give every labelled value in order; a label that says nothing takes the line below it."""
    open_labels: list[Placed] = []  # the last labels without a value, or the list that goes on
    n = 0
    while n < len(lines):
        line = lines[n]
        n += 1
        if line.labels:
            here = [Placed(line.block, label) for label in line.labels]
            yield from here
            open_labels = _still_open(open_labels, here)
            continue
        run = _run(lines, n - 1)
        taken = list(_taken(open_labels, run))
        yield from taken
        open_labels = []
        n += len(run) - 1


def with_bare_labels(lines: list[Line]) -> list[Line]:
    """Read "Owner Jane Doe" as a label where its neighbours have no colons either."""
    if sum(map(_dates_without_colons, lines)) < MIN_BARE:
        return lines
    return [line if line.labels or line.is_row else _bare(line) for line in lines]


def _dates_without_colons(line: Line) -> int:
    return sum(
        label.field in DATED
        and bool(label.value)
        and ":" not in line.text[label.start - line.at : label.at - line.at]
        for label in (() if line.is_row else line.labels)
    )


def _bare(line: Line) -> Line:
    labels = bare_labels(line.text)
    moved = (replace(each, start=each.start + line.at, at=each.at + line.at) for each in labels)
    return replace(line, labels=tuple(moved))


def _still_open(before: list[Placed], here: list[Placed]) -> list[Placed]:
    """Labels wait for values below while no label after them has found its own."""
    last = here[-1]
    if not last.label.value:
        waiting = [each for each in before if not each.label.value]
        return [*waiting, last] if len(here) == 1 else [last]
    return [last] if last.label.field in _LISTS | _PEOPLE else []


def _run(lines: list[Line], n: int) -> list[Line]:
    """The lines without labels from `n` on."""
    run = []
    for line in lines[n:]:
        if line.labels:
            break
        run.append(line)
    return run


def _taken(waiting: list[Placed], run: list[Line]) -> Iterator[Placed]:
    if not waiting:
        return
    if len(waiting) > 1 and len(run) > 1:
        yield from _in_order(waiting, run)
        return
    last = waiting[-1].label
    for k, line in enumerate(run):
        goes_on = k > 0 or bool(last.value)
        if goes_on and last.field not in _LISTS | _PEOPLE:
            return
        if not fits(last.field, line):
            return
        yield _below(last, line)


def _in_order(waiting: list[Placed], run: list[Line]) -> Iterator[Placed]:
    """All labels first, all values after: each label takes the next line that can be its value."""
    n = 0
    for each in waiting:
        if n < len(run) and fits(each.label.field, replace(run[n], is_heading=False)):
            yield _below(each.label, run[n])
            n += 1


def _below(label: Labelled, line: Line) -> Placed:
    lead = len(line.text) - len(line.text.lstrip())
    value = line.text.strip()
    return Placed(line.block, replace(label, value=value, start=line.at, at=line.at + lead))


def fits(field: str, line: Line) -> bool:
    """Say whether a line can be the value of a label above it, by what the label asks for."""
    text = line.text.strip()
    if not text or line.is_row or len(text) > MAX_BELOW or opens_section(text):
        return False
    if is_empty(text) or field in DATED:
        return is_empty(text) or is_dates(text)
    if field == "number":
        return bool(own_number(text)) and len(text) <= 24
    if field == "title":
        return not text.endswith((".", ":", ";")) and any(letter.isalpha() for letter in text)
    if field in _PEOPLE | {"owner", "author"}:
        return names_office(text) or names_person(text)
    if field == "version":
        return text[-1].isdigit() and len(text) <= 12
    is_prose = line.is_heading or is_item(text) or text.endswith((".", ":", ";"))
    return (
        field in {"area", "applies_to", "supersedes", "kind"} and not is_prose and len(text) <= 60
    )


def is_dates(text: str) -> bool:
    """Say whether a line holds dates and hardly anything else."""
    left, at = [], 0
    dates = find_dates(text, day_first=None)
    for date in dates:
        left.append(text[at : date.start])
        at = date.end
    left.append(text[at:])
    return bool(dates) and sum(letter.isalpha() for letter in "".join(left)) <= MAX_LETTERS
