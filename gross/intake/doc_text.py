"""The words of an old Word file, from its own piece table: the way when no LibreOffice is there.

[MS-DOC] sections 2.4.1 (retrieving text) and 2.5 (the file information block).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import olefile

from gross.domain.errors import Refused

MAX_PIECES = 100_000
_WORD_97 = 0xC1  # nFib: older files hold their text in one run
_FIELD = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_DROPPED = re.compile("[\x00-\x06\x08\x1f]")


@dataclass(frozen=True, slots=True)
class Story:
    """The text, its page edges, and what stands beside it: footnotes, endnotes and text boxes.

    Paragraphs end in CR; a table's cells and rows end in BEL.
    """

    main: str
    edges: str = ""
    beside: str = ""


def read_story(filename: str, content: bytes) -> Story:
    """Take the words out of a .doc.

    Raises:
        Refused: it is protected by a password, or damaged.
    """
    try:
        with olefile.OleFileIO(BytesIO(content)) as file:
            document = file.openstream("WordDocument").read()
            tables = {name: _stream(file, name) for name in ("0Table", "1Table")}
    except (OSError, ValueError, TypeError, IndexError, struct.error) as error:
        raise Refused(f"{filename} is damaged: its Word streams cannot be opened.") from error
    try:
        story = _story(filename, document, tables)
    except struct.error:
        story = Story("")
    if not story.main:
        raise Refused(f"{filename} is damaged: its Word text cannot be found.")
    return story


def _stream(file: olefile.OleFileIO, name: str) -> bytes:
    return bytes(file.openstream(name).read()) if file.exists(name) else b""


def _story(filename: str, document: bytes, tables: dict[str, bytes]) -> Story:
    magic, version = struct.unpack_from("<HH", document, 0)
    flags = struct.unpack_from("<H", document, 10)[0]
    if magic not in {0xA5EC, 0xA5DC}:
        raise Refused(f"{filename} is damaged: it holds no Word text.")
    if flags & 0x0100:
        raise Refused(f"{filename} is protected by a password; save it without one.")
    if version < _WORD_97:
        first, last = struct.unpack_from("<II", document, 24)
        return Story(_plain(document[first:last].decode("cp1252", "replace")))
    table = tables["1Table" if flags & 0x0200 else "0Table"]
    text = "".join(_pieces(document, table))
    # The lengths of the stories, which follow one another: text, footnotes, page edges, (macros,)
    # comments, endnotes, text boxes.
    lengths = struct.unpack_from("<7I", document, 0x4C)
    cuts = [sum(lengths[:n]) for n in range(8)]
    main, notes, edges, _, _, ends, boxes = (text[start:end] for start, end in pairwise(cuts))
    return Story(_plain(main), _plain(edges), _plain(f"{boxes}\r{notes}\r{ends}"))


def _pieces(document: bytes, table: bytes) -> Iterator[str]:
    start, size = struct.unpack_from("<II", document, 0x1A2)
    found = _piece_table(table[start : start + size])
    count = min((len(found) - 4) // 12, MAX_PIECES)
    ends = struct.unpack_from(f"<{count + 1}I", found, 0)
    left = len(document)  # damage may make every piece name the whole file
    for n in range(count):
        place = struct.unpack_from("<I", found, 4 * (count + 1) + 8 * n + 2)[0]
        letters = min(max(ends[n + 1] - ends[n], 0), left)
        is_narrow = bool(place & 0x40000000)
        at = (place & 0x3FFFFFFF) >> is_narrow
        raw = document[at : at + letters * (1 if is_narrow else 2)]
        left -= letters
        yield raw.decode("cp1252" if is_narrow else "utf-16-le", "replace")


def _piece_table(clx: bytes) -> bytes:
    """Skip the formatting that stands before it."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise struct.error("there is no piece table")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    return clx[at + 5 : at + 5 + size]


def _plain(text: str) -> str:
    """Fields show their result, and marks that are no letters go."""
    while (shorter := _FIELD.sub(r"\1", text)) != text:
        text = shorter
    text = text.replace("\x1e", "-").replace("\x0b", " ").replace("\x0c", "\r")
    return _DROPPED.sub("", text.replace("\x13", "").replace("\x14", "").replace("\x15", ""))
