"""Flags: what detectors claim, with the quoted passages, and what people answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

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


Index("flag_queue", Flag.state, Flag.kind, Flag.score)
