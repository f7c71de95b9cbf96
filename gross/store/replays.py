"""Answers already given: the same form sent twice has one effect and one answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gross.store.db import Base


class Replay(Base):
    """`body` is the SHA-256 of what was sent, so that a reused key with another body is refused."""

    __tablename__ = "replay"

    key: Mapped[str] = mapped_column(primary_key=True)  # idempotency key, made with the form
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    path: Mapped[str]
    body: Mapped[bytes]
    status: Mapped[int]
    location: Mapped[str]
    said: Mapped[str] = mapped_column(default="[]")  # JSON: the messages shown after it
    answered_at: Mapped[datetime] = mapped_column(index=True)
