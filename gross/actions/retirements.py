"""Retire a policy on its day, and say beforehand who cites it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gross.actions import letters, steps
from gross.actions.steps import Made
from gross.domain.calendar import day, local_day
from gross.domain.workflow import Stage, Step
from gross.intake.numbers import same_number
from gross.store import nominations as kept
from gross.store.nominations import Nomination
from gross.store.people import Person
from gross.store.policies import Edition, Policy

LISTED_MOST = 20


@dataclass(frozen=True, slots=True)
class Impact:
    """Policies in force that cite the one in question: how many, and the first of them by label."""

    count: int
    citing: tuple[Policy, ...]


def retire(
    session: Session, actor: Person | None, nomination: Nomination, *, now: datetime
) -> None:
    """Take the policy out of force; `actor` is None when the clock does it.

    Other nominations of it that nobody has decided on are answered by this.

    Raises:
        Refused: its day has not come, a guard objects, or it is not `actor`'s to do.
    """

    def make(_: Step) -> Made:
        policy = nomination.policy
        if policy is None:  # the guards ask for one; a row without would be a bug
            raise ValueError("a nomination without a policy was scheduled")
        policy.retired_at = now  # first: a line of successors may lead back to this policy
        successor = in_force(nomination.successor)
        policy.successor = successor
        policy.tombstone = tombstone(successor, now=now)
        return Made(
            {"policy": str(policy.id), "successor": str(successor.id) if successor else ""},
            answer=policy.tombstone,
        )

    steps.take_step(session, actor, nomination, "retire", make=make, now=now)
    told = steps.concerned(session, nomination)
    subject = f"{letters.about(nomination)} is retired"
    letters.tell_all(session, told, subject, "retired", nomination, now=now)
    _answer_others(session, nomination, now=now)


def tombstone(successor: Policy | None, *, now: datetime) -> str:
    """What the retired policy's page says from then on."""
    retired = f"Retired on {day(local_day(now))}."
    if successor is None:
        return f"{retired} No policy takes its place."
    return f"{retired} Follow “{successor.label}” instead."


def in_force(policy: Policy | None) -> Policy | None:
    """Follow successors to one that is in force; None where the line ends or runs in a circle."""
    seen: set[int] = set()
    while policy is not None and policy.retired_at is not None:
        if policy.id in seen:
            return None
        seen.add(policy.id)
        policy = policy.successor
    return policy


def impact(session: Session, policy: Policy) -> Impact:
    """Find the policies in force whose current text cites `policy` by its number or title."""
    rows = session.execute(
        select(Policy, Edition.refs)
        .join(Edition, Policy.current_id == Edition.id)
        .where(Policy.retired_at.is_(None), Policy.id != policy.id, Edition.refs != "[]")
        .order_by(Policy.number, Policy.title, Policy.id)
    )
    citing = [other for other, refs in rows if _cites(refs, policy)]
    return Impact(len(citing), tuple(citing[:LISTED_MOST]))


def _cites(refs: str, policy: Policy) -> bool:
    title = " ".join(policy.title.casefold().split())
    return any(
        (number and policy.number and same_number(number, policy.number))
        or (not number and " ".join(named.casefold().split()) == title)
        for _, _, number, named in json.loads(refs)
    )


def _answer_others(session: Session, nomination: Nomination, *, now: datetime) -> None:
    if nomination.policy_id is None:
        return

    def answer(_: Step) -> Made:
        said = f"The policy retired through nomination {nomination.id}."
        return Made({"retired_by": f"nomination:{nomination.id}"}, answer=said)

    waiting = (Stage.SUBMITTED, Stage.TRIAGE)
    for other in kept.others(session, nomination, nomination.policy_id, waiting):
        steps.take_step(session, None, other, "close-with-policy", make=answer, now=now)
        subject = f"{letters.about(other)} is retired"
        letters.tell(session, other.nominator, subject, "retired", other, now=now)
