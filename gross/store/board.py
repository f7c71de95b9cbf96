"""What the board shows of all nominations: numbers, policies and answers, and nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from gross.domain.workflow import Stage
from gross.store import nominations
from gross.store.nominations import Nomination
from gross.store.policies import Edition, Policy

NEEDS_ANSWER = (Stage.SUBMITTED, Stage.TRIAGE)
ANSWERED = (Stage.RETIRED, Stage.KEPT, Stage.DONE, Stage.WITH_OWNER, Stage.ADVOCACY)


@dataclass(frozen=True, slots=True)
class Board:
    """`words` is how many words the retired policies had; `total` counts what `answered` pages."""

    waiting: int
    balloting: int
    signing: int
    leaving: int
    retired: int
    words: int
    total: int
    answered: Sequence[Nomination]


def read_board(session: Session, *, start: int, most: int) -> Board:
    """Three queries, whatever the number of nominations."""
    counts = nominations.counted(session)
    policies, words = session.execute(
        select(func.count(Policy.id), func.coalesce(func.sum(Edition.word_count), 0))
        .join(Edition, Policy.current_id == Edition.id)
        .where(Policy.retired_at.is_not(None))
    ).one()
    return Board(
        waiting=sum(counts.get(stage, 0) for stage in NEEDS_ANSWER),
        balloting=counts.get(Stage.BALLOT, 0) + counts.get(Stage.NO_QUORUM, 0),
        signing=counts.get(Stage.APPROVAL, 0),
        leaving=counts.get(Stage.SCHEDULED, 0),
        retired=policies,
        words=words,
        total=sum(counts.get(stage, 0) for stage in ANSWERED),
        answered=_answered(session, start, most),
    )


def _answered(session: Session, start: int, most: int) -> Sequence[Nomination]:
    return session.scalars(
        select(Nomination)
        .where(Nomination.stage.in_(ANSWERED))
        .options(joinedload(Nomination.policy))
        .order_by(Nomination.moved_at.desc(), Nomination.id.desc())
        .offset(start)
        .limit(most)
    ).all()
