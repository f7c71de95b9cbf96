"""Bring a delivery into the library: new policies, new editions, and why something was refused.

Files are read outside of any transaction, a batch at a time; each batch is one transaction of the
edge. A killed import has lost only what it had not told, and the same import again goes on there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gross.actions import editions, manifests
from gross.actions.deliveries import Candidate, Delivery
from gross.actions.manifests import Manifest
from gross.domain.errors import Refused
from gross.home import Home
from gross.intake.child import ReaderProcess
from gross.intake.manifest import Row, read_manifest
from gross.intake.types import Reading
from gross.store import corrections, originals, policies
from gross.store.imports import Import, ImportItem
from gross.store.policies import Known, Policy

BATCH_FILES = 20
BATCH_BYTES = 16 * 1024 * 1024  # of files and texts: what is held while a batch is put together

Transaction = Callable[[], AbstractContextManager[Session]]
Tell = Callable[[int, int, str], None]  # done, total, the file at hand


@dataclass(frozen=True, slots=True)
class Item:
    """What became of a file; `reason` is a sentence where it was refused or is missing."""

    source: str
    outcome: str  # of store.imports.OUTCOMES
    reason: str = ""
    policy_id: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the delivery, read as far as it had to be: a known digest is not read again."""

    source: str
    refusal: str = ""
    content: bytes = b""
    digest: str = ""
    reading: Reading | None = None
    row: Row | None = None

    @property
    def weight(self) -> int:
        return len(self.content) + (4 * len(self.reading.text) if self.reading else 0)


@dataclass(frozen=True, slots=True)
class Work:
    """One import about to be done; `day_first` is how the library writes 03/12/2016, if it says."""

    delivery: Delivery
    manifest: Manifest
    reader: ReaderProcess
    day_first: bool | None
    tell: Tell
    batch_bytes: int = BATCH_BYTES


def manifest_of(delivery: Delivery, given: Candidate | None, *, day_first: bool | None) -> Manifest:
    """Read the manifest that was given, or lies at the top; without one, an empty one.

    Raises:
        Refused: it cannot be read as a manifest.
    """
    chosen = given or delivery.manifest
    sources = [each.source for each in delivery.candidates]
    if chosen is None:
        return Manifest("", (), sources)
    rows = read_manifest(chosen.filename, chosen.load(), day_first=day_first)
    return Manifest(chosen.filename, rows, sources)


def bring_in(
    work: Work,
    home: Home,
    actor_id: int | None,
    transaction: Transaction,
    *,
    now: Callable[[], datetime],
) -> Iterator[Item]:
    """Import a delivery and tell each file after it is committed.

    `transaction` is the edge's: it begins as a writer, and commits when it is left.
    """
    with transaction() as session:
        originals.settle(session, home)
        record = Import(began_at=now(), person_id=actor_id, name=work.delivery.name)
        session.add(record)
        session.flush()  # the items need record.id
        record_id = record.id
        known = corrections.known(session)
    for batch in _batches(work, known):
        with transaction() as session:
            items = _keep(session, home, actor_id, record_id, batch, now=now())
        yield from items
    with transaction() as session:
        originals.settle(session, home)
        items = _missing(work.manifest)
        session.add_all(_row(record_id, item) for item in items)
        session.get_one(Import, record_id).ended_at = now()
    yield from items


def preview(work: Work, session: Session) -> Iterator[Item]:
    """Tell what an import would do; writes nothing."""
    for batch in _batches(work, corrections.known(session)):
        at_hand = policies.by_sources(session, [found.source for found in batch])
        yield from [_decide(session, found, at_hand.get(found.source)) for found in batch]
    yield from _missing(work.manifest)


def _batches(work: Work, known: Mapping[str, Known]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    candidates = work.delivery.candidates
    for done, candidate in enumerate(candidates):
        work.tell(done, len(candidates), candidate.source)
        batch.append(_read(work, candidate, known))
        if len(batch) == BATCH_FILES or sum(found.weight for found in batch) > work.batch_bytes:
            yield batch
            batch = []
    if batch:
        yield batch
    work.tell(len(candidates), len(candidates), "")


def _read(work: Work, candidate: Candidate, known: Mapping[str, Known]) -> Found:
    source = candidate.source
    row = work.manifest.row_for(source)
    refusal = candidate.refusal or manifests.why_not_in_force(row)
    if refusal:
        return Found(source, refusal)
    try:
        content = candidate.load()
        digest = hashlib.sha256(content).hexdigest()
        here = known.get(source)
        if here is not None and here.digest == digest:
            work.manifest.row_for(source, here.number, here.title)
            return Found(source, digest=digest)
        reading = work.reader.read(candidate.filename, content, day_first=work.day_first)
    except Refused as refused:
        return Found(source, str(refused))
    row = row or work.manifest.row_for(source, reading.number, reading.title)
    return Found(source, manifests.why_not_in_force(row), content, digest, reading, row)


def _decide(session: Session, found: Found, policy: Policy | None) -> Item:
    """Say what would become of a file. Nothing is written."""
    if found.refusal:
        return Item(found.source, "refused", found.refusal, policy.id if policy else None)
    retired = policy if policy else policies.retired_with(session, found.digest)
    if retired is not None and retired.retired_at is not None:
        why = f"{retired.label} is retired; reinstate it first, or take its file away."
        return Item(found.source, "refused", why, retired.id)
    if policy is not None and policy.current is not None and policy.current.digest == found.digest:
        return Item(found.source, "same", policy_id=policy.id)
    if found.reading is None:
        why = f"{found.source} was imported by somebody else at the same time; import it again."
        return Item(found.source, "refused", why)
    if policy is None:
        return Item(found.source, "new")
    return Item(found.source, "changed", policy_id=policy.id)


def _keep(
    session: Session,
    home: Home,
    actor_id: int | None,
    record_id: int,
    batch: list[Found],
    *,
    now: datetime,
) -> list[Item]:
    originals.settle(session, home)
    at_hand = policies.by_sources(session, [found.source for found in batch])
    items = []
    for found in batch:
        policy = at_hand.get(found.source)
        item = _decide(session, found, policy)
        if item.outcome in {"new", "changed"} and found.reading is not None:
            originals.keep(home, found.content)
            policy = editions.take_in(session, actor_id, policy, _arrival(found), now=now)
            item = Item(item.source, item.outcome, policy_id=policy.id)
        items.append(item)
    session.add_all(_row(record_id, item) for item in items)
    return items


def _arrival(found: Found) -> editions.Arrival:
    if found.reading is None:
        raise ValueError("a file that was not read cannot arrive")
    return editions.Arrival(
        source=found.source,
        digest=found.digest,
        size_bytes=len(found.content),
        reading=found.reading,
        header=manifests.header(found.source, found.reading, found.row),
    )


def _row(record_id: int, item: Item) -> ImportItem:
    return ImportItem(
        import_id=record_id,
        source=item.source,
        outcome=item.outcome,
        reason=item.reason,
        policy_id=item.policy_id,
    )


def _missing(manifest: Manifest) -> list[Item]:
    return [Item(source, outcome, reason) for outcome, source, reason in manifest.left_over()]
