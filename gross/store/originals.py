"""Original bytes, kept under their SHA-256: no name from outside ever becomes a path.

A file is first kept in `originals/incoming/` and moved to its place once the transaction that names
it has been committed. So whatever was refused, rolled back or killed half way is found there and
nowhere else, and `settle` clears it away.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gross.domain.errors import Refused
from gross.home import Home
from gross.store.policies import Edition


def keep(home: Home, content: bytes) -> str:
    """Put bytes on disk for an edition of the caller's writing transaction; give their digest.

    They are there to stay when this returns: a commit that follows never outlives its bytes.
    """
    digest = hashlib.sha256(content).hexdigest()
    if home.original(digest).exists():
        return digest
    folder = _incoming(home)
    folder.mkdir(exist_ok=True)
    half = folder / f"{digest}.half"
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(folder / digest)
    _sync(folder)
    return digest


def settle(session: Session, home: Home) -> None:
    """Move what is committed to its place, and remove what never was.

    Call it in a writing transaction, before `keep`: then nobody else is keeping at this moment.
    """
    if not (found := sorted(_incoming(home).glob("*"))):
        return
    named = set(
        session.scalars(
            select(Edition.digest).where(Edition.digest.in_([path.name for path in found]))
        )
    )
    for path in found:
        if path.name not in named:
            path.unlink()
            continue
        place = home.original(path.name)
        place.parent.mkdir(exist_ok=True)
        path.replace(place)
        _sync(place.parent)
    _sync(home.path / "originals")


def sweep(session: Session, home: Home) -> int:
    """Remove the bytes that no edition names; give how many files went.

    Call it in a writing transaction, after the editions are gone for good: after their commit.
    """
    gone = 0
    for folder in sorted((home.path / "originals").glob("[0-9a-f][0-9a-f]")):
        names = [path.name for path in folder.iterdir()]
        named = set(session.scalars(select(Edition.digest).where(Edition.digest.in_(names))))
        for name in names:
            if name not in named:
                (folder / name).unlink()
                gone += 1
    return gone


def path_of(home: Home, digest: str) -> Path:
    """Where these bytes can be read.

    Raises:
        Refused: they are not in the home folder.
    """
    for path in (home.original(digest), _incoming(home) / digest, home.original(digest)):
        if path.is_file():  # asked twice, because it may be moved between the first two answers
            return path
    raise Refused(
        "The original file is missing from the home folder; restore it there from a backup."
    )


def _incoming(home: Home) -> Path:
    return home.path / "originals" / "incoming"


def _sync(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
