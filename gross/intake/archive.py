"""The guard before every ZIP: DOCX, ODT and imported archives are checked before they open."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from gross.domain.errors import Refused

MAX_ENTRIES = 20_000
MAX_ENTRY_BYTES = 200 * 1024 * 1024
MAX_TOTAL_BYTES = 2 * 1024 * 1024 * 1024
MAX_RATIO = 250  # Word's own XML packs to a fortieth; a bomb to a thousandth
RATIO_FLOOR_BYTES = 16 * 1024 * 1024  # below this size a high ratio harms nobody

_ENCRYPTED = 0x1


class Entry(NamedTuple):
    """A file in an archive. `open` gives its bytes, counted while they inflate."""

    name: str
    open: Callable[[], bytes]
    size_bytes: int = 0


def entries(content: bytes | BinaryIO, filename: str = "The archive") -> list[Entry]:
    """List the files of an archive that is safe to open; archives inside it are not followed.

    Given an open file, only what is asked for is read from it; it has to stay open.

    Raises:
        Refused: the archive is damaged, protected, or made to harm.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content) if isinstance(content, bytes) else content)
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise Refused(f"{filename} is damaged: its ZIP directory cannot be read.") from error
    objection = _objection(infos)
    if objection:
        raise Refused(f"{filename} {objection}.")
    return [
        Entry(info.filename, partial(_inflated, archive, info, filename), info.file_size)
        for info in infos
        if not info.is_dir()
    ]


def _objection(infos: list[zipfile.ZipInfo]) -> str:
    if len(infos) > MAX_ENTRIES:
        return f"holds more than {MAX_ENTRIES:,} files; split it"
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        return "would unpack to more than 2 GB; split it"
    for info in infos:
        objection = _objection_to(info)
        if objection:
            return objection
    if _has_doubles(infos):
        return "holds two files of the same name"
    return "holds files that overlap, as a bomb does" if _overlap(infos) else ""


def _objection_to(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "is protected by a password; save it without one"
    if stat.S_ISLNK(info.external_attr >> 16):
        return f"holds a link ({_short(info.filename)}), which is not followed"
    if _leaves(info.filename):
        return f"holds a path that leads outside it ({_short(info.filename)})"
    if info.file_size > MAX_ENTRY_BYTES:
        return f"holds a file larger than 200 MB ({_short(info.filename)})"
    is_packed = info.file_size > RATIO_FLOOR_BYTES
    if is_packed and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"holds a file packed too tightly to be honest ({_short(info.filename)})"
    return ""


def _leaves(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or name[1:2] == ":" or "\0" in name


def _has_doubles(infos: list[zipfile.ZipInfo]) -> bool:
    names = {unicodedata.normalize("NFC", info.filename).casefold() for info in infos}
    return len(names) < len(infos)


def _overlap(infos: list[zipfile.ZipInfo]) -> bool:
    """Compare the data's places: each entry ends before the next one's header begins."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    return any(
        a.header_offset + len(a.orig_filename) + a.compress_size > b.header_offset
        for a, b in pairwise(ordered)
    )


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo, filename: str) -> bytes:
    """The bytes of one entry; the library counts them and stops at the size that was checked."""
    try:
        with archive.open(info) as stream:
            return stream.read()
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError) as error:
        raise Refused(
            f"{filename} is damaged: {_short(info.filename)} in it cannot be unpacked."
        ) from error


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:77]}…"
