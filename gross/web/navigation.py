"""The places in the navigation, with what waits there, by role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from gross.domain.calendar import local_day
from gross.domain.workflow import Role
from gross.store import waiting
from gross.store.db import db
from gross.store.people import Person


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    url: str
    icon: str  # of `_parts/icons.html`
    waiting: int = 0
    here: bool = False


def places(person: Person, path: str, *, now: datetime) -> list[Place]:
    """Where this person goes; one count for each role that something can wait for."""
    session = db.session()
    found = [Place("Home", url_for("staff.home"), "inbox")]
    for role, name, endpoint, icon, waits in _BY_ROLE:
        if role in person.role_set:
            found.append(Place(name, url_for(endpoint), icon, waits(session, person, now)))
    found += [
        Place("Library", url_for("library.policies"), "books"),
        Place("Check", url_for("checks.draft"), "check"),
        Place("Nominations", url_for("staff.nominations"), "voice"),
    ]
    if Role.AUDITOR in person.role_set:
        found.append(Place("Ledger", url_for("auditor.ledger"), "chain"))
    if Role.ADMIN in person.role_set:
        found.append(Place("People", url_for("admin.people"), "people"))
    return [replace(place, here=_is_here(place.url, path)) for place in found]


def _is_here(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(f"{url}/"))


def _signatures(session: Session, person: Person) -> int:
    return sum(waiting.holds(person, one) for one in waiting.in_approval(session))


# Role, name, endpoint, icon, and how many things wait there.
_BY_ROLE: tuple[tuple[Role, str, str, str, Callable[[Session, Person, datetime], int]], ...] = (
    (
        Role.COMPLIANCE,
        "Flags",
        "compliance.flags",
        "flag",
        lambda session, person, now: waiting.open_flags(session),
    ),
    (
        Role.COMMITTEE,
        "Ballots",
        "committee.ballots",
        "ballot",
        lambda session, person, now: waiting.votes_missing(session, person, now=now),
    ),
    (
        Role.APPROVER,
        "Approvals",
        "approver.approvals",
        "pen",
        lambda session, person, now: _signatures(session, person),
    ),
    (
        Role.STEWARD,
        "Retirements",
        "steward.retirements",
        "archive",
        lambda session, person, now: waiting.retirements_due(session, local_day(now)),
    ),
)
