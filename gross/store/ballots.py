"""Ballots in roll-call mode: the frozen electorate and the papers."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gross.domain.ballot import Choice, Rule
from gross.store.db import Base
from gross.store.nominations import Nomination
from gross.store.people import Person

_CHOICES = ", ".join(f"'{choice}'" for choice in Choice)


class Ballot(Base):
    """A question to the committee. `tally` is canonical JSON, written once, at closing."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (tally IS NULL)", name="tally_iff_closed"),
        CheckConstraint("closes_at > opened_at", name="closes_after_opening"),
        Index(
            "one_open_ballot", "nomination_id", unique=True, sqlite_where=text("closed_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))  # the text that is voted on
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    quorum: Mapped[str] = mapped_column(default="1/2")
    threshold: Mapped[str] = mapped_column(default="2/3")
    tally: Mapped[str | None]
    result: Mapped[str] = mapped_column(default="")  # one sentence, written at closing

    nomination: Mapped[Nomination] = relationship()
    electors: Mapped[list[Elector]] = relationship(order_by="Elector.id")

    @property
    def rule(self) -> Rule:
        return Rule(Fraction(self.quorum), Fraction(self.threshold))


class Elector(Base):
    """One who may vote, frozen at opening with name and profession as they were."""

    __tablename__ = "elector"
    __table_args__ = (Index("elector_once", "ballot_id", "person_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    profession: Mapped[str] = mapped_column(default="")
    recused_at: Mapped[datetime | None]
    recused_because: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()
    paper: Mapped[Paper | None] = relationship(cascade="all, delete-orphan")


class Paper(Base):
    """A vote. One for each elector: a changed vote replaces it, a recusal withdraws it."""

    __tablename__ = "paper"
    __table_args__ = (CheckConstraint(f"choice IN ({_CHOICES})", name="choice_known"),)

    elector_id: Mapped[int] = mapped_column(ForeignKey("elector.id"), primary_key=True)
    choice: Mapped[str]
    rationale: Mapped[str] = mapped_column(default="")
    cast_at: Mapped[datetime]
