"""Policies, their editions and passages; and how the library is listed and searched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    and_,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, defer, joinedload, mapped_column, relationship

from gross.store.db import Base


class Policy(Base):
    """A controlled document. Its words are in its editions; `current_id` names the one in force."""

    __tablename__ = "policy"
    __table_args__ = (
        CheckConstraint("(retired_at IS NULL) = (tombstone IS NULL)", name="tombstone_iff_retired"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(unique=True)  # path relative to the imported folder
    number: Mapped[str] = mapped_column(default="", index=True)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default="policy")
    department: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")  # as the document says it
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # ISO 8601 dates, to the precision that is known: "2016", "2016-03", "2016-03-12"
    effective: Mapped[str] = mapped_column(default="")
    last_reviewed: Mapped[str] = mapped_column(default="")
    next_review: Mapped[str] = mapped_column(default="", index=True)
    legal_hold: Mapped[bool] = mapped_column(default=False)
    current_id: Mapped[int | None] = mapped_column(
        ForeignKey("edition.id", use_alter=True, name="policy_current")
    )
    retired_at: Mapped[datetime | None]
    tombstone: Mapped[str | None]  # what to follow now
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"))

    current: Mapped[Edition | None] = relationship(foreign_keys=[current_id], post_update=True)
    successor: Mapped[Policy | None] = relationship(
        foreign_keys=[successor_id], remote_side="Policy.id"
    )

    @property
    def label(self) -> str:
        """ "IC-014 Hand Hygiene", or the title alone."""
        return f"{self.number} {self.title}".strip()


class Edition(Base):
    """One text of a policy, immutable, known by the SHA-256 of its original bytes.

    `dates`, `fields`, `refs` and `warnings` are what the reader and the manifest said, as JSON;
    `found` is where the text says it: "found", "approvals" and "mentions" as the reader gives them,
    nothing for an edition that came in before places were kept.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("policy_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    digest: Mapped[str] = mapped_column(index=True)  # hexadecimal SHA-256
    filename: Mapped[str]
    size_bytes: Mapped[int]
    text: Mapped[str]
    word_count: Mapped[int]
    dates: Mapped[str] = mapped_column(default="{}")  # JSON: name to ISO date
    fields: Mapped[str] = mapped_column(default="{}")  # JSON: name to value, as written
    refs: Mapped[str] = mapped_column(default="[]")  # JSON: [start, end, number, title]
    warnings: Mapped[str] = mapped_column(default="[]")  # JSON: sentences
    found: Mapped[str] = mapped_column(default="{}", server_default="{}")
    imported_at: Mapped[datetime]

    policy: Mapped[Policy] = relationship(foreign_keys=[policy_id])
    passages: Mapped[list[PassageRow]] = relationship(order_by="PassageRow.start")


class PassageRow(Base):
    """A passage of an edition; offsets are code points of the edition's text."""

    __tablename__ = "passage"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    end: Mapped[int]
    kind: Mapped[str]
    section: Mapped[str] = mapped_column(default="")


class Prepared(Base):
    """What the analysis keeps for an edition's text; made once for each pipeline version."""

    __tablename__ = "prepared"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    pipeline: Mapped[int] = mapped_column(primary_key=True)
    blob: Mapped[bytes] = mapped_column(LargeBinary)


Index("policy_by_title", Policy.title)
Index("policy_by_current", Policy.current_id)  # to take an edition back is to look who needs it


def overdue(today: date) -> ColumnElement[bool]:
    """In force, and its next review has passed.

    A date that is known to the month or year alone is compared to that precision, so that nobody is
    accused early: "2026-11" is overdue from December.
    """
    as_far_as_known = func.substr(today.isoformat(), 1, func.length(Policy.next_review))
    return and_(
        Policy.retired_at.is_(None), Policy.next_review != "", Policy.next_review < as_far_as_known
    )


def is_overdue(policy: Policy, today: date) -> bool:
    """Answer for one policy what `overdue` asks of all."""
    known = policy.next_review
    return policy.retired_at is None and "" < known < today.isoformat()[: len(known)]


def by_sources(session: Session, sources: Iterable[str]) -> dict[str, Policy]:
    """Find policies by source, with their current edition but without its text."""
    found = session.scalars(
        select(Policy)
        .where(Policy.source.in_(list(sources)))
        .options(joinedload(Policy.current).defer(Edition.text))
    )
    return {policy.source: policy for policy in found}


@dataclass(frozen=True, slots=True)
class Known:
    """What tells a file that did not change: its digest; and by what a manifest may name it."""

    digest: str
    number: str
    title: str


def in_force(session: Session) -> dict[str, Known]:
    """Each policy in force by its source, with the digest of its current edition."""
    rows = session.execute(
        select(Policy.source, Edition.digest, Policy.number, Policy.title)
        .join(Edition, Edition.id == Policy.current_id)
        .where(Policy.retired_at.is_(None))
    )
    return {row.source: Known(row.digest, row.number, row.title) for row in rows}


def edition_with(session: Session, policy: Policy, digest: str) -> Edition | None:
    return session.scalar(
        select(Edition).where(Edition.policy_id == policy.id, Edition.digest == digest)
    )


def retired_with(session: Session, digest: str, text: str | None = None) -> Policy | None:
    """Find a retired policy of which these bytes are an edition, wherever the file lies now.

    The parts of a manual share its bytes: `text` tells one from the others.
    """
    wanted = select(Policy).join(Edition, Edition.policy_id == Policy.id)
    wanted = wanted.where(Edition.digest == digest, Policy.retired_at.is_not(None))
    if text is not None:
        wanted = wanted.where(Edition.text == text)
    return session.scalar(wanted.limit(1))


def editions_of(session: Session, policy: Policy) -> list[Edition]:
    """All editions, newest first, without their texts."""
    return list(
        session.scalars(
            select(Edition)
            .where(Edition.policy_id == policy.id)
            .order_by(Edition.id.desc())
            .options(defer(Edition.text))
        )
    )


def departments(session: Session) -> list[str]:
    return list(
        session.scalars(
            select(Policy.department)
            .where(Policy.department != "")
            .distinct()
            .order_by(Policy.department)
        )
    )
