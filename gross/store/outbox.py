"""Letters that wait to be sent. They are written in the deed's own transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gross.store.db import Base
from gross.store.people import Person


class Letter(Base):
    """One mail to one person. `sent_at` is set once the mail server took it."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("tries >= 0", name="tries_counted"),
        Index("letters_waiting", "sent_at", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"), index=True)
    subject: Mapped[str]
    body: Mapped[str]
    path: Mapped[str] = mapped_column(default="")  # of the page it is about, below the base URL
    written_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(default="")  # what the mail server last said

    person: Mapped[Person] = relationship()


def due(session: Session, *, now: datetime) -> Letter | None:
    """The letter that has waited longest, whose person can be written to."""
    return session.scalar(
        select(Letter)
        .join(Letter.person)
        .where(
            Letter.sent_at.is_(None),
            Letter.next_try_at <= now,
            Person.email != "",
            Person.disabled_at.is_(None),
        )
        .order_by(Letter.next_try_at, Letter.id)
        .limit(1)
    )
