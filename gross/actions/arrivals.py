"""The files of a delivery on their way in: read in batches, and what would become of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from gross.actions import manifests
from gross.actions.deliveries import Candidate, Delivery, arranged
from gross.actions.manifests import Manifest
from gross.domain.errors import Refused
from gross.intake import guarded, layouts
from gross.intake.child import ReaderProcess
from gross.intake.manifest import Row
from gross.intake.types import Reading
from gross.store import policies
from gross.store.policies import Known, Policy

BATCH_FILES = 20
BATCH_BYTES = 16 * 1024 * 1024  # of files and texts: what is held while a batch is put together

Tell = Callable[[int, int, str], None]  # done, total, the file at hand


@dataclass(frozen=True, slots=True)
class Item:
    """What became of a file; `reason` is a sentence where it was not read or is missing."""

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
    outcome: str = "refused"  # what a refusal counts as

    @property
    def weight(self) -> int:
        return len(self.content) + (4 * len(self.reading.text) if self.reading else 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants brought in. `layout` "" and `columns` None are guessed."""

    delivery: Delivery
    given: Candidate | None  # a manifest beside the delivery
    reader: ReaderProcess
    day_first: bool
    layout: str = ""
    at: int = 0
    columns: Mapping[str, int] | None = None
    wants_manifest: bool = True  # False: also one that lies at the top is left alone


@dataclass(frozen=True, slots=True)
class Work:
    """One import about to be done; `day_first` is how the library writes 03/12/2016.

    `is_whole`: what is not in it has vanished.
    """

    delivery: Delivery
    manifest: Manifest
    reader: ReaderProcess
    day_first: bool
    tell: Tell
    batch_bytes: int = BATCH_BYTES
    layout: str = layouts.ALL[0].name
    is_whole: bool = False
    skipped: Mapping[str, int | None] = field(default_factory=dict)  # done before, with its line


def prepared(asked: Asked, tell: Tell, *, is_whole: bool = False) -> Work:
    """Read the manifest that was given, or lies at the top; without one, an empty one.

    Raises:
        Refused: it cannot be read as a manifest.
    """
    delivery = asked.delivery
    chosen = asked.given or (delivery.manifest if asked.wants_manifest else None)
    rows: tuple[Row, ...] = ()
    layout = asked.layout
    if chosen is not None:
        rows, layout = guarded.rows(
            asked.reader,
            chosen.filename,
            chosen.load(),
            day_first=asked.day_first,
            layout=layout,
            at=asked.at,
            columns=asked.columns,
        )
    delivery = arranged(delivery, layouts.named(layout))
    manifest = Manifest(
        chosen.filename if chosen else "", rows, [each.source for each in delivery.candidates]
    )
    return Work(
        delivery,
        manifest,
        asked.reader,
        asked.day_first,
        tell,
        layout=layouts.named(layout).name,
        is_whole=is_whole,
    )


def batches(work: Work, known: Mapping[str, Known]) -> Iterator[list[Found]]:
    """Read the files that were not told before, a batch at a time."""
    batch: list[Found] = []
    candidates = work.delivery.candidates
    work.manifest.use(line for line in work.skipped.values() if line is not None)
    for done, candidate in enumerate(candidates):
        if candidate.source in work.skipped:
            continue
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
    if candidate.refusal:
        return Found(source, candidate.refusal, outcome=candidate.outcome)
    row = work.manifest.row_for(source)
    refusal = manifests.why_not_in_force(row)
    if refusal:
        return Found(source, refusal, row=row)
    try:
        content = candidate.load()
        digest = hashlib.sha256(content).hexdigest()
        here = known.get(source)
        if here is not None and here.digest == digest:
            row = row or work.manifest.row_for(source, here.number, here.title)
            return Found(source, digest=digest, row=row)
        reading = work.reader.read(candidate.filename, content, day_first=work.day_first)
    except Refused as refused:
        return Found(source, str(refused), row=row)
    row = row or work.manifest.row_for(source, reading.number, reading.title)
    return Found(source, manifests.why_not_in_force(row), content, digest, reading, row)


def decide(session: Session, found: Found, policy: Policy | None) -> Item:
    """Say what would become of a file. Nothing is written."""
    if found.refusal:
        return Item(found.source, found.outcome, found.refusal, policy.id if policy else None)
    retired = policy if policy else policies.retired_with(session, found.digest)
    if retired is not None and retired.retired_at is not None:
        why = f"{retired.label} is retired; reinstate it first, or take its file away."
        return Item(found.source, "returned", why, retired.id)
    if policy is not None and policy.current is not None and policy.current.digest == found.digest:
        return Item(found.source, "same", policy_id=policy.id)
    if found.reading is None:
        why = f"{found.source} was imported by somebody else at the same time; import it again."
        return Item(found.source, "refused", why)
    if policy is None:
        return Item(found.source, "new")
    return Item(found.source, "changed", policy_id=policy.id)


def left_over(work: Work) -> list[Item]:
    """What the manifest lists and no file answered to; each under a name of its own."""
    sources = {each.source for each in work.delivery.candidates}
    return [
        Item(f"{name} ({work.manifest.name})" if name in sources else name, outcome, reason)
        for outcome, name, reason in work.manifest.left_over()
    ]
