"""What people decided of detectors, and what became of their flags."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, func, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from gross.domain.flag import FlagState, Standing
from gross.store.db import Base
from gross.store.flags import Flag
from gross.store.people import Person

_STANDINGS = ", ".join(f"'{standing}'" for standing in Standing)


class DetectorStanding(Base):
    """A detector that is suspended or endorsed; one without a row is simply in use."""

    __tablename__ = "detector_standing"
    __table_args__ = (
        CheckConstraint(f"standing IN ({_STANDINGS})", name="standing_known"),
        CheckConstraint("reason <> ''", name="standing_says_why"),
    )

    detector: Mapped[str] = mapped_column(primary_key=True)
    standing: Mapped[str]
    reason: Mapped[str]
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]

    decider: Mapped[Person] = relationship()


def standings(session: Session) -> dict[str, DetectorStanding]:
    found = session.scalars(select(DetectorStanding).options(joinedload(DetectorStanding.decider)))
    return {each.detector: each for each in found}


def suspended(session: Session) -> frozenset[str]:
    """The names of the detectors that raise nothing for now."""
    return frozenset(
        session.scalars(
            select(DetectorStanding.detector).where(DetectorStanding.standing == Standing.SUSPENDED)
        )
    )


def not_silenced() -> ColumnElement[bool]:
    """Flags that people see: all but the open ones of a suspended detector."""
    silent = select(DetectorStanding.detector).where(
        DetectorStanding.standing == Standing.SUSPENDED
    )
    return or_(Flag.state != FlagState.OPEN, Flag.detector.not_in(silent))


def hidden_flags(session: Session) -> int:
    """How many open flags wait out of sight."""
    query = select(func.count(Flag.id)).join(
        DetectorStanding, DetectorStanding.detector == Flag.detector
    )
    hidden = query.where(
        DetectorStanding.standing == Standing.SUSPENDED, Flag.state == FlagState.OPEN
    )
    return session.scalar(hidden) or 0


def counts(session: Session) -> dict[str, dict[str, int]]:
    """By detector, how many of its flags are in each state."""
    found: dict[str, dict[str, int]] = {}
    for detector, state, number in session.execute(
        select(Flag.detector, Flag.state, func.count(Flag.id)).group_by(Flag.detector, Flag.state)
    ):
        found.setdefault(detector, {})[state] = number
    return found


def newest_dismissals(session: Session, detector: str, most: int) -> list[Flag]:
    return list(
        session.scalars(
            select(Flag)
            .where(Flag.detector == detector, Flag.state == FlagState.DISMISSED)
            .order_by(Flag.answered_at.desc(), Flag.id.desc())
            .limit(most)
        )
    )
