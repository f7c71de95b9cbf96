"""Nominate stupid stuff, and say which policy it is about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from gross.actions import letters
from gross.actions.steps import TEXT_MOST, record, roles_of
from gross.domain.errors import Refused
from gross.domain.workflow import Role, Stage
from gross.intake.clean import clean
from gross.store.flags import Flag
from gross.store.nominations import Nomination
from gross.store.people import Person
from gross.store.policies import Policy


def nominate(
    session: Session,
    actor: Person,
    *,
    what: str,
    why: str,
    where_met: str = "",
    policy: Policy | None = None,
    flag: Flag | None = None,
    successor: Policy | None = None,
    now: datetime,
) -> Nomination:
    """Open a nomination of a policy, or of something said in plain words.

    `successor` is what to follow instead; whoever opens the ballot may choose another.

    Raises:
        Refused: what or why is blank, an answer is too long, or the policy is retired.
    """
    what, why, where_met = (clean(text).strip() for text in (what, why, where_met))
    if not what:
        raise Refused("Say what it is that wastes your time.")
    if not why:
        raise Refused("Say why it wastes your time.")
    if max(map(len, (what, why, where_met))) > TEXT_MOST:
        raise Refused(f"Keep each answer under {TEXT_MOST:,} characters.")
    if policy is not None and policy.retired_at is not None:
        raise Refused(f"“{policy.label}” is retired already.")
    nomination = Nomination(
        policy=policy,
        flag_id=flag.id if flag else None,
        successor=successor,
        nominator=actor,
        what=what,
        why=why,
        where_met=where_met,
        submitted_at=now,
        moved_at=now,
    )
    session.add(nomination)
    session.flush()  # the ledger needs nomination.id
    detail = {"policy": str(policy.id)} if policy else {}
    if flag is not None:
        detail["flag"] = str(flag.id)
    if successor is not None:
        detail["successor"] = str(successor.id)
    texts = {"what": what, "why": why, "where_met": where_met}
    said = {name: text for name, text in texts.items() if text}
    record(session, actor, "nominate", nomination, detail, said, now=now)
    subject = f"Thank you: your nomination of {letters.about(nomination)} has arrived"
    if policy is None:
        subject = "Thank you: your nomination has arrived"
    letters.tell(session, actor, subject, "received", nomination, now=now)
    return nomination


def name_policy(
    session: Session, actor: Person, nomination: Nomination, policy: Policy, *, now: datetime
) -> None:
    """Say which policy a nomination is about, until a ballot opens.

    Raises:
        Refused: it is not compliance's to say, it is too late, or the policy cannot be meant.
    """
    if Role.COMPLIANCE not in roles_of(actor):
        raise Refused("Only compliance says which policy a nomination is about.")
    if actor.id == nomination.nominator_id:
        raise Refused("You nominated this; somebody else says which policy it is about.")
    if nomination.stage not in (Stage.SUBMITTED, Stage.TRIAGE):
        raise Refused(f"The policy is settled: the nomination is {nomination.stage}.")
    if policy.retired_at is not None:
        raise Refused(f"“{policy.label}” is retired already.")
    if policy.id == nomination.policy_id:
        raise Refused(f"The nomination is about “{policy.label}” already.")
    detail = {"to": str(policy.id)}
    if nomination.policy_id is not None:
        detail["from"] = str(nomination.policy_id)
    nomination.policy = policy
    record(session, actor, "name-policy", nomination, detail, {}, now=now)
