"""Ballots in roll-call mode: the frozen electorate and the papers."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gross.domain.ballot import Choice, Rule, Tally, count, read_tally
from gross.store.db import Base
from gross.store.nominations import Nomination
from gross.store.people import Person
from gross.store.policies import Edition

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
    edition: Mapped[Edition] = relationship()
    electors: Mapped[list[Elector]] = relationship(order_by="Elector.id")

    @property
    def rule(self) -> Rule:
        return Rule(Fraction(self.quorum), Fraction(self.threshold))

    @property
    def eligible(self) -> list[Elector]:
        """Who may vote: the roll without the recused."""
        return [elector for elector in self.electors if elector.recused_at is None]

    @property
    def numbers(self) -> Tally:
        """The count: as it was closed, or of the papers so far, which nobody is shown."""
        if self.tally is not None:
            return read_tally(self.tally)
        papers = [elector.paper for elector in self.eligible if elector.paper is not None]
        return count(len(self.eligible), (Choice(paper.choice) for paper in papers))


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


def of(session: Session, nomination: Nomination) -> list[Ballot]:
    """The ballots of a nomination, oldest first."""
    return list(
        session.scalars(
            select(Ballot).where(Ballot.nomination_id == nomination.id).order_by(Ballot.id)
        )
    )


def newest(session: Session, nomination: Nomination) -> Ballot | None:
    return next(reversed(of(session, nomination)), None)


def elector(session: Session, ballot: Ballot, person: Person) -> Elector | None:
    """`person`'s place on the roll."""
    return session.scalar(
        select(Elector).where(Elector.ballot_id == ballot.id, Elector.person_id == person.id)
    )


def due(session: Session, *, now: datetime) -> list[int]:
    """Ids of the open ballots whose closing time has passed."""
    return list(
        session.scalars(
            select(Ballot.id)
            .where(Ballot.closed_at.is_(None), Ballot.closes_at <= now)
            .order_by(Ballot.closes_at, Ballot.id)
        )
    )
