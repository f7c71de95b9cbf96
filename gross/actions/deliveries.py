"""A delivery: what lies in a folder, a ZIP or a single file, and why some of it is not taken."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gross.domain.errors import Refused
from gross.intake import MAX_BYTES, archive

ARCHIVE_BYTES = 1 << 30  # an archive is held in memory while it is imported
MANIFESTS = ("manifest.csv", "manifest.xlsx")
# Controls, what turns the direction of writing, and the halves that undecodable bytes become.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file of a delivery. `source` is its path there, in NFC, with "/"; `load` gives its bytes.

    `refusal` says why it is not taken; then `load` is not called.
    """

    source: str
    load: Callable[[], bytes]
    refusal: str = ""

    @property
    def filename(self) -> str:
        return self.source.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Delivery:
    """`is_single`: somebody named this one file, and wants to hear of it in particular."""

    name: str
    candidates: tuple[Candidate, ...]
    manifest: Candidate | None = None  # found at the top
    is_single: bool = False


def deliver(path: Path) -> Delivery:
    """List what a folder, a ZIP or a file holds, by name; nothing but an archive is opened.

    Raises:
        Refused: there is nothing at `path`, it is empty, or its archive is not safe to open.
    """
    if not path.exists():
        raise Refused(f"{_shown(str(path))} does not exist; give a folder, a ZIP or a file.")
    name = _shown(path.resolve().name)
    if path.is_dir():
        found = _told_apart(_in_folder(path, path))
    elif path.suffix.lower() == ".zip":
        found = _told_apart(_in_archive(path))
    else:
        found = [Candidate(unicodedata.normalize("NFC", name), partial(load, path))]
        return Delivery(name, tuple(found), is_single=True)
    if not found:
        raise Refused(f"{name} holds no files; give a folder or a ZIP with the policies in it.")
    manifest = next((each for each in found if each.source.casefold() in MANIFESTS), None)
    return Delivery(name, tuple(each for each in found if each is not manifest), manifest)


def load(path: Path, *, most: int = MAX_BYTES) -> bytes:
    """Read a file whole; never through a link, and never anything but a file.

    Raises:
        Refused: it cannot be opened, is no file, or is larger than `most` bytes.
    """
    name = _shown(path.name)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Refused(f"{name} is not a file.")
            content = file.read(most + 1) if status.st_size <= most else b""
    except OSError as error:
        raise Refused(f"{name} cannot be opened: {error.strerror}.") from error
    if status.st_size > most or len(content) > most:
        raise Refused(f"{name} is larger than {most >> 20:,} MB; split it.")
    return content


def _in_folder(root: Path, folder: Path, prefix: str = "") -> Iterator[Candidate]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        name = _shown(folder.name)
        why = f"{name} cannot be opened: {error.strerror}."
        yield Candidate(_shown(prefix.rstrip("/")) or name, bytes, why)
        return
    for entry in entries:
        source = f"{prefix}{entry.name}"
        refusal = _why_not(source) or (_why_no_link(root, entry) if entry.is_symlink() else "")
        if not refusal and entry.is_dir(follow_symlinks=False):
            yield from _in_folder(root, Path(entry.path), f"{source}/")
        else:
            yield Candidate(_shown(source), partial(load, Path(entry.path)), refusal)


def _why_no_link(root: Path, entry: os.DirEntry[str]) -> str:
    """Links are not followed: one leads to what nobody meant, or to what is read anyway."""
    name = _shown(entry.name)
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return f"{name} is a link that leads nowhere."
    if target.is_relative_to(root.resolve()):
        return f"{name} is a link to another file of this folder, which is read at its own place."
    return f"{name} is a link that leads out of the folder; put the file itself there."


def _in_archive(path: Path) -> Iterator[Candidate]:
    content = load(path.resolve(), most=ARCHIVE_BYTES)
    found = archive.entries(content, _shown(path.name))
    names = [entry.name.replace("\\", "/") for entry in found]
    # A ZIP of a folder often holds that folder itself; its files keep the sources of the folder.
    around = f"{path.stem}/"
    cut = len(around) if names and all(name.startswith(around) for name in names) else 0
    for name, entry in sorted(zip(names, found, strict=True), key=lambda pair: pair[0]):
        source = name[cut:]
        yield Candidate(_shown(source), entry.open, _why_not(source))


def _why_not(source: str) -> str:
    name = _shown(source).rpartition("/")[2]
    if _UNSHOWABLE.search(source):
        return f"{name} has a name with characters that cannot be shown; rename it."
    if any(part.startswith((".", "~$")) or part == "__MACOSX" for part in source.split("/")):
        return f"{name} is hidden; rename it without the dot if it is a policy."
    return ""


def _shown(name: str) -> str:
    """A name that any page and database can hold: NFC, with � for controls and half characters."""
    return _UNSHOWABLE.sub("�", unicodedata.normalize("NFC", name))


def _told_apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Give every candidate a source of its own: two names may differ only in how é is written."""
    found: dict[str, Candidate] = {}
    for each in candidates:
        source, times = each.source, 1
        while source in found:
            times += 1
            source = f"{each.source} ({times})"
        if times > 1 and not each.refusal:
            why = f"{each.filename} has the same name as another file beside it; rename one."
            each = replace(each, refusal=why)
        found[source] = replace(each, source=source)
    return list(found.values())
