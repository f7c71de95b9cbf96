"""Policies that were not in a delivery of the whole library, each with what somebody decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Select, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from gross.store.db import Base
from gross.store.imports import READ, Import, ImportItem
from gross.store.people import Person
from gross.store.policies import Policy


class Decision(StrEnum):
    OPEN = "open"
    KEEP = "keep"  # it stays in force; its file is missed by mistake, or kept elsewhere
    NOMINATE = "nominate"  # for retirement, in the usual way
    GONE = "gone"  # its owner gave it up; on the record, still in force until it retires


_DECISIONS = ", ".join(f"'{each}'" for each in Decision)


class Vanished(Base):
    """The question is asked once: again only after the file was there and vanished anew."""

    __tablename__ = "vanished"
    __table_args__ = (
        CheckConstraint(f"decision IN ({_DECISIONS})", name="decision_known"),
        CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name="decided_when"),
        CheckConstraint("decision <> 'gone' OR reason <> ''", name="gone_says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    decision: Mapped[str] = mapped_column(default=Decision.OPEN, index=True)
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    record: Mapped[Import] = relationship()
    policy: Mapped[Policy] = relationship()
    decider: Mapped[Person | None] = relationship()


def ask_about(session: Session, import_id: int) -> int:
    """List what is in force and was not in this import; give how many were added."""
    here = select(ImportItem.source).where(
        ImportItem.import_id == import_id, ImportItem.is_planned.is_(False)
    )
    last_seen = (
        select(func.coalesce(func.max(ImportItem.import_id), 0))
        .where(ImportItem.policy_id == Policy.id, ImportItem.outcome.in_(READ))
        .correlate(Policy)
        .scalar_subquery()
    )
    asked = (
        select(Vanished.id)
        .where(Vanished.policy_id == Policy.id, Vanished.import_id > last_seen)
        .correlate(Policy)
        .exists()
    )
    ids = session.scalars(
        select(Policy.id).where(Policy.retired_at.is_(None), Policy.source.not_in(here), ~asked)
    ).all()
    if ids:
        rows = [{"import_id": import_id, "policy_id": policy, "decision": "open"} for policy in ids]
        session.execute(insert(Vanished), [{**row, "reason": ""} for row in rows])
    return len(ids)


def came_back(session: Session, policy_ids: Iterable[int]) -> None:
    """Take back the open question about policies whose file is there after all."""
    session.execute(
        delete(Vanished).where(
            Vanished.policy_id.in_(list(policy_ids)), Vanished.decision == Decision.OPEN
        )
    )


def listed(session: Session, decision: Decision, *, skip: int, most: int) -> list[Vanished]:
    """One page of those that stand at `decision`, by title."""
    return list(
        session.scalars(
            _at(select(Vanished), decision)
            .join(Policy, Policy.id == Vanished.policy_id)
            .order_by(Policy.title, Vanished.id)
            .offset(skip)
            .limit(most)
            .options(
                joinedload(Vanished.policy),
                joinedload(Vanished.record),
                joinedload(Vanished.decider),
            )
        )
    )


def counted(session: Session) -> dict[Decision, int]:
    rows = session.execute(select(Vanished.decision, func.count()).group_by(Vanished.decision))
    found = {row[0]: row[1] for row in rows}
    return {decision: found.get(decision, 0) for decision in Decision}


def count_of(session: Session, import_id: int) -> int:
    """How many were found to have vanished with that import."""
    return (
        session.scalar(select(func.count(Vanished.id)).where(Vanished.import_id == import_id)) or 0
    )


def newest_of(session: Session, policy: Policy) -> Vanished | None:
    """What was last asked of this policy, if anything."""
    return session.scalar(
        select(Vanished)
        .where(Vanished.policy_id == policy.id)
        .order_by(Vanished.id.desc())
        .limit(1)
    )


def _at(query: Select[tuple[Vanished]], decision: Decision) -> Select[tuple[Vanished]]:
    return query.where(Vanished.decision == decision)
