"""The places in the navigation, with what waits there, by role."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gross.domain.flag import FlagState
from gross.domain.workflow import Role
from gross.store.ballots import Ballot, Elector, Paper
from gross.store.db import db
from gross.store.flags import Flag
from gross.store.people import Person


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    url: str
    icon: str  # of `_parts/icons.html`
    waiting: int = 0
    here: bool = False


def places(person: Person, path: str) -> list[Place]:
    """Where this person goes; two counts at the most."""
    roles, session = person.role_set, db.session()
    found = [Place("Home", url_for("staff.home"), "inbox")]
    if Role.COMPLIANCE in roles:
        found.append(Place("Flags", url_for("compliance.flags"), "flag", _open_flags(session)))
    if Role.COMMITTEE in roles:
        waiting = _open_ballots(session, person)
        found.append(Place("Ballots", url_for("committee.ballots"), "ballot", waiting))
    found.append(Place("Library", url_for("library.policies"), "books"))
    found.append(Place("Nominations", url_for("staff.nominations"), "voice"))
    if Role.AUDITOR in roles:
        found.append(Place("Ledger", url_for("auditor.ledger"), "chain"))
    if Role.ADMIN in roles:
        found.append(Place("People", url_for("admin.people"), "people"))
    return [
        Place(place.name, place.url, place.icon, place.waiting, _is_here(place.url, path))
        for place in found
    ]


def _is_here(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(f"{url}/"))


def _open_flags(session: Session) -> int:
    return session.scalar(select(func.count(Flag.id)).where(Flag.state == FlagState.OPEN)) or 0


def _open_ballots(session: Session, person: Person) -> int:
    return (
        session.scalar(
            select(func.count(Elector.id))
            .join(Ballot, Ballot.id == Elector.ballot_id)
            .outerjoin(Paper, Paper.elector_id == Elector.id)
            .where(
                Elector.person_id == person.id,
                Elector.recused_at.is_(None),
                Ballot.closed_at.is_(None),
                Paper.elector_id.is_(None),
            )
        )
        or 0
    )
