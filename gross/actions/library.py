"""What the steward decides about a policy of the library: to put it on legal hold, or lift it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from gross.domain.errors import Refused
from gross.domain.workflow import Role
from gross.store import ledger
from gross.store.ledger import Deed
from gross.store.people import Person
from gross.store.policies import Policy

REASON_MOST = 2000  # characters


def put_on_hold(
    session: Session, actor: Person, policy: Policy, matter: str, *, now: datetime
) -> None:
    """Suspend retirement and destruction; `matter` says what it is needed for.

    Raises:
        Refused: the actor is no steward, no matter is given, or it is on hold already.
    """
    if policy.legal_hold:
        raise Refused(f"{policy.label} is under a legal hold already.")
    _record(session, actor, "hold", policy, matter, now=now)
    policy.legal_hold = True


def lift_hold(
    session: Session, actor: Person, policy: Policy, matter: str, *, now: datetime
) -> None:
    """Let the policy be retired again.

    Raises:
        Refused: the actor is no steward, no matter is given, or there is no hold.
    """
    if not policy.legal_hold:
        raise Refused(f"{policy.label} is under no legal hold.")
    _record(session, actor, "lift-hold", policy, matter, now=now)
    policy.legal_hold = False


def _record(
    session: Session, actor: Person, verb: str, policy: Policy, matter: str, *, now: datetime
) -> None:
    if Role.STEWARD not in actor.role_set:
        raise Refused("Only the steward decides about legal holds.")
    matter = matter.strip()
    if not matter:
        raise Refused("Say what the legal hold is about.")
    if len(matter) > REASON_MOST:
        raise Refused(f"Say it in at most {REASON_MOST:,} characters.")
    who, subject = f"person:{actor.id}", f"policy:{policy.id}"
    ledger.append(session, Deed(who, verb, subject, {}, {"matter": matter}), now=now)
