"""Draw a page of an original for eyes that compare it with what was read."""

from __future__ import annotations

from gross.domain.errors import Refused
from gross.home import Home
from gross.intake import guarded
from gross.intake.child import ReaderProcess
from gross.intake.picture import Picture
from gross.store import originals
from gross.store.policies import Edition


def drawn(home: Home, edition: Edition, number: int) -> tuple[Picture | None, str]:
    """A page of a PDF, or why there is none; other formats have no pages of their own: None, ""."""
    if not edition.filename.lower().endswith(".pdf"):
        return None, ""
    try:
        content = originals.path_of(home, edition.digest).read_bytes()
        with ReaderProcess() as reader:
            return guarded.picture(reader, edition.filename, content, page=number), ""
    except Refused as refused:
        return None, str(refused)
