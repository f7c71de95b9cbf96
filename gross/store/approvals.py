"""The route of offices that sign, who holds them, and the signatures."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gross.store.db import Base
from gross.store.people import Person


class Office(Base):
    """A seat on the route; offices sign in the order of `position`."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(unique=True)

    holders: Mapped[list[OfficeHolder]] = relationship(cascade="all, delete-orphan")


class OfficeHolder(Base):
    """Any one of an office's holders may sign for it."""

    __tablename__ = "office_holder"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)

    person: Mapped[Person] = relationship()


class Signature(Base):
    """A signed decision, bound to what was read: the edition's and the tally's digests."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("ballot_id", "office_id", "edition_digest", "decision"),
        UniqueConstraint("ballot_id", "person_id", "edition_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[str]  # sign, refuse, send-back
    meaning: Mapped[str]
    edition_digest: Mapped[str]
    tally_digest: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime]

    office: Mapped[Office] = relationship()
    person: Mapped[Person] = relationship()


def route(session: Session) -> list[Office]:
    return list(session.scalars(select(Office).order_by(Office.position)))


def signatures(session: Session, ballot_id: int) -> list[Signature]:
    """All signatures of a ballot's round, in their order, voided ones included."""
    return list(
        session.scalars(
            select(Signature).where(Signature.ballot_id == ballot_id).order_by(Signature.id)
        )
    )
