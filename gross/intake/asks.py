"""What a reading process can be asked about a file: one function an ask, one name in ALL.

Each takes the file's name, its bytes and the message's head, and gives plain JSON.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from gross.intake import read
from gross.intake.as_json import to_json
from gross.intake.eml import attachments
from gross.intake.manifest import look_at, read_manifest
from gross.intake.manual import part_reading, part_to_json, parts_of
from gross.intake.ocr import Ocr
from gross.intake.picture import page_picture
from gross.intake.sheet_as_json import look_to_json, rows_to_json

Head = Mapping[str, Any]


def _read(filename: str, content: bytes, head: Head) -> dict[str, Any]:
    return to_json(read(filename, content, day_first=_day_first(head), ocr=ocr_of(head)))


def _look(filename: str, content: bytes, head: Head) -> dict[str, Any]:
    found = look_at(filename, content, layout=str(head["layout"]))
    return {"outcome": "read", **look_to_json(found)}


def _rows(filename: str, content: bytes, head: Head) -> dict[str, Any]:
    mapping = head["columns"]
    layout = str(head["layout"]) or look_at(filename, content).layout
    rows = read_manifest(
        filename,
        content,
        day_first=_day_first(head),
        layout=layout,
        at=int(head["at"]),
        columns={str(name): int(n) for name, n in mapping.items()} if mapping else None,
    )
    return {"outcome": "read", "rows": rows_to_json(rows), "layout": layout}


def _picture(filename: str, content: bytes, head: Head) -> dict[str, Any]:
    drawn = page_picture(filename, content, page=int(head["page"]))
    return {"outcome": "read", "png": base64.b64encode(drawn.png).decode(), "pages": drawn.pages}


def ocr_of(head: Head) -> Ocr | None:
    """How pages that are pictures may be read, where the message says so."""
    return Ocr(**head["ocr"]) if "ocr" in head else None


def _parts(filename: str, content: bytes, head: Head) -> dict[str, Any]:
    """The manual, its parts, and each part read as a document of its own."""
    manual = read(filename, content, day_first=_day_first(head))
    level = head["level"]
    parts = [
        {
            **part_to_json(part),
            "reading": to_json(part_reading(filename, manual, part, day_first=_day_first(head))),
        }
        for part in parts_of(manual, level=None if level is None else int(level))
    ]
    return {"outcome": "read", "whole": to_json(manual), "parts": parts}


def _attached(filename: str, content: bytes, head: Head) -> dict[str, Any]:
    """The names of what came with a mail; the bytes of the one that `at` names."""
    found = attachments(filename, content)
    at = head["at"]
    wanted = b"" if at is None else found[int(at)].open()
    return {
        "outcome": "read",
        "names": [entry.name for entry in found],
        "content": base64.b64encode(wanted).decode(),
    }


def _day_first(head: Head) -> bool | None:
    asked = head["day_first"]
    return None if asked is None else bool(asked)


ALL: Mapping[str, Callable[[str, bytes, Head], dict[str, Any]]] = {
    "attached": _attached,
    "look": _look,
    "parts": _parts,
    "picture": _picture,
    "read": _read,
    "rows": _rows,
}
