"""What a policy's header says on its page: what was read, where it stands, what was put right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gross.actions.corrections import current
from gross.domain.header import DATES, FIELDS
from gross.store import corrections
from gross.store.corrections import Correction
from gross.store.people import Person
from gross.store.policies import Edition, Policy
from gross.web.drawing import partial
from gross.web.timeline import who

# Fields that only a manifest or an approval gives, and nobody corrects here.
MORE = (
    ("approved_by", "Approved by"),
    ("reviewed_by", "Reviewed by"),
    ("category", "Category"),
    ("status", "Status"),
)
LISTS = (("reviewed", "All reviews"), ("revised", "All revisions"))


@dataclass(frozen=True, slots=True)
class Line:
    """A value as drawn. `at` is where the text says it, None where it does not say it."""

    says: str
    value: str
    at: int | None = None
    read: str = ""  # what the file says, where a person says otherwise
    is_corrected: bool = False
    by: str = ""
    on: datetime | None = None
    correction_id: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    names: str
    date: str
    at: int


def dates(session: Session, policy: Policy, edition: Edition | None) -> list[tuple[str, str]]:
    """The dates that head the page; corrections stand over what the edition says."""
    if edition is None:
        return []
    read = json.loads(edition.dates)
    if edition.id == policy.current_id:
        read |= {n: each.value for n, each in corrections.of_policy(session, policy).items()}
    return [(says, read[name]) for name, says in FIELDS.items() if name in DATES and read.get(name)]


def lines(session: Session, policy: Policy, edition: Edition | None, reader: Person) -> list[Line]:
    """Every value of the header, in the order of its fields."""
    if edition is None:
        return []
    is_current = edition.id == policy.current_id
    right = corrections.of_policy(session, policy) if is_current else {}
    found = json.loads(edition.found).get("found", {})
    told = [
        _line(policy, edition, name, found, right.get(name), reader, is_current=is_current)
        for name in FIELDS
    ]
    return [line for line in (*told, *_lists(found), *_more(edition)) if line.value]


def _line(
    policy: Policy,
    edition: Edition,
    name: str,
    found: dict[str, list[dict[str, str | int]]],
    right: Correction | None,
    reader: Person,
    *,
    is_current: bool,
) -> Line:
    at = _at(found.get(name, []))
    if right is None:
        read = current(policy, edition, name) if is_current else _read(edition, name, found)
        return Line(FIELDS[name], _drawn(name, read), at)
    return Line(
        FIELDS[name],
        _drawn(name, right.value),
        at,
        read=_drawn(name, right.read) or "nothing",
        is_corrected=True,
        by=who(right.person, reader),
        on=right.at,
        correction_id=right.id,
    )


def _read(edition: Edition, name: str, found: dict[str, list[dict[str, str | int]]]) -> str:
    """What an earlier edition says; the policy's columns are those of the edition in force."""
    if name in {"number", "title"}:
        return str(found[name][0]["value"]) if found.get(name) else ""
    return str(json.loads(edition.dates if name in DATES else edition.fields).get(name, ""))


def _at(values: list[dict[str, str | int]]) -> int | None:
    places = [int(each["start"]) for each in values if int(each["end"]) > int(each["start"])]
    return places[0] if places else None


def _drawn(name: str, value: str) -> str:
    return partial(value) if name in DATES else value


def _lists(found: dict[str, list[dict[str, str | int]]]) -> Iterator[Line]:
    for name, says in LISTS:
        values = found.get(name, [])
        if len(values) > 1:
            said = ", ".join(partial(str(each["value"])) for each in values)
            yield Line(says, said, _at(values))


def _more(edition: Edition) -> Iterator[Line]:
    known = json.loads(edition.fields)
    has_approvals = bool(json.loads(edition.found).get("approvals"))
    for name, says in MORE:
        if name != "approved_by" or not has_approvals:
            yield Line(says, str(known.get(name, "")))


def approvals(edition: Edition | None) -> list[Approval]:
    told = json.loads(edition.found).get("approvals", []) if edition else []
    return [
        Approval(
            ", ".join(filter(None, (each["who"], each["office"]))),
            partial(each["date"]),
            each["start"],
        )
        for each in told
    ]
