"""What waits for whom: replies, votes, triage, signatures, retirements, in a few queries each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gross.domain.flag import FlagState
from gross.domain.workflow import Stage
from gross.store.approvals import Office, OfficeHolder, Signature
from gross.store.ballots import Ballot, Elector, Paper
from gross.store.detectors import not_silenced
from gross.store.flags import Flag
from gross.store.nominations import Nomination
from gross.store.people import Person
from gross.store.policies import Edition, Policy

MOST = 10  # shown of each kind; the rest is a link away
UNANSWERED = (Stage.SUBMITTED, Stage.TRIAGE)


@dataclass(frozen=True, slots=True)
class Approval:
    """A nomination that waits for signatures, and the offices that have not signed, in order."""

    nomination: Nomination
    ballot: Ballot
    left: tuple[Office, ...]


def replies(session: Session, person: Person) -> list[Nomination]:
    """What became of this person's nominations, the newest answer first."""
    return list(
        session.scalars(
            select(Nomination)
            .where(Nomination.nominator_id == person.id, Nomination.stage != Stage.SUBMITTED)
            .order_by(Nomination.moved_at.desc(), Nomination.id.desc())
            .limit(MOST)
            .options(joinedload(Nomination.policy))
        )
    )


def of_elector(person: Person, *, now: datetime) -> Select[Ballot]:
    """Open ballots that this person may vote on, whether or not a vote is cast."""
    return (
        select(Ballot)
        .join(Elector, Elector.ballot_id == Ballot.id)
        .where(
            Elector.person_id == person.id,
            Elector.recused_at.is_(None),
            Ballot.closed_at.is_(None),
            Ballot.closes_at > now,
        )
        .order_by(Ballot.closes_at, Ballot.id)
        .options(joinedload(Ballot.nomination).joinedload(Nomination.policy))
    )


def ballots_to_vote(session: Session, person: Person, *, now: datetime) -> list[Ballot]:
    """Open ballots without this person's vote, the next to close first."""
    query = of_elector(person, now=now).outerjoin(Paper, Paper.elector_id == Elector.id)
    return list(session.scalars(query.where(Paper.elector_id.is_(None))))


def votes_missing(session: Session, person: Person, *, now: datetime) -> int:
    query = of_elector(person, now=now).outerjoin(Paper, Paper.elector_id == Elector.id)
    unvoted = query.where(Paper.elector_id.is_(None)).with_only_columns(
        func.count(Ballot.id), maintain_column_froms=True
    )
    return session.scalar(unvoted.order_by(None)) or 0


def open_flags(session: Session) -> int:
    """Those that wait in the queue; a suspended detector's wait out of sight."""
    query = select(func.count(Flag.id)).where(Flag.state == FlagState.OPEN, not_silenced())
    return session.scalar(query) or 0


def to_triage(session: Session) -> list[Nomination]:
    """Nominations without an answer, the oldest first."""
    return list(
        session.scalars(
            select(Nomination)
            .where(Nomination.stage.in_(UNANSWERED))
            .order_by(Nomination.submitted_at, Nomination.id)
            .limit(MOST)
            .options(joinedload(Nomination.policy))
        )
    )


def triage_count(session: Session) -> int:
    return (
        session.scalar(select(func.count(Nomination.id)).where(Nomination.stage.in_(UNANSWERED)))
        or 0
    )


def to_retire(session: Session) -> list[Nomination]:
    """Scheduled retirements, the next day first."""
    return list(
        session.scalars(
            select(Nomination)
            .where(Nomination.stage == Stage.SCHEDULED)
            .order_by(Nomination.retire_on, Nomination.id)
            .options(joinedload(Nomination.policy), joinedload(Nomination.successor))
        )
    )


def retirements_due(session: Session, today: date) -> int:
    return (
        session.scalar(
            select(func.count(Nomination.id)).where(
                Nomination.stage == Stage.SCHEDULED, Nomination.retire_on <= today
            )
        )
        or 0
    )


def in_approval(session: Session) -> list[Approval]:
    """Everything that waits for signatures, in four queries whatever its number."""
    newest = (
        select(func.max(Ballot.id))
        .join(Nomination, Nomination.id == Ballot.nomination_id)
        .where(Nomination.stage == Stage.APPROVAL)
        .group_by(Ballot.nomination_id)
    )
    rounds = session.execute(
        select(Ballot, Edition.digest)
        .join(Nomination, Nomination.id == Ballot.nomination_id)
        .join(Policy, Policy.id == Nomination.policy_id)
        .join(Edition, Edition.id == Policy.current_id)
        .where(Ballot.id.in_(newest))
        .order_by(Nomination.moved_at, Nomination.id)
        .options(joinedload(Ballot.nomination).joinedload(Nomination.policy))
    ).all()
    offices = session.scalars(
        select(Office).order_by(Office.position).options(selectinload(Office.holders))
    ).all()
    signed = _signed(session, (ballot.id for ballot, _ in rounds))
    return [
        Approval(
            ballot.nomination,
            ballot,
            tuple(one for one in offices if (ballot.id, one.id, digest) not in signed),
        )
        for ballot, digest in rounds
    ]


def holds(person: Person, approval: Approval) -> bool:
    """Is it this person's turn? Any one of an office's holders may sign for it."""
    holders: Iterable[OfficeHolder] = approval.left[0].holders if approval.left else ()
    return any(holder.person_id == person.id for holder in holders)


def _signed(session: Session, ballots: Iterable[int]) -> set[tuple[int, int, str]]:
    """Which office signed which text on which ballot; a signature of an older text is void."""
    found = session.execute(
        select(Signature.ballot_id, Signature.office_id, Signature.edition_digest).where(
            Signature.ballot_id.in_(list(ballots)), Signature.decision == "sign"
        )
    )
    return {(ballot, office, digest) for ballot, office, digest in found}


def closed_ballots(session: Session) -> int:
    query = select(func.count(Ballot.id)).where(Ballot.closed_at.is_not(None))
    return session.scalar(query) or 0
