"""Nominations: what people want gone, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from gross.domain.workflow import Stage
from gross.store.db import Base
from gross.store.people import Person
from gross.store.policies import Policy

UNDER_WAY = (Stage.BALLOT, Stage.NO_QUORUM, Stage.APPROVAL, Stage.SCHEDULED)
_STAGES = ", ".join(f"'{stage}'" for stage in Stage)


class Nomination(Base):
    __tablename__ = "nomination"
    __table_args__ = (
        CheckConstraint(f"stage IN ({_STAGES})", name="stage_known"),
        CheckConstraint(
            "(stage = 'retired') = (retired_at IS NOT NULL)", name="retired_at_iff_retired"
        ),
        CheckConstraint("stage <> 'scheduled' OR retire_on IS NOT NULL", name="scheduled_has_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"), index=True)
    flag_id: Mapped[int | None] = mapped_column(ForeignKey("flag.id"))
    nominator_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    what: Mapped[str]  # the stupid stuff, in the nominator's words
    why: Mapped[str]
    where_met: Mapped[str] = mapped_column(default="")
    stage: Mapped[str] = mapped_column(default=Stage.SUBMITTED, index=True)
    submitted_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")  # the newest reason that the nominator reads
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"))
    notice_days: Mapped[int] = mapped_column(default=14)  # from the last signature to retirement
    retire_on: Mapped[date | None]
    retired_at: Mapped[datetime | None]

    policy: Mapped[Policy | None] = relationship(foreign_keys=[policy_id])
    successor: Mapped[Policy | None] = relationship(foreign_keys=[successor_id])
    nominator: Mapped[Person] = relationship()


Index("nomination_queue", Nomination.stage, Nomination.submitted_at)


def listed(
    session: Session,
    *,
    nominator_id: int | None = None,
    stage: Stage | None = None,
    start: int,
    most: int,
) -> list[Nomination]:
    """One page: submitted ones the oldest first, all others by their newest move."""
    query = select(Nomination).options(
        joinedload(Nomination.policy), joinedload(Nomination.nominator)
    )
    if nominator_id is not None:
        query = query.where(Nomination.nominator_id == nominator_id)
    if stage is not None:
        query = query.where(Nomination.stage == stage)
    if stage is Stage.SUBMITTED:
        query = query.order_by(Nomination.submitted_at, Nomination.id)
    else:
        query = query.order_by(Nomination.moved_at.desc(), Nomination.id.desc())
    return list(session.scalars(query.offset(start).limit(most)))


def counted(session: Session, *, nominator_id: int | None = None) -> dict[Stage, int]:
    """How many nominations stand at each stage; stages without any are left out."""
    query = select(Nomination.stage, func.count(Nomination.id)).group_by(Nomination.stage)
    if nominator_id is not None:
        query = query.where(Nomination.nominator_id == nominator_id)
    return {Stage(stage): number for stage, number in session.execute(query)}


def others(
    session: Session, nomination: Nomination, policy_id: int, stages: Iterable[Stage]
) -> list[Nomination]:
    """Other nominations of a policy that stand at one of `stages`."""
    return list(
        session.scalars(
            select(Nomination)
            .where(
                Nomination.policy_id == policy_id,
                Nomination.id != nomination.id,
                Nomination.stage.in_(list(stages)),
            )
            .order_by(Nomination.id)
        )
    )


def due(session: Session, today: date) -> list[int]:
    """Ids of the nominations whose policy retires today or should have."""
    return list(
        session.scalars(
            select(Nomination.id)
            .where(Nomination.stage == Stage.SCHEDULED, Nomination.retire_on <= today)
            .order_by(Nomination.retire_on, Nomination.id)
        )
    )


def about_policies(session: Session, policy_ids: Iterable[int], most: int) -> list[Nomination]:
    """What people said of any of these policies, newest first; withdrawn words are left alone."""
    return list(
        session.scalars(
            select(Nomination)
            .where(Nomination.policy_id.in_(list(policy_ids)), Nomination.stage != Stage.WITHDRAWN)
            .order_by(Nomination.id.desc())
            .limit(most)
            .options(joinedload(Nomination.nominator))
        )
    )
