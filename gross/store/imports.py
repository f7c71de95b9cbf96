"""Imports of a folder, a ZIP or an upload: what came in, and what could not be read and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
)

from gross.store.db import Base
from gross.store.people import Person
from gross.store.policies import Edition, Policy

OUTCOMES = ("new", "changed", "same", "refused", "returned", "missing", "duplicate")
READ = ("new", "changed", "same")
UNREAD = ("refused", "returned")  # what somebody has to deal with
# What needs somebody comes first.
ORDER = ("refused", "returned", "missing", "duplicate", "new", "changed", "same")


class ImportState(StrEnum):
    DRAFT = "draft"  # uploaded, not looked at
    CHECKED = "checked"  # its items say what would become of each file
    BEGUN = "begun"
    DONE = "done"
    UNDONE = "undone"


_STATES = ", ".join(f"'{state}'" for state in ImportState)


class Import(Base):
    """One import. It is written batch by batch: a killed one keeps what it had finished."""

    __tablename__ = "import"
    __table_args__ = (CheckConstraint(f"state IN ({_STATES})", name="import_state_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]  # of the folder or ZIP, without its path
    state: Mapped[str] = mapped_column(default=ImportState.BEGUN, server_default="done")
    upload: Mapped[str] = mapped_column(default="", server_default="")  # its folder of the home
    sheet: Mapped[str | None]  # source of the manifest; "" for none, NULL to find it
    layout: Mapped[str] = mapped_column(default="", server_default="")  # of intake.layouts
    columns: Mapped[str] = mapped_column(default="", server_default="")  # JSON, a person's mapping
    is_whole: Mapped[bool] = mapped_column(default=False, server_default="0")
    undone_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()


class ImportItem(Base):
    """What became of one file, or what would (`is_planned`).

    "missing": the manifest names it and it was not there. "returned": it is an edition of a retired
    policy. "duplicate": a manifest row that repeats another, or an older version of a file.
    """

    __tablename__ = "import_item"
    __table_args__ = (
        UniqueConstraint("import_id", "source"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome_known"),
        CheckConstraint(f"(outcome IN {READ}) = (reason = '')", name="unread_says_why"),
        Index("import_item_by_source", "source"),
        Index("import_item_unread", "outcome", "dealt_at"),
        Index("import_item_by_policy", "policy_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    source: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"))
    is_planned: Mapped[bool] = mapped_column(default=False, server_default="0")
    line: Mapped[int | None]  # of the manifest row that spoke for it
    # What it made, for undoing. They stay when the rows are gone, so that no id comes back.
    made_policy: Mapped[int | None] = mapped_column(index=True)
    made_edition: Mapped[int | None] = mapped_column(index=True)
    entry_seq: Mapped[int | None]  # of the ledger
    before: Mapped[str] = mapped_column(default="", server_default="")  # JSON: the policy's columns
    undo: Mapped[str] = mapped_column(default="", server_default="")  # "taken back" or "stays"
    stays_because: Mapped[str] = mapped_column(default="", server_default="")
    dealt_at: Mapped[datetime | None]
    dealt_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", name="import_item_dealt_by")
    )
    dealt_reason: Mapped[str] = mapped_column(default="", server_default="")

    policy: Mapped[Policy | None] = relationship()
    record: Mapped[Import] = relationship()


class UploadFile(Base):
    """A file that somebody uploaded for an import; its bytes lie in the import's upload folder."""

    __tablename__ = "upload_file"
    __table_args__ = (UniqueConstraint("import_id", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    source: Mapped[str]
    size_bytes: Mapped[int]


def newest(session: Session, where: ColumnElement[bool], *, skip: int, most: int) -> list[Import]:
    return list(
        session.scalars(
            select(Import)
            .where(where)
            .order_by(Import.id.desc())
            .offset(skip)
            .limit(most)
            .options(joinedload(Import.person))
        )
    )


def tallies(
    session: Session, ids: list[int], *, planned: bool = False
) -> dict[int, dict[str, int]]:
    """Count the outcomes of each import; an outcome that did not occur counts 0."""
    found = {import_id: dict.fromkeys(OUTCOMES, 0) for import_id in ids}
    rows = session.execute(
        select(ImportItem.import_id, ImportItem.outcome, func.count())
        .where(ImportItem.import_id.in_(ids), ImportItem.is_planned == planned)
        .group_by(ImportItem.import_id, ImportItem.outcome)
    )
    for import_id, outcome, number in rows:
        found[import_id][outcome] = number
    return found


def told(session: Session, import_id: int, *, planned: bool) -> dict[str, int | None]:
    """The sources that an import has told already, each with its line of the manifest."""
    rows = session.execute(
        select(ImportItem.source, ImportItem.line).where(
            ImportItem.import_id == import_id, ImportItem.is_planned == planned
        )
    )
    return {row.source: row.line for row in rows}


def unread() -> ColumnElement[bool]:
    """On the list of what somebody has to deal with."""
    return and_(
        ImportItem.outcome.in_(UNREAD),
        ImportItem.dealt_at.is_(None),
        ImportItem.is_planned.is_(False),
    )


def count_unread(session: Session) -> int:
    return session.scalar(select(func.count(ImportItem.id)).where(unread())) or 0


def forget_plan(session: Session, import_id: int, sources: Iterable[str] | None = None) -> None:
    """Remove what a dry run said, of all files or of these."""
    gone = delete(ImportItem).where(ImportItem.import_id == import_id, ImportItem.is_planned)
    if sources is not None:
        gone = gone.where(ImportItem.source.in_(list(sources)))
    session.execute(gone)


def answer_earlier(
    session: Session, import_id: int, sources: Iterable[str], why: str, *, now: datetime
) -> None:
    """Take these sources' earlier items off the list of what could not be read."""
    session.execute(
        update(ImportItem)
        .where(
            ImportItem.source.in_(list(sources)),
            ImportItem.outcome.in_(UNREAD),
            ImportItem.dealt_at.is_(None),
            ImportItem.import_id != import_id,
            ImportItem.is_planned.is_(False),
        )
        .values(dealt_at=now, dealt_reason=why)
    )


def fresh_policy_id(session: Session) -> int | None:
    """An id that no policy ever had; None where the database sees to that itself.

    SQLite gives the id of a row that was taken back to the next one, and the ledger would then
    tell one policy's story as another's.
    """
    return _fresh(session, Policy.id, ImportItem.made_policy)


def fresh_edition_id(session: Session) -> int | None:
    return _fresh(session, Edition.id, ImportItem.made_edition)


def _fresh(
    session: Session,
    here: InstrumentedAttribute[int],
    made: InstrumentedAttribute[int | None],
) -> int | None:
    if session.get_bind().dialect.name != "sqlite":
        return None
    row = session.execute(
        select(select(func.max(here)).scalar_subquery(), select(func.max(made)).scalar_subquery())
    ).one()
    return max(row[0] or 0, row[1] or 0) + 1
