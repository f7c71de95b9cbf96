"""The asks of a reading process besides a policy's text: rows, pictures, parts, attachments."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from gross.intake.as_json import from_json
from gross.intake.child import ReaderProcess
from gross.intake.manifest import Look, Row
from gross.intake.manual import Manual, part_from_json
from gross.intake.picture import Picture
from gross.intake.sheet_as_json import look_from_json, rows_from_json


def look(reader: ReaderProcess, filename: str, content: bytes, *, layout: str = "") -> Look:
    """Show the top of a sheet. Raises `Refused`, as all of these."""
    return reader.told(filename, content, look_from_json, ask="look", layout=layout)


def rows(
    reader: ReaderProcess,
    filename: str,
    content: bytes,
    *,
    day_first: bool | None,
    layout: str = "",
    at: int = 0,
    columns: Mapping[str, int] | None = None,
) -> tuple[tuple[Row, ...], str]:
    """The rows of a manifest, and the name of the layout that it was read as."""
    return reader.told(
        filename,
        content,
        lambda values: (rows_from_json(values["rows"]), str(values["layout"])),
        ask="rows",
        day_first=day_first,
        layout=layout,
        at=at,
        columns=dict(columns) if columns is not None else None,
    )


def picture(reader: ReaderProcess, filename: str, content: bytes, *, page: int) -> Picture:
    return reader.told(filename, content, _picture, ask="picture", page=page)


def parts(
    reader: ReaderProcess,
    filename: str,
    content: bytes,
    *,
    level: int | None,
    day_first: bool | None,
) -> Manual:
    """The policies that a file holds, found at its headings; none where nothing parts them."""
    return reader.told(filename, content, _manual, ask="parts", level=level, day_first=day_first)


def attached(reader: ReaderProcess, filename: str, content: bytes) -> tuple[str, ...]:
    """The names of the files that came with a mail."""
    return reader.told(filename, content, _names, ask="attached", at=None)


def attachment(reader: ReaderProcess, filename: str, content: bytes, *, at: int) -> bytes:
    """The bytes of the file that `attached` names at that place."""
    return reader.told(filename, content, _content, ask="attached", at=at)


def _manual(values: Any) -> Manual:
    pairs = [(part_from_json(each), from_json(each["reading"])) for each in values["parts"]]
    return Manual(from_json(values["whole"]), tuple(pairs))


def _names(values: Any) -> tuple[str, ...]:
    return tuple(str(each) for each in values["names"])


def _content(values: Any) -> bytes:
    return base64.b64decode(values["content"], validate=True)


def _picture(values: Any) -> Picture:
    return Picture(base64.b64decode(values["png"], validate=True), int(values["pages"]))
