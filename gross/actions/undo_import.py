"""Take an import back: what it brought and nobody has touched since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gross.actions import jobs
from gross.actions.uploads import CHECK, IMPORT, UNDO
from gross.domain.errors import Refused
from gross.home import Home
from gross.store import import_undo as store
from gross.store import jobs as store_jobs
from gross.store import ledger, originals, search
from gross.store.imports import Import, ImportItem, ImportState
from gross.store.jobs import Job
from gross.store.ledger import Deed
from gross.store.people import Person
from gross.store.policies import Edition, Policy

TAKEN_BACK, STAYS = "taken back", "stays"


@dataclass(frozen=True, slots=True)
class Undone:
    """How many policies or editions went, and how many stay because somebody touched them."""

    taken_back: int
    stays: int

    @property
    def sentence(self) -> str:
        said = f"The import is undone: {self.taken_back:,} taken back"
        return f"{said}, {self.stays:,} stay." if self.stays else f"{said}."


def ask(session: Session, actor: Person, record: Import, *, now: datetime) -> Job:
    """Ask for the undoing.

    Raises:
        Refused: it has not begun, is under way, or is undone.
    """
    _possible(session, record)
    return jobs.ask(session, actor, UNDO, about=record.id, now=now)


def undo(session: Session, actor_id: int | None, record: Import, *, now: datetime) -> Undone:
    """Undo it in the caller's one transaction, with one ledger entry.

    A policy that it added goes, with its edition; one that it changed gets its earlier edition and
    header back. What has been touched since stays, and says why.

    Raises:
        Refused: as `ask`.
    """
    _possible(session, record)
    touched = store.touched(session, record)
    items = session.scalars(
        select(ImportItem)
        .where(ImportItem.import_id == record.id, ImportItem.entry_seq.is_not(None))
        .order_by(ImportItem.id.desc())
    ).all()
    taken = 0
    for item in items:
        why = touched.get(item.policy_id or 0, "")
        item.undo, item.stays_because = (STAYS, why) if why else (TAKEN_BACK, "")
        taken += not why
        if not why and item.outcome == "changed":
            _put_back(session, item)
    session.flush()  # what goes is asked of the items
    for policy_id in store.remove(session, record):
        search.remove(session, policy_id)
    record.state, record.undone_at = ImportState.UNDONE, now
    undone = Undone(taken, len(items) - taken)
    who = f"person:{actor_id}" if actor_id else "command line"
    detail = {"taken_back": str(undone.taken_back), "stays": str(undone.stays)}
    ledger.append(session, Deed(who, "undo-import", f"import:{record.id}", detail, {}), now=now)
    return undone


def forget_originals(session: Session, home: Home) -> None:
    """Remove the bytes of editions that are gone; after the undoing was committed."""
    originals.settle(session, home)
    originals.sweep(session, home)


def _possible(session: Session, record: Import) -> None:
    if record.state == ImportState.UNDONE:
        raise Refused("This import is undone already.")
    if record.state not in {ImportState.BEGUN, ImportState.DONE}:
        raise Refused("This upload was not imported; discard it instead.")
    if any(store_jobs.under_way(session, name, record.id) for name in (CHECK, IMPORT)):
        raise Refused("This import is under way; cancel it first.")


def _put_back(session: Session, item: ImportItem) -> None:
    policy = session.get_one(Policy, item.policy_id)
    for name, value in json.loads(item.before).items():
        setattr(policy, name, value)
    edition = session.get(Edition, policy.current_id) if policy.current_id else None
    search.put(session, policy, edition.text if edition else "")
    if edition is not None:
        session.expire(edition)  # its text is long, and thousands may follow
