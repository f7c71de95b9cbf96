"""Policies, their editions and passages; and how the library is listed and searched."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

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

    `words`, `dates`, `fields`, `refs` and `warnings` are what the reader found, as JSON.
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
    refs: Mapped[str] = mapped_column(default="[]")  # JSON: [start, end, number, title]
    warnings: Mapped[str] = mapped_column(default="[]")  # JSON: sentences
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


def overdue_before(today: date) -> str:
    """A bound for `next_review`: an ISO date compares as text."""
    return today.isoformat()
