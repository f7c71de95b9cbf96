"""Uploaded bytes that wait for their import: below `uploads/` of the home, under names of our own.

They are written inside the transaction that names them. A folder or a file that no row names was
never committed, or is done with; `settle` clears it away.
"""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gross.home import Home
from gross.store.imports import Import, ImportState, UploadFile

LIVE = (ImportState.DRAFT, ImportState.CHECKED, ImportState.BEGUN)


def new_folder(home: Home) -> str:
    """Make an empty folder for an import; give its name."""
    name = secrets.token_hex(16)
    (home.path / "uploads" / name).mkdir(parents=True)
    return name


def keep(home: Home, record: Import, row: UploadFile, stream: IO[bytes]) -> None:
    """Write a file's bytes; `row.id` names it, never what it was called outside."""
    with path_of(home, record, row).open("wb") as file:
        shutil.copyfileobj(stream, file, 1 << 20)


def path_of(home: Home, record: Import, row: UploadFile) -> Path:
    return folder_of(home, record) / str(row.id)


def folder_of(home: Home, record: Import) -> Path:
    return home.path / "uploads" / record.upload


def files_of(session: Session, record: Import) -> list[UploadFile]:
    return list(
        session.scalars(
            select(UploadFile).where(UploadFile.import_id == record.id).order_by(UploadFile.source)
        )
    )


def weight_of(session: Session, record: Import) -> tuple[int, int]:
    """How many files were uploaded for it, and how many bytes."""
    files, size = session.execute(
        select(func.count(), func.sum(UploadFile.size_bytes)).where(
            UploadFile.import_id == record.id
        )
    ).one()
    return files, size or 0


def settle(session: Session, home: Home) -> None:
    """Remove the folders that no import needs. Call it in a writing transaction."""
    root = home.path / "uploads"
    if not root.is_dir():
        return
    needed = set(
        session.scalars(select(Import.upload).where(Import.upload != "", Import.state.in_(LIVE)))
    )
    for folder in root.iterdir():
        if folder.name not in needed:
            shutil.rmtree(folder, ignore_errors=True)
