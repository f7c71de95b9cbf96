"""What the file says is wrong: a person puts a header's value right, or takes that back."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from gross.domain import header
from gross.domain.errors import Refused
from gross.domain.workflow import Role
from gross.store import corrections, ledger, search
from gross.store.corrections import Correction
from gross.store.ledger import Deed
from gross.store.people import Person
from gross.store.policies import Edition, Policy

CORRECTORS = frozenset({Role.COMPLIANCE, Role.STEWARD})
# Fields that the policy itself keeps, and the column of each; the others are the edition's.
COLUMNS = {
    "number": "number",
    "title": "title",
    "kind": "kind",
    "owner": "owner",
    "area": "department",
    "effective": "effective",
    "last_reviewed": "last_reviewed",
    "next_review": "next_review",
}


def correct(
    session: Session, actor: Person, policy: Policy, field: str, value: str, *, now: datetime
) -> Correction:
    """Let a person's value stand over what is read, now and after every import. One ledger entry.

    Raises:
        Refused: the actor may not, the field cannot hold the value, it says so already, or the
            policy is retired.
    """
    _may(actor, policy)
    value = header.corrected(field, value)
    here = corrections.of_policy(session, policy).get(field)
    if value == (here.value if here else current(policy, policy.current, field)):
        raise Refused(f"{header.FIELDS[field]} says “{value}” already.")
    if here is None:
        here = Correction(
            policy_id=policy.id, field=field, read=current(policy, policy.current, field)
        )
        session.add(here)
    here.value, here.person_id, here.at = value, actor.id, now
    _put(session, policy, field, value)
    texts = {"value": value, "read": here.read}
    _record(session, actor, "correct", policy, field, texts, now=now)
    session.flush()  # the next look at the policy's corrections must find it
    return here


def take_back(
    session: Session, actor: Person, policy: Policy, field: str, *, now: datetime
) -> None:
    """Let what is read stand again. One ledger entry.

    Raises:
        Refused: the actor may not, nothing is corrected there, or the policy is retired.
    """
    _may(actor, policy)
    here = corrections.of_policy(session, policy).get(field)
    if here is None:
        raise Refused("This value is not corrected, or no longer.")
    _put(session, policy, field, here.read)
    texts = {"value": here.value, "read": here.read}
    _record(session, actor, "take-back-correction", policy, field, texts, now=now)
    session.delete(here)
    session.flush()  # the next look at the policy's corrections must not find it


def reapply(session: Session, policy: Policy, edition: Edition) -> None:
    """After an import: note what is read now, and let the corrections win again."""
    for field, here in corrections.of_policy(session, policy).items():
        here.read = current(policy, edition, field)
        if field in COLUMNS:
            setattr(policy, COLUMNS[field], here.value)


def current(policy: Policy, edition: Edition | None, field: str) -> str:
    """What policy or edition say of a field now, "" where they are silent."""
    if field in COLUMNS:
        return str(getattr(policy, COLUMNS[field]))
    if edition is None:
        return ""
    said = json.loads(edition.dates if field in header.DATES else edition.fields)
    return str(said.get(field, ""))


def _put(session: Session, policy: Policy, field: str, value: str) -> None:
    """Columns are what lists, searches and scans look at; an edition never changes."""
    if field in COLUMNS:
        setattr(policy, COLUMNS[field], value)
    if field in {"number", "title"} and policy.current is not None:
        search.put(session, policy, policy.current.text)


def _may(actor: Person, policy: Policy) -> None:
    if not CORRECTORS & actor.role_set:
        raise Refused("Only compliance and the steward correct what was read.")
    if policy.retired_at is not None:
        raise Refused(f"{policy.label} is retired; its record stays as it was.")


def _record(
    session: Session,
    actor: Person,
    verb: str,
    policy: Policy,
    field: str,
    texts: dict[str, str],
    *,
    now: datetime,
) -> None:
    deed = Deed(f"person:{actor.id}", verb, f"policy:{policy.id}", {"field": field}, texts)
    ledger.append(session, deed, now=now)
