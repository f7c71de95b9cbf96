"""Scan the library: prepare what is new, look at everything without a lock, then write the flags.

Memory: the texts of all current editions, what is prepared of them (about 24 bytes a word) and the
findings are held at once. Some 10,000 policies of 2,300 words: 0.2 GB of text and 0.6 GB prepared.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gross.actions.scan_flags import Tally, write_flags
from gross.actions.scan_library import gather
from gross.actions.scan_places import Here, Place
from gross.analysis import scan as analysis
from gross.analysis.detectors import ALL
from gross.analysis.measures import Measures
from gross.analysis.measuring import MEASURES_VERSION
from gross.analysis.prepared import PIPELINE_VERSION
from gross.store import detectors, ledger, measures, prepared
from gross.store.flags import Scan
from gross.store.ledger import Deed
from gross.store.measures import Measure

BATCH = 64  # editions prepared between two commits: what a killed scan loses at the most

Progress = Callable[[str, int, int], None]  # stage, done, total; may raise to stop the scan


@dataclass(frozen=True, slots=True)
class Doors:
    """How an edge lets a scan in: a session to read with, and one writing transaction."""

    reading: Callable[[], AbstractContextManager[Session]]
    writing: Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan found. `flags` by kind: all that it found, whatever people answered."""

    scan_id: int
    policies: int
    words: int
    flags: dict[str, int]
    new: int
    gone: int
    seconds: dict[str, float]

    @property
    def words_per_second(self) -> int:
        return round(self.words / max(0.001, sum(self.seconds.values())))

    @property
    def sentence(self) -> str:
        found = sum(self.flags.values())
        return (
            f"{self.policies:,} {'policy was' if self.policies == 1 else 'policies were'} read and "
            f"{found:,} {'flag' if found == 1 else 'flags'} found: {self.new:,} new, "
            f"{self.gone:,} gone since the last scan."
        )


def run_scan(
    doors: Doors,
    asked_by: int | None,
    *,
    today: date,
    now: Callable[[], datetime],
    progress: Progress,
    place: Place | None = None,
) -> Outcome:
    """Scan the whole library; `asked_by` None is the command line.

    Killed at any point it leaves no flag half written, and begun again it goes on with the editions
    that are not prepared yet. The write lock is held for batches of blobs and for the flags at the
    end, never while policies are compared. What people answered meanwhile stands. A suspended
    detector does not speak. `place` is where the heavy work is done; None: here.
    """
    began_at = now()
    clock = _Clock()
    place = place or Here(doors.reading)
    _prepare_new(doors, place, progress)
    clock.lap("prepare")
    _measure_new(doors, place, progress)
    clock.lap("measure")
    progress("read", 0, 1)
    with doors.reading() as session:
        gathered = gather(session, today=today)
        suspended = detectors.suspended(session)
    clock.lap("read")
    using = [each for each in ALL if each.name not in suspended]
    engine = place.engine(gathered)
    found = analysis.scan(gathered.whole, progress, using=using, engine=engine)
    clock.add(found.seconds_by_stage)
    progress("write", 0, 1)
    ended_at = now()
    with doors.writing() as session:
        scan = Scan(
            began_at=began_at,
            ended_at=ended_at,
            policies=gathered.in_force,
            words=found.words,
            seconds=json.dumps(clock.seconds),
        )
        session.add(scan)
        session.flush()  # flags and the ledger need scan.id
        silent = suspended | detectors.suspended(session)  # or suspended while it looked
        tally = write_flags(session, scan.id, gathered, found.findings, silent=silent, now=ended_at)
        _record(session, scan, tally, asked_by, silent, now=ended_at)
        scan_id = scan.id
    clock.lap("write")
    return Outcome(
        scan_id,
        gathered.in_force,
        found.words,
        tally.by_kind,
        tally.new,
        tally.gone,
        clock.seconds,
    )


def _prepare_new(doors: Doors, place: Place, progress: Progress) -> None:
    with doors.reading() as session:
        missing = prepared.missing(session, PIPELINE_VERSION)
    found = place.prepared(_batches(missing))
    for done in range(0, len(missing), BATCH):
        progress("prepare", done, len(missing))
        made = next(found)
        with doors.writing() as session:
            prepared.keep(session, made, PIPELINE_VERSION)


def _measure_new(doors: Doors, place: Place, progress: Progress) -> None:
    """Count what is new by the same batches: a killed scan goes on where it was."""
    with doors.reading() as session:
        missing = measures.missing(session, MEASURES_VERSION)
    found = place.measured(_batches(missing))
    for done in range(0, len(missing), BATCH):
        progress("measure", done, len(missing))
        made = {edition: _row(edition, counted) for edition, counted in next(found).items()}
        with doors.writing() as session:
            measures.keep(session, made, MEASURES_VERSION)


def _batches(ids: list[int]) -> list[list[int]]:
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]


def _row(edition_id: int, counted: Measures) -> Measure:
    return Measure(
        edition_id=edition_id,
        version=MEASURES_VERSION,
        words=counted.words,
        grade=counted.grade,
        obligations=len(counted.obligations),
        per_page=round(counted.obligations_per_page, 2),
        offices=counted.offices,
        records=len(counted.records),
        doubled=sum(each.doubles for each in counted.records),
        detail=counted.as_json(),
    )


def _record(
    session: Session,
    scan: Scan,
    tally: Tally,
    asked_by: int | None,
    silent: Collection[str],
    *,
    now: datetime,
) -> None:
    actor = f"person:{asked_by}" if asked_by is not None else "command line"
    detail = {
        "policies": str(scan.policies),
        "words": str(scan.words),
        "found": str(sum(tally.by_kind.values())),
        "new": str(tally.new),
        "gone": str(tally.gone),
    }
    if silent:
        detail["suspended"] = " ".join(sorted(silent))
    ledger.append(session, Deed(actor, "scan", f"scan:{scan.id}", detail, {}), now=now)


class _Clock:
    """Adds up seconds by stage, from one lap to the next."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.add({stage: now - self._since})
        self._since = now

    def add(self, seconds: Mapping[str, float]) -> None:
        """Count what was measured elsewhere, and begin the next lap now."""
        for stage, spent in seconds.items():
            self.seconds[stage] = round(self.seconds.get(stage, 0.0) + spent, 4)
        self._since = time.perf_counter()
