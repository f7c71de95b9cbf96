"""Flags: what detectors claim, with the quoted passages, and what people answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from gross.domain.flag import FlagState
from gross.store.db import Base
from gross.store.policies import Policy

_STATES = ", ".join(f"'{state}'" for state in FlagState)


class Scan(Base):
    """One look at the whole library."""

    __tablename__ = "scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    policies: Mapped[int] = mapped_column(default=0)
    words: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[str] = mapped_column(default="{}")  # JSON: stage to seconds


class Flag(Base):
    """A claim about one or more policies. `key` keeps the answer when a later scan finds it again.

    `passages`: JSON, a list of {"of": [0, 1], "a": {"start", "end", "text"}, "b": ...}; offsets
    are code points of the editions named in `editions`, a JSON list of edition ids.
    """

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answered_by_whom"),
        CheckConstraint("state <> 'dismissed' OR reason <> ''", name="dismissal_says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    detector: Mapped[str]
    detector_version: Mapped[int]
    kind: Mapped[str]
    score: Mapped[float]
    sentence: Mapped[str]
    passages: Mapped[str]
    editions: Mapped[str]
    state: Mapped[str] = mapped_column(default=FlagState.OPEN)
    first_seen_at: Mapped[datetime]
    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id"))  # the newest that found it
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")

    subjects: Mapped[list[FlagPolicy]] = relationship(
        order_by="FlagPolicy.position", cascade="all, delete-orphan"
    )

    @property
    def policies(self) -> list[Policy]:
        return [subject.policy for subject in self.subjects]


class FlagPolicy(Base):
    __tablename__ = "flag_policy"

    flag_id: Mapped[int] = mapped_column(ForeignKey("flag.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)

    policy: Mapped[Policy] = relationship()


# All that the queue filters, counts and orders by: a flag's row is long, and is not read for that.
Index("flag_queue", Flag.state, Flag.kind, Flag.detector, Flag.score)


def states_by_key(session: Session) -> dict[str, tuple[int, str]]:
    """Every flag's id and state, by its key."""
    found = session.execute(select(Flag.key, Flag.id, Flag.state))
    return {key: (flag_id, state) for key, flag_id, state in found}


def keys_of(session: Session, detectors: Collection[str]) -> set[str]:
    """The keys of all flags that these detectors ever raised."""
    return set(session.scalars(select(Flag.key).where(Flag.detector.in_(detectors))))


def retired_policies(session: Session) -> set[int]:
    return set(session.scalars(select(Policy.id).where(Policy.retired_at.is_not(None))))


def newest_scan(session: Session) -> Scan | None:
    return session.scalar(select(Scan).order_by(Scan.id.desc()).limit(1))


def found_by(session: Session, scan: Scan) -> Iterator[Flag]:
    """The flags that a scan found, whatever people answered; a hundred at a time."""
    return iter(
        session.scalars(
            select(Flag)
            .where(Flag.scan_id == scan.id, Flag.state != FlagState.GONE)
            .order_by(Flag.id)
            .options(selectinload(Flag.subjects).joinedload(FlagPolicy.policy))
            .execution_options(yield_per=100)
        )
    )
