"""The route of offices that sign, who holds them, and the signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gross.domain.approval import Decision, Read, Signed, offices_left, standing
from gross.domain.ballot import digest
from gross.store.ballots import Ballot
from gross.store.db import Base
from gross.store.people import Person


class Office(Base):
    """A seat on the route; offices sign in the order of `position`."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(unique=True)

    holders: Mapped[list[OfficeHolder]] = relationship(cascade="all, delete-orphan")

    @property
    def people(self) -> list[Person]:
        """Who may sign for it: its holders who are not disabled."""
        return [holder.person for holder in self.holders if holder.person.disabled_at is None]


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

    @property
    def signed(self) -> Signed:
        """As the rules look at it."""
        read = Read(self.edition_digest, self.tally_digest)
        return Signed(self.office_id, self.person_id, Decision(self.decision), read)


def route(session: Session) -> list[Office]:
    return list(session.scalars(select(Office).order_by(Office.position)))


def signatures(session: Session, ballot_id: int) -> list[Signature]:
    """All signatures of a ballot's round, in their order, voided ones included."""
    return list(
        session.scalars(
            select(Signature).where(Signature.ballot_id == ballot_id).order_by(Signature.id)
        )
    )


def what_is_signed(ballot: Ballot | None) -> Read | None:
    """The text in force and the count of a closed ballot; None where there is nothing to sign."""
    policy = ballot.nomination.policy if ballot is not None else None
    if ballot is None or ballot.tally is None or policy is None or policy.current is None:
        return None
    return Read(policy.current.digest, digest(ballot.tally))


@dataclass(frozen=True, slots=True)
class Signing:
    """How far the signing of a ballot's outcome is.

    `valid` maps an office's id to the signature that stands for it; `text_signed` says whether
    the newest approval covers the edition in force.
    """

    route: list[Office]
    left: list[Office]
    valid: dict[int, Signature]
    text_signed: bool

    @property
    def signers(self) -> frozenset[int]:
        return frozenset(signature.person_id for signature in self.valid.values())


def signing(session: Session, ballot: Ballot | None) -> Signing:
    """Ask how far the signing is; before a closed ballot every office is left."""
    offices = route(session)
    read = what_is_signed(ballot)
    if ballot is None or read is None:
        return Signing(offices, offices, {}, text_signed=True)
    made = signatures(session, ballot.id)
    left = set(offices_left([office.id for office in offices], (one.signed for one in made), read))
    stands = standing([one.signed for one in made], read)
    approvals = [one for one in made if one.decision == Decision.SIGN]
    return Signing(
        offices,
        [office for office in offices if office.id in left],
        {one.office_id: one for one in made if one.signed in stands},
        text_signed=not approvals or approvals[-1].edition_digest == read.edition_digest,
    )
