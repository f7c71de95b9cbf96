"""People who sign in, and their sessions: rows on the server, so that logout means logout."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from gross.domain.workflow import Role
from gross.store.db import Base


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    profession: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    roles: Mapped[str] = mapped_column(default="staff")  # Role values, separated by spaces
    password_hash: Mapped[str | None]  # argon2id; None until the person sets one
    disabled_at: Mapped[datetime | None]

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.roles.split())


class SignIn(Base):
    """One signed-in browser. The cookie holds a random token; the row holds its SHA-256."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class Invitation(Base):
    """A one-time link with which somebody sets a password. The row holds the token's SHA-256."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


Index("person_by_name", Person.name)


def token_hash(token: str) -> bytes:
    """SHA-256: the token has 256 random bits, so that a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).digest()


def by_login(session: Session, login: str) -> Person | None:
    return session.scalar(select(Person).where(Person.login == login.strip().lower()))


def signed_in(session: Session, token: str, *, now: datetime) -> SignIn | None:
    """Find the live session behind a cookie's token; a disabled person has none."""
    return session.scalar(
        select(SignIn)
        .join(SignIn.person)
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.ends_at > now,
            Person.disabled_at.is_(None),
        )
    )


def holding(session: Session, role: Role) -> list[Person]:
    """Everybody who holds `role` and is not disabled, by name."""
    people = session.scalars(
        select(Person).where(Person.disabled_at.is_(None)).order_by(Person.name, Person.id)
    )
    return [person for person in people if role in person.role_set]
