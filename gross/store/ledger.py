"""The ledger on disk: append-only rows, and the erasable texts that entries commit to."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gross.domain.ledger import GENESIS, Entry, canonical, commitment, seal
from gross.store.db import Base


class LedgerRow(Base):
    """Append-only, held by triggers. `previous` is unique: two writers who race cannot fork it."""

    __tablename__ = "ledger"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[str] = mapped_column(index=True)  # copied from the entry, for timelines
    entry: Mapped[str]
    previous: Mapped[bytes] = mapped_column(unique=True)
    seal: Mapped[bytes]

    @property
    def content(self) -> Entry:
        return Entry(**json.loads(self.entry))


class LedgerText(Base):
    """A text that an entry commits to; it can be erased without breaking the chain."""

    __tablename__ = "ledger_text"

    seq: Mapped[int] = mapped_column(ForeignKey("ledger.seq"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[bytes]
    text: Mapped[str]


@dataclass(frozen=True, slots=True)
class Deed:
    """What is recorded of one deed. `texts` hold personal or free text, kept as commitments."""

    actor: str  # "person:7" or "clock"
    verb: str
    subject: str  # "nomination:3"
    detail: Mapping[str, str]
    texts: Mapping[str, str]


def append(session: Session, deed: Deed, *, now: datetime) -> LedgerRow:
    """Seal one entry onto the end, in the caller's transaction: both land, or neither."""
    last = session.scalar(select(LedgerRow).order_by(LedgerRow.seq.desc()).limit(1))
    previous = last.seal if last else GENESIS
    salts = {name: secrets.token_bytes(32) for name in deed.texts}
    sealed_texts = {
        f"{name}_commitment": commitment(salts[name], text) for name, text in deed.texts.items()
    }
    entry = Entry(
        (last.seq if last else 0) + 1,
        now.astimezone(UTC).isoformat(timespec="seconds"),
        deed.actor,
        deed.verb,
        deed.subject,
        {**deed.detail, **sealed_texts},
    )
    row = LedgerRow(
        seq=entry.seq,
        subject=entry.subject,
        entry=canonical(entry).decode(),
        previous=previous,
        seal=seal(previous, entry),
    )
    session.add(row)
    session.flush()  # the next entry of the same transaction must find this one
    session.add_all(
        LedgerText(seq=entry.seq, name=name, salt=salts[name], text=text)
        for name, text in deed.texts.items()
    )
    return row


def rows(session: Session) -> Iterator[tuple[Entry, bytes]]:
    """All entries from the first, with their seals; a thousand at a time."""
    found = session.execute(
        select(LedgerRow.entry, LedgerRow.seal).order_by(LedgerRow.seq),
        execution_options={"yield_per": 1000},
    )
    return ((Entry(**json.loads(entry)), sealed) for entry, sealed in found)


def head(session: Session) -> tuple[int, bytes]:
    """The newest entry's `seq` and seal; (0, GENESIS) of an empty ledger."""
    last = session.execute(
        select(LedgerRow.seq, LedgerRow.seal).order_by(LedgerRow.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.seal) if last else (0, GENESIS)


def timeline(session: Session, *subjects: str) -> list[tuple[LedgerRow, dict[str, str]]]:
    """What happened to `subjects`, oldest first, each with its texts that are not erased."""
    found = session.scalars(
        select(LedgerRow).where(LedgerRow.subject.in_(subjects)).order_by(LedgerRow.seq)
    ).all()
    texts: dict[int, dict[str, str]] = {row.seq: {} for row in found}
    for text in session.scalars(select(LedgerText).where(LedgerText.seq.in_(texts))):
        texts[text.seq][text.name] = text.text
    return [(row, texts[row.seq]) for row in found]
