"""Header values that a person has put right: they win over what any file says, until taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gross.store import policies
from gross.store.db import Base
from gross.store.people import Person
from gross.store.policies import Known, Policy


class Correction(Base):
    """One field of a policy. `read` is what the edition in force and its manifest say of it."""

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("policy_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    field: Mapped[str]  # of domain.header.FIELDS
    value: Mapped[str]
    read: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    policy: Mapped[Policy] = relationship()


def of_policy(session: Session, policy: Policy) -> dict[str, Correction]:
    """Find a policy's corrections by field."""
    found = session.scalars(select(Correction).where(Correction.policy_id == policy.id))
    return {each.field: each for each in found}


def values(session: Session, fields: Iterable[str]) -> dict[int, dict[str, str]]:
    """The corrected values of some fields by policy: of the whole library, in one query."""
    rows = session.execute(
        select(Correction.policy_id, Correction.field, Correction.value).where(
            Correction.field.in_(list(fields))
        )
    )
    found: dict[int, dict[str, str]] = {}
    for policy_id, field, value in rows:
        found.setdefault(policy_id, {})[field] = value
    return found


def known(session: Session) -> dict[str, Known]:
    """Each policy in force by its source, by the names that files and manifests know it by."""
    here = policies.in_force(session)
    rows = session.execute(
        select(Policy.source, Correction.field, Correction.read)
        .join(Policy, Policy.id == Correction.policy_id)
        .where(Correction.field.in_(("number", "title")))
    )
    for source, field, read in rows:
        if source in here and field == "number":
            here[source] = replace(here[source], number=read)
        elif source in here:
            here[source] = replace(here[source], title=read)
    return here
