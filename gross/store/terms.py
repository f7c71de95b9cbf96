"""Terms that a hospital looks for itself, and which of the shipped ones it switched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gross.store.db import Base


class OwnTerm(Base):
    """A term that somebody here added; taken back, it stays for the record only.

    `spellings`: plain words, one a line; "*" stands for letters inside a word.
    """

    __tablename__ = "own_term"
    __table_args__ = (
        CheckConstraint("(taken_back_by IS NULL) = (taken_back_at IS NULL)", name="taken_back"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    spellings: Mapped[str]
    exceptions: Mapped[str] = mapped_column(default="")  # as `spellings`
    replacement: Mapped[str] = mapped_column(default="")  # "" for nothing
    effective: Mapped[str]  # ISO 8601, to the precision that is known
    source: Mapped[str]
    is_on: Mapped[bool] = mapped_column(default=True)
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]

    @property
    def code(self) -> str:
        return f"H{self.id}"


class TermSwitch(Base):
    """A shipped term, by its code in the data file, that is not as it came."""

    __tablename__ = "term_switch"

    code: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    switched_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    switched_at: Mapped[datetime]


def own_terms(session: Session) -> list[OwnTerm]:
    """Those that are not taken back, the newest first."""
    return list(
        session.scalars(
            select(OwnTerm).where(OwnTerm.taken_back_at.is_(None)).order_by(OwnTerm.id.desc())
        )
    )


def switches(session: Session) -> dict[str, bool]:
    """Codes of shipped terms that were switched, and whether they are on."""
    return {row.code: row.is_on for row in session.scalars(select(TermSwitch))}
