"""Decide about a policy whose file was not in the newest delivery of the whole library."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from gross.actions import nominations
from gross.domain.errors import Refused
from gross.intake.clean import clean
from gross.store import ledger
from gross.store.ledger import Deed
from gross.store.people import Person
from gross.store.vanished import Decision, Vanished

REASON_MOST = 2000  # characters


def decide(
    session: Session,
    actor: Person,
    found: Vanished,
    decision: Decision,
    reason: str = "",
    *,
    now: datetime,
) -> None:
    """Keep the policy, nominate it for retirement, or put on record that its source gave it up.

    None of these retires it: that is for a nomination to bring about.

    Raises:
        Refused: it is decided already, or "gone" or "nominate" comes without a reason.
    """
    if found.decision != Decision.OPEN:
        raise Refused(f"Somebody has decided about {found.policy.label} already.")
    reason = clean(reason).strip()
    if decision in {Decision.GONE, Decision.NOMINATE} and not reason:
        raise Refused("Say why; whoever reads this later was not there.")
    if len(reason) > REASON_MOST:
        raise Refused(f"Say it in at most {REASON_MOST:,} characters.")
    found.decision, found.reason = decision, reason
    found.decided_by, found.decided_at = actor.id, now
    if decision == Decision.NOMINATE:
        # The nomination is the deed, and has the one entry.
        nominations.nominate(
            session,
            actor,
            what=f"{found.policy.label} was not in the delivery of {found.record.name}.",
            why=reason,
            policy=found.policy,
            now=now,
        )
        return
    verb = "keep-vanished" if decision == Decision.KEEP else "mark-gone"
    who, subject = f"person:{actor.id}", f"policy:{found.policy_id}"
    detail, texts = {"import": str(found.import_id)}, {"reason": reason} if reason else {}
    ledger.append(session, Deed(who, verb, subject, detail, texts), now=now)
