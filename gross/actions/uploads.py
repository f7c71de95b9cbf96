"""Take in what somebody uploads for an import, and what they say of it, before it begins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from sqlalchemy import delete
from sqlalchemy.orm import Session

from gross.actions import jobs
from gross.actions.deliveries import (
    Candidate,
    Delivery,
    load,
    open_archive,
    shown,
    told_apart,
    why_not,
)
from gross.domain.errors import Refused
from gross.home import Home
from gross.intake import guarded
from gross.intake.child import ReaderProcess
from gross.intake.layouts import is_sheet
from gross.intake.manifest import FIELDS, NAMING, Look
from gross.intake.sheets import MAX_COLUMNS, SHEETS
from gross.store import imports, uploads
from gross.store import jobs as store_jobs
from gross.store.imports import Import, ImportState, UploadFile
from gross.store.jobs import Job
from gross.store.people import Person

CHECK, IMPORT, UNDO = "check-import", "import", "undo-import"  # names of jobs
FILES_MOST = 20_000  # of one import
BYTES_MOST = 4 << 30
ROWS_ABOVE = 200  # rows that may stand above the labels in a person's mapping
SHEETS_SHOWN = 50
NO_SHEET = ""  # of Import.sheet: there is a manifest, and it is not to be used


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: what it was called, and its bytes from where they are now."""

    name: str
    stream: IO[bytes]


def begin(
    session: Session, home: Home, actor: Person, files: Iterable[Sent], *, now: datetime
) -> Import:
    """Start an import with the first files of an upload.

    Raises:
        Refused: there is no file, or there are too many.
    """
    uploads.settle(session, home)
    record = Import(
        began_at=now,
        person_id=actor.id,
        name="Upload",
        state=ImportState.DRAFT,
        upload=uploads.new_folder(home),
    )
    session.add(record)
    session.flush()  # the files need record.id
    add(session, home, record, files, now=now)
    return record


def add(
    session: Session, home: Home, record: Import, files: Iterable[Sent], *, now: datetime
) -> None:
    """Add files to an upload; one of a name that is there already takes its place.

    Raises:
        Refused: there is no file, or there are too many, or the import has begun.
    """
    _only_draft(record)
    here = {row.source: row for row in uploads.files_of(session, record)}
    size = sum(row.size_bytes for row in here.values())
    added = 0
    for sent in files:
        source = _source(sent.name)
        row = here.get(source) or UploadFile(import_id=record.id, source=source, size_bytes=0)
        session.add(row)
        session.flush()  # the bytes are kept under row.id
        here[source] = row
        size += _size(sent.stream) - row.size_bytes
        row.size_bytes = _size(sent.stream)
        if len(here) > FILES_MOST or size > BYTES_MOST:
            raise Refused(
                f"An upload holds at most {FILES_MOST:,} files and {BYTES_MOST >> 30} GB; "
                "bring the rest in with another."
            )
        uploads.keep(home, record, row, sent.stream)
        added += 1
    if not added:
        raise Refused("Choose at least one file; nothing was sent.")
    record.name = next(iter(here)) if len(here) == 1 else f"{len(here):,} files"
    _changed(session, record, now=now)


def describe(
    session: Session,
    record: Import,
    *,
    sheet: str | None,
    layout: str,
    is_whole: bool,
    now: datetime,
) -> None:
    """Say which file is the manifest (None: find it, "": none), and how the upload is laid out.

    Raises:
        Refused: the import has begun.
    """
    _only_draft(record)
    if (sheet, layout) != (record.sheet, record.layout):
        record.columns = ""
        _changed(session, record, now=now)
    record.sheet, record.layout, record.is_whole = sheet, layout, is_whole


def map_columns(
    session: Session, record: Import, columns: Mapping[str, int], *, at: int, now: datetime
) -> None:
    """Keep what a person says the manifest's columns are.

    Raises:
        Refused: no column names files or policies, or the mapping is no mapping.
    """
    _only_draft(record)
    if objection := why_not_mapped(columns, at=at):
        raise Refused(objection)
    record.columns = json.dumps({"at": at, "columns": dict(columns)})
    _changed(session, record, now=now)


def why_not_mapped(columns: Mapping[str, int], *, at: int) -> str:
    """A sentence where this is no mapping of a manifest, else ""."""
    if not NAMING & columns.keys():
        return "Choose a column for the file, or one for the number or the title."
    is_sane = set(columns) <= set(FIELDS) and 0 <= at <= ROWS_ABOVE
    if not is_sane or not all(0 <= column < MAX_COLUMNS for column in columns.values()):
        return "These columns are not those of the manifest; open its page again."
    return ""


def check(session: Session, actor: Person, record: Import, *, now: datetime) -> Job:
    """Ask for the dry run. Raises `Refused` where the import has begun."""
    _only_draft(record)
    _changed(session, record, now=now)
    return jobs.ask(session, actor, CHECK, about=record.id, now=now)


def start(session: Session, actor: Person, record: Import, *, now: datetime) -> Job:
    """Ask for the import itself, or for the rest of one that was stopped.

    Raises:
        Refused: it was not checked, is over, or its files are gone.
    """
    if record.state == ImportState.DRAFT:
        raise Refused("Check the upload first; then you see what the import would do.")
    if record.state in {ImportState.DONE, ImportState.UNDONE} or not record.upload:
        raise Refused("This import is over; upload the files again to import them again.")
    record.state, record.began_at = ImportState.BEGUN, now
    return jobs.ask(session, actor, IMPORT, about=record.id, now=now)


def discard(session: Session, home: Home, record: Import, *, now: datetime) -> None:
    """Throw an upload away that was not imported; nothing of it stays.

    Raises:
        Refused: the import has begun.
    """
    _only_draft(record)
    _changed(session, record, now=now)
    session.execute(delete(UploadFile).where(UploadFile.import_id == record.id))
    session.delete(record)
    session.flush()  # its folder is needed as long as its row is there
    uploads.settle(session, home)


def delivered(session: Session, home: Home, record: Import) -> Delivery:
    """The upload as a delivery: ZIPs opened, the manifest set aside. Use it in a `with`.

    An archive that cannot be opened is a refused file.
    """
    rows = uploads.files_of(session, record)
    opened: list[BinaryIO] = []
    found: list[Candidate] = []
    for row in rows:
        path = uploads.path_of(home, record, row)
        if PurePosixPath(row.source).suffix.lower() != ".zip":
            found.append(Candidate(row.source, partial(load, path), why_not(row.source)))
            continue
        try:
            file, inside = open_archive(path, row.source.rpartition("/")[2])
        except Refused as refused:
            found.append(Candidate(row.source, bytes, str(refused)))
            continue
        opened.append(file)
        around = f"{row.source[:-4]}/" if len(rows) > 1 and not _one_archive(rows) else ""
        found += [replace(each, source=f"{around}{each.source}") for each in inside]
    candidates = told_apart(found)
    manifest = _manifest(candidates, record.sheet)
    rest = tuple(each for each in candidates if each is not manifest)
    return Delivery(record.name, rest, manifest, opened=tuple(opened))


def choices(session: Session, home: Home, record: Import) -> tuple[list[str], str, int]:
    """Which files could be the manifest, the likeliest first; which is; and how many others."""
    with delivered(session, home, record) as delivery:
        every = [each for each in (delivery.manifest, *delivery.candidates) if each is not None]
        able = [each.source for each in every if _is_list(each.source)]
        able.sort(key=lambda source: (source.count("/"), not is_sheet(source), source))
        chosen = delivery.manifest.source if delivery.manifest else NO_SHEET
        return able[:SHEETS_SHOWN], chosen, len(delivery.candidates)


def look(session: Session, home: Home, record: Import) -> Look:
    """Show the top of the manifest, read in a process of its own.

    Raises:
        Refused: there is none, or it cannot be read.
    """
    with delivered(session, home, record) as delivery, ReaderProcess() as reader:
        sheet = delivery.manifest
        if sheet is None:
            raise Refused("This upload has no manifest; its files speak for themselves.")
        return guarded.look(reader, sheet.filename, sheet.load(), layout=record.layout)


def _manifest(candidates: list[Candidate], sheet: str | None) -> Candidate | None:
    if sheet is not None:
        return next((each for each in candidates if sheet and each.source == sheet), None)
    tops = [each for each in candidates if "/" not in each.source and _is_list(each.source)]
    known = [each for each in tops if is_sheet(each.source)]
    if known:
        return known[0]
    # One list beside many documents is the list of them.
    return tops[0] if len(tops) == 1 and len(candidates) > 1 else None


def _one_archive(rows: list[UploadFile]) -> bool:
    """One ZIP with nothing beside it but lists keeps the sources that it has inside."""
    zips = [row for row in rows if row.source.lower().endswith(".zip")]
    return len(zips) == 1 and all(row in zips or _is_list(row.source) for row in rows)


def _is_list(source: str) -> bool:
    return PurePosixPath(source).suffix.lower() in SHEETS


def _only_draft(record: Import) -> None:
    if record.state not in {ImportState.DRAFT, ImportState.CHECKED}:
        raise Refused("This import has begun; what was uploaded for it cannot be changed.")


def _changed(session: Session, record: Import, *, now: datetime) -> None:
    """What a dry run said, or is about to say, is not so any more."""
    record.state = ImportState.DRAFT
    imports.forget_plan(session, record.id)
    checking = store_jobs.under_way(session, CHECK, record.id)
    if checking is not None:
        jobs.cancel(checking, now=now)
        session.flush()  # the next check is a job of its own


def _source(name: str) -> str:
    """The path that a browser gives a file of a folder; without what would lead out of it."""
    parts = shown(name).replace("\\", "/").split("/")
    kept = [part for part in parts if part not in {"", ".", ".."} and not part.endswith(":")]
    return "/".join(kept)[-1000:] or "unnamed"


def _size(stream: IO[bytes]) -> int:
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    return size
