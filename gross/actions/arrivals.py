"""The files of a delivery on their way in: read in batches, and what would become of each."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from gross.actions import containers, manifests
from gross.actions.deliveries import Candidate, Delivery, arranged, told_apart
from gross.actions.manifests import Manifest
from gross.domain.errors import Refused
from gross.home import Settings
from gross.intake import guarded, layouts
from gross.intake.child import ReaderProcess
from gross.intake.manifest import Row
from gross.intake.manual import Part
from gross.intake.ocr import Ocr
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
    part: Part | None = None  # of the manual whose bytes these are

    @property
    def weight(self) -> int:
        return len(self.content) + (4 * len(self.reading.text) if self.reading else 0)


@dataclass(frozen=True, slots=True)
class Split:
    """Part every file at its headings; `level` None lets the headings tell which."""

    level: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants brought in. `layout` "" and `columns` None are guessed."""

    delivery: Delivery
    given: Candidate | None  # a manifest beside the delivery
    reader: ReaderProcess
    day_first: bool | None
    layout: str = ""
    at: int = 0
    columns: Mapping[str, int] | None = None
    wants_manifest: bool = True  # False: also one that lies at the top is left alone
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One import about to be done; `day_first` is how the library writes 03/12/2016.

    `is_whole`: what is not in it has vanished.
    """

    delivery: Delivery
    manifest: Manifest
    reader: ReaderProcess
    day_first: bool | None
    tell: Tell
    batch_bytes: int = BATCH_BYTES
    layout: str = layouts.ALL[0].name
    is_whole: bool = False
    split: Split | None = None
    skipped: Mapping[str, int | None] = field(default_factory=dict)  # done before, with its line


def reader_of(settings: Settings) -> ReaderProcess:
    """A reading process as the hospital wants it: scanned pages by OCR, or not at all."""
    pages = settings.ocr_pages
    return ReaderProcess(ocr=Ocr(settings.ocr_language, pages) if pages else None)


def prepared(asked: Asked, tell: Tell, *, is_whole: bool = False) -> Work:
    """Read the manifest that was given, or lies at the top; without one, an empty one.

    Raises:
        Refused: it cannot be read as a manifest.
    """
    inside = 1 if asked.delivery.opened else 0  # a ZIP that was delivered is a container itself
    found = containers.unpacked(asked.delivery.candidates, asked.reader, depth=inside)
    delivery = replace(asked.delivery, candidates=tuple(told_apart(found)))
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
        split=asked.split,
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
        batch += _read(work, candidate, known)
        if len(batch) >= BATCH_FILES or sum(found.weight for found in batch) > work.batch_bytes:
            yield batch
            batch = []
    if batch:
        yield batch
    work.tell(len(candidates), len(candidates), "")


def _read(work: Work, candidate: Candidate, known: Mapping[str, Known]) -> list[Found]:
    source = candidate.source
    if candidate.refusal:
        return [Found(source, candidate.refusal, outcome=candidate.outcome)]
    row = work.manifest.row_for(source)
    refusal = manifests.why_not_in_force(row)
    if refusal:
        return [Found(source, refusal, row=row)]
    try:
        content = candidate.load()
        digest = hashlib.sha256(content).hexdigest()
        if work.split is not None:
            found = Found(source, content=content, digest=digest, row=row)
            return _parted(work, work.split, candidate.filename, found)
        here = known.get(source)
        if here is not None and here.digest == digest:
            row = row or work.manifest.row_for(source, here.number, here.title)
            return [Found(source, digest=digest, row=row)]
        reading = work.reader.read(candidate.filename, content, day_first=work.day_first)
    except Refused as refused:
        return [Found(source, str(refused), row=row)]
    row = row or work.manifest.row_for(source, reading.number, reading.title)
    return [Found(source, manifests.why_not_in_force(row), content, digest, reading, row)]


def _parted(work: Work, split: Split, filename: str, whole: Found) -> list[Found]:
    """Each part of a manual, or the file as it is where nothing parts it."""
    manual = guarded.parts(
        work.reader, filename, whole.content, level=split.level, day_first=work.day_first
    )
    if not manual.parts:
        return [replace(whole, reading=manual.whole)]
    names = part_names([part for part, _ in manual.parts])
    found = []
    for name, (part, reading) in zip(names, manual.parts, strict=True):
        source = f"{whole.source}/{name}"
        row = work.manifest.row_for(source, reading.number, reading.title)
        refusal = manifests.why_not_in_force(row)
        each = replace(whole, source=source, reading=reading, row=row, part=part, refusal=refusal)
        if source not in work.skipped:
            found.append(each)
    return found


def part_names(parts: Sequence[Part]) -> list[str]:
    """A name for each part, of its number and title, as a file of that name would be called."""
    names: list[str] = []
    taken: Counter[str] = Counter()
    for part in parts:
        name = " ".join(re.sub(r"[/\\]", " ", f"{part.number} {part.title}").split())[:120]
        name = name.strip(" .") or "part"
        taken[name.casefold()] += 1
        times = taken[name.casefold()]
        names.append(name if times == 1 else f"{name} ({times})")
    return names


def decide(session: Session, found: Found, policy: Policy | None) -> Item:
    """Say what would become of a file. Nothing is written."""
    if found.refusal:
        return Item(found.source, found.outcome, found.refusal, policy.id if policy else None)
    text = found.reading.text if found.part and found.reading else None
    retired = policy if policy else policies.retired_with(session, found.digest, text)
    if retired is not None and retired.retired_at is not None:
        why = f"{retired.label} is retired; reinstate it first, or take its file away."
        return Item(found.source, "returned", why, retired.id)
    if policy is not None and policy.current is not None and policy.current.digest == found.digest:
        if text is not None and policy.current.text != text:
            why = (
                f"{found.source} was parted from the same file in another way; keep to that level."
            )
            return Item(found.source, "refused", why, policy.id)
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
