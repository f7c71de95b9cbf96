"""The ledger on disk: append-only rows, and the erasable texts that entries commit to."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gross.domain.ledger import GENESIS, Entry, canonical, commitment, seal
from gross.domain.merkle import leaf
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
        return Entry(**self.as_json())

    def as_json(self) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(self.entry)
        return values


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


def leaves(session: Session) -> list[bytes]:
    """The Merkle tree's leaf for each entry, from the first; 32 bytes an entry."""
    found = session.scalars(
        select(LedgerRow.entry).order_by(LedgerRow.seq), execution_options={"yield_per": 1000}
    )
    return [leaf(entry.encode()) for entry in found]


def about(session: Session, subjects: Iterable[str]) -> list[LedgerRow]:
    """The entries about `subjects`, oldest first."""
    chosen = LedgerRow.subject.in_(list(subjects))
    return list(session.scalars(select(LedgerRow).where(chosen).order_by(LedgerRow.seq)))


def texts(session: Session, seqs: Iterable[int]) -> dict[int, list[dict[str, str]]]:
    """By entry, the texts that are not erased, each with the salt of its commitment (hex)."""
    found: dict[int, list[dict[str, str]]] = {}
    chosen = LedgerText.seq.in_(list(seqs))
    for row in session.scalars(select(LedgerText).where(chosen).order_by(LedgerText.name)):
        told = {"name": row.name, "salt": row.salt.hex(), "text": row.text}
        found.setdefault(row.seq, []).append(told)
    return found


def timeline(session: Session, *subjects: str) -> list[tuple[LedgerRow, dict[str, str]]]:
    """What happened to `subjects`, oldest first, each with its texts that are not erased."""
    rows = about(session, subjects)
    told = texts(session, [row.seq for row in rows])
    return [(row, {each["name"]: each["text"] for each in told.get(row.seq, ())}) for row in rows]
