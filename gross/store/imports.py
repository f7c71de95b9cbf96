"""Imports of a folder or ZIP: what came in, and what could not be read and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gross.store.db import Base
from gross.store.people import Person
from gross.store.policies import Policy

OUTCOMES = ("new", "changed", "same", "refused", "missing")


class Import(Base):
    """One import. It is written file by file: a killed one keeps what it had finished."""

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]  # of the folder or ZIP, without its path

    person: Mapped[Person | None] = relationship()


class ImportItem(Base):
    """What became of one file; "missing" means that the manifest names it and it was not there."""

    __tablename__ = "import_item"
    __table_args__ = (
        UniqueConstraint("import_id", "source"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome_known"),
        CheckConstraint(
            "(outcome IN ('refused', 'missing')) = (reason <> '')", name="refused_says_why"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    source: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"))

    policy: Mapped[Policy | None] = relationship()


def newest(session: Session, *, skip: int, most: int) -> list[Import]:
    return list(session.scalars(select(Import).order_by(Import.id.desc()).offset(skip).limit(most)))


def tallies(session: Session, ids: list[int]) -> dict[int, dict[str, int]]:
    """Count the outcomes of each import; an outcome that did not occur counts 0."""
    found = {import_id: dict.fromkeys(OUTCOMES, 0) for import_id in ids}
    rows = session.execute(
        select(ImportItem.import_id, ImportItem.outcome, func.count())
        .where(ImportItem.import_id.in_(ids))
        .group_by(ImportItem.import_id, ImportItem.outcome)
    )
    for import_id, outcome, number in rows:
        found[import_id][outcome] = number
    return found
