"""Long work as rows: what was asked for, how far it is, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gross.store.db import Base


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


STALE_AFTER = timedelta(seconds=60)  # a worker beats every few seconds
_STATES = ", ".join(f"'{state}'" for state in JobState)


class Job(Base):
    """The row is the truth; a worker that dies leaves it running, and its beat goes stale."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        Index("job_queue", "state", "id"),
        Index("job_about", "about", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # of the job in `jobs.ALL`
    state: Mapped[str] = mapped_column(default=JobState.WAITING)
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    began_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]  # the worker was alive then
    ended_at: Mapped[datetime | None]
    doing: Mapped[str] = mapped_column(default="")  # the stage of the work
    doing_at: Mapped[datetime | None]  # when that began: the time left counts from there
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    at_hand: Mapped[str] = mapped_column(default="")  # what it is working on, as a person names it
    about: Mapped[int | None]  # id of the row that it works on, of the kind that its name says
    attempts: Mapped[int] = mapped_column(default=0)  # claims that did not end or hand it back
    outcome: Mapped[str] = mapped_column(default="")  # one sentence, when it ended

    @property
    def has_ended(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


def next_to_do(session: Session, *, now: datetime) -> Job | None:
    """The oldest job that waits, or whose worker has not been heard of for STALE_AFTER."""
    stale = and_(Job.state == JobState.RUNNING, Job.beat_at < now - STALE_AFTER)
    return session.scalar(
        select(Job).where(or_(Job.state == JobState.WAITING, stale)).order_by(Job.id).limit(1)
    )


def under_way(session: Session, name: str, about: int | None = None) -> Job | None:
    """The job of that name, about that row, that waits or runs."""
    return session.scalar(
        select(Job)
        .where(
            Job.name == name,
            Job.about == about,
            Job.state.in_((JobState.WAITING, JobState.RUNNING)),
        )
        .order_by(Job.id)
        .limit(1)
    )


def held(session: Session, job_id: int, began_at: datetime) -> Job | None:
    """The job, if it still runs under the claim that began then; not cancelled, not taken over."""
    return session.scalar(
        select(Job).where(Job.id == job_id, Job.state == JobState.RUNNING, Job.began_at == began_at)
    )


def newest_about(session: Session, names: Iterable[str], about: int) -> Job | None:
    """The last job of any of these names that was asked for about that row."""
    return session.scalar(
        select(Job)
        .where(Job.name.in_(list(names)), Job.about == about)
        .order_by(Job.id.desc())
        .limit(1)
    )
