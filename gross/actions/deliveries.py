"""A delivery: what lies in a folder, a ZIP or a single file, and why some of it is not taken."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO

from gross.domain.errors import Refused
from gross.intake import MAX_BYTES, archive
from gross.intake.layouts import is_sheet
from gross.intake.layouts.types import Layout

ARCHIVE_BYTES = 1 << 30
_UNVERSIONED = 10**6  # a file without a version in its name is the current one
# Controls, what turns the direction of writing, and the halves that undecodable bytes become.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file of a delivery. `source` is its path there, in NFC, with "/"; `load` gives its bytes.

    `refusal` says why it is not taken, and `outcome` what that counts as; then `load` is not
    called.
    """

    source: str
    load: Callable[[], bytes]
    refusal: str = ""
    outcome: str = "refused"

    @property
    def filename(self) -> str:
        return self.source.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Delivery:
    """`is_single`: somebody named this one file, and wants to hear of it in particular.

    Leave it, or use it in a `with`: an archive is read from its place as long as it is open.
    """

    name: str
    candidates: tuple[Candidate, ...]
    manifest: Candidate | None = None  # found at the top
    is_single: bool = False
    opened: tuple[BinaryIO, ...] = ()

    def __enter__(self) -> Delivery:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self.opened:
            file.close()


def deliver(path: Path) -> Delivery:
    """List what a folder, a ZIP or a file holds, by name; nothing but an archive is opened.

    Raises:
        Refused: there is nothing at `path`, it is empty, or its archive is not safe to open.
    """
    if not path.exists():
        raise Refused(f"{shown(str(path))} does not exist; give a folder, a ZIP or a file.")
    name = shown(path.resolve().name)
    opened: tuple[BinaryIO, ...] = ()
    if path.is_dir():
        found = told_apart(_in_folder(path, path))
    elif path.suffix.lower() == ".zip":
        file, inside = open_archive(path.resolve(), name)
        found, opened = told_apart(inside), (file,)
    else:
        found = [Candidate(unicodedata.normalize("NFC", name), partial(load, path))]
        return Delivery(name, tuple(found), is_single=True)
    if not found:
        for each in opened:
            each.close()
        raise Refused(f"{name} holds no files; give a folder or a ZIP with the policies in it.")
    manifest = next((each for each in found if is_sheet(each.source)), None)
    rest = tuple(each for each in found if each is not manifest)
    return Delivery(name, rest, manifest, opened=opened)


def arranged(delivery: Delivery, layout: Layout) -> Delivery:
    """Of each file's versions, as the layout names them, take the newest under its plain name."""
    if layout.version is None:
        return delivery
    versions: dict[str, list[tuple[tuple[int, ...], Candidate]]] = {}
    for each in delivery.candidates:
        folder = each.source[: -len(each.filename)]
        found = layout.version.fullmatch(each.filename)
        plain = f"{folder}{found['stem']}{found['extension']}" if found else each.source
        rank = tuple(map(int, found["version"].split("."))) if found else (_UNVERSIONED,)
        versions.setdefault(plain, []).append((rank, each))
    taken: list[Candidate] = []
    for plain, files in versions.items():
        *older, (_, newest) = sorted(files, key=lambda pair: pair[0])
        taken.append(replace(newest, source=plain))
        for _, each in older:
            why = f"{each.filename} is an older version; {newest.filename} was taken."
            taken.append(replace(each, refusal=each.refusal or why, outcome="duplicate"))
    return replace(delivery, candidates=tuple(told_apart(taken)))


def load(path: Path, *, most: int = MAX_BYTES) -> bytes:
    """Read a file whole; never through a link, and never anything but a file.

    Raises:
        Refused: it cannot be opened, is no file, or is larger than `most` bytes.
    """
    name = shown(path.name)
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
        name = shown(folder.name)
        why = f"{name} cannot be opened: {error.strerror}."
        yield Candidate(shown(prefix.rstrip("/")) or name, bytes, why)
        return
    for entry in entries:
        source = f"{prefix}{entry.name}"
        refusal = why_not(source) or (_why_no_link(root, entry) if entry.is_symlink() else "")
        if not refusal and entry.is_dir(follow_symlinks=False):
            yield from _in_folder(root, Path(entry.path), f"{source}/")
        else:
            yield Candidate(shown(source), partial(load, Path(entry.path)), refusal)


def _why_no_link(root: Path, entry: os.DirEntry[str]) -> str:
    """Links are not followed: one leads to what nobody meant, or to what is read anyway."""
    name = shown(entry.name)
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return f"{name} is a link that leads nowhere."
    if target.is_relative_to(root.resolve()):
        return f"{name} is a link to another file of this folder, which is read at its own place."
    return f"{name} is a link that leads out of the folder; put the file itself there."


def open_archive(path: Path, name: str) -> tuple[BinaryIO, list[Candidate]]:
    """List what an archive holds; its file stays open, for whoever reads from it to close.

    Raises:
        Refused: it cannot be opened, is too large, or is not safe to open.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refused(f"{name} cannot be opened: {error.strerror}.") from error
    try:
        if path.stat().st_size > ARCHIVE_BYTES:
            raise Refused(f"{name} is larger than {ARCHIVE_BYTES >> 20:,} MB; split it.")
        found = archive.entries(file, name)
    except Refused:
        file.close()
        raise
    return file, list(_in_archive(found, name))


def _in_archive(found: list[archive.Entry], name: str) -> Iterator[Candidate]:
    names = [entry.name.replace("\\", "/") for entry in found]
    # A ZIP of a folder often holds that folder itself; its files keep the sources of the folder.
    stem = PurePosixPath(name).stem
    cut = len(stem) + 1 if names and all(each.startswith(f"{stem}/") for each in names) else 0
    for each, entry in sorted(zip(names, found, strict=True), key=lambda pair: pair[0]):
        source = each[cut:]
        refusal = why_not(source)
        if not refusal and entry.size_bytes > MAX_BYTES:
            refusal = f"{shown(source).rpartition('/')[2]} is larger than 50 MB; split it."
        yield Candidate(shown(source), entry.open, refusal)


def why_not(source: str) -> str:
    name = shown(source).rpartition("/")[2]
    if _UNSHOWABLE.search(source):
        return f"{name} has a name with characters that cannot be shown; rename it."
    if any(part.startswith((".", "~$")) or part == "__MACOSX" for part in source.split("/")):
        return f"{name} is hidden; rename it without the dot if it is a policy."
    return ""


def shown(name: str) -> str:
    """A name that any page and database can hold: NFC, with � for controls and half characters."""
    return _UNSHOWABLE.sub("�", unicodedata.normalize("NFC", name))


def told_apart(candidates: Iterable[Candidate]) -> list[Candidate]:
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
