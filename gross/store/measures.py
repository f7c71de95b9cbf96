"""What is counted of each edition in force, and the ranking of policies by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, Select, and_, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from gross.store.db import Base
from gross.store.policies import Edition, Policy


class Measure(Base):
    """Counts for the ranking, and `detail`, everything that was counted, as JSON."""

    __tablename__ = "measure"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    version: Mapped[int]  # of the counting; another one's rows are counted again
    words: Mapped[int]
    grade: Mapped[float]
    obligations: Mapped[int]
    per_page: Mapped[float]
    offices: Mapped[int]  # that sign for one act, at the most
    records: Mapped[int]  # sentences that ask for a log, checklist or attestation
    doubled: Mapped[int]  # of those that say themselves that they repeat one
    detail: Mapped[str]


_IN_FORCE = Policy.retired_at.is_(None)
SORTS: Mapping[str, InstrumentedAttribute[Any]] = {
    "offices": Measure.offices,
    "records": Measure.records,
    "doubled": Measure.doubled,
    "obligations": Measure.obligations,
    "per_page": Measure.per_page,
    "grade": Measure.grade,
    "words": Measure.words,
}


@dataclass(frozen=True, slots=True)
class Ranked:
    policy: Policy
    measure: Measure


def missing(session: Session, version: int) -> list[int]:
    """Ids of editions in force that are not counted by this version, oldest first."""
    return list(session.scalars(_missing(version).order_by(Edition.id)))


def _missing(version: int) -> Select[int]:
    counted = and_(Measure.edition_id == Edition.id, Measure.version == version)
    return (
        select(Edition.id)
        .join(Policy, Policy.current_id == Edition.id)
        .outerjoin(Measure, counted)
        .where(Policy.retired_at.is_(None), Measure.edition_id.is_(None))
    )


def keep(session: Session, made: Mapping[int, Measure], version: int) -> None:
    """Store counts; what somebody else stored meanwhile stays, what older versions made goes."""
    wanted = set(session.scalars(_missing(version).where(Edition.id.in_(made))))
    session.execute(delete(Measure).where(Measure.edition_id.in_(made), Measure.version != version))
    session.add_all(measure for edition_id, measure in made.items() if edition_id in wanted)


def details(session: Session, version: int) -> dict[int, str]:
    """What was counted, by edition, of the editions in force."""
    found = session.execute(
        select(Measure.edition_id, Measure.detail)
        .join(Policy, Policy.current_id == Measure.edition_id)
        .where(Measure.version == version, Policy.retired_at.is_(None))
    )
    return {row.edition_id: row.detail for row in found}


def details_of(session: Session, edition_ids: Sequence[int], version: int) -> dict[int, str]:
    """What was counted of these editions, as far as it was."""
    found = session.execute(
        select(Measure.edition_id, Measure.detail).where(
            Measure.version == version, Measure.edition_id.in_(edition_ids)
        )
    )
    return {row.edition_id: row.detail for row in found}


def count(session: Session) -> int:
    policies = select(func.count(Measure.edition_id)).join(
        Policy, Policy.current_id == Measure.edition_id
    )
    return session.scalar(policies.where(_IN_FORCE)) or 0


def ranking(session: Session, sort: str, *, offset: int, limit: int) -> list[Ranked]:
    """Policies in force by one of SORTS, the highest first; equals by their id."""
    rows = session.execute(
        select(Policy, Measure)
        .select_from(Measure)
        .join(Policy, Policy.current_id == Measure.edition_id)
        .where(_IN_FORCE)
        .order_by(SORTS[sort].desc(), Policy.id)
        .offset(offset)
        .limit(limit)
    )
    return [Ranked(policy, measure) for policy, measure in rows]


def of_policy(session: Session, policy: Policy) -> Measure | None:
    return session.get(Measure, policy.current_id) if policy.current_id else None


def usual(session: Session) -> dict[str, float]:
    """The median of each count in the library, by its name in SORTS."""
    total = count(session)
    found = {}
    for name, column in SORTS.items():
        ranked = (
            select(column)
            .join(Policy, Policy.current_id == Measure.edition_id)
            .where(_IN_FORCE)
            .order_by(column)
        )
        found[name] = float(session.scalar(ranked.offset(total // 2).limit(1)) or 0)
    return found
