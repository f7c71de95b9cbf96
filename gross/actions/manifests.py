"""A manifest beside a delivery: which row speaks of which file, and what it says over the file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from gross.domain.header import KINDS
from gross.intake.manifest import Row
from gross.intake.types import Reading

_NOT_IN_FORCE = re.compile(
    r"retired|archived?|obsolete|withdrawn|rescinded|superseded|inactive", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the library keeps of a file beside its text; dates are ISO 8601, as far as known."""

    number: str
    title: str
    kind: str
    department: str
    owner: str
    dates: dict[str, str]
    fields: dict[str, str]
    warnings: tuple[str, ...]


class Manifest:
    """The rows, found by path, else by a file name that only one row and one file have."""

    def __init__(self, name: str, rows: Iterable[Row], sources: Iterable[str]) -> None:
        self.name = name
        self._rows = {row.line: row for row in rows}
        self._used: set[int] = set()
        self._by_path: dict[str, Row] = {}
        for row in self._rows.values():
            self._by_path.setdefault(_key(row.file), row)
        self._by_path.pop("", None)
        self._by_name = self._unique_names(list(sources))

    def row_for(self, source: str, number: str = "", title: str = "") -> Row | None:
        """Find the row for a file; one that names no file is found by number, else by title."""
        key = _key(source)
        row = self._by_path.get(key) or self._by_name.get(_name(key))
        row = row or self._fileless(number, title)
        if row is not None:
            self._used.add(row.line)
        return row

    def left_over(self) -> Iterator[tuple[str, str, str]]:
        """What no file answered to: outcome "missing" or "refused", what it is called, and why."""
        called: Counter[str] = Counter()
        for row in self._rows.values():
            if row.line in self._used:
                continue
            names_nothing = not (row.file or row.number or row.title)
            if names_nothing or self._by_path.get(_key(row.file), row) is not row:
                yield "refused", f"{self.name}, line {row.line}", " ".join(row.problems)
                continue
            name = row.file or f"{row.number} {row.title}".strip()
            called[name] += 1
            shown = name if called[name] == 1 else f"{name} (line {row.line})"
            yield "missing", shown, f"{self.name} lists it in line {row.line}; it was not there."

    def _fileless(self, number: str, title: str) -> Row | None:
        def fits(row: Row) -> bool:
            if row.number:
                return row.number.casefold() == number.casefold()
            return row.title.casefold() == title.casefold()

        free = (row for row in self._rows.values() if not row.file and row.line not in self._used)
        return next((row for row in free if (row.number or row.title) and fits(row)), None)

    def _unique_names(self, sources: list[str]) -> dict[str, Row]:
        paths = {_key(source) for source in sources}
        lost = [row for path, row in self._by_path.items() if path not in paths]
        rows = Counter(_name(_key(row.file)) for row in lost)
        files = Counter(_name(path) for path in paths - self._by_path.keys())
        return {
            name: row
            for row in lost
            if rows[name := _name(_key(row.file))] == 1 and files[name] == 1
        }


def why_not_in_force(row: Row | None) -> str:
    """A sentence when the manifest says that the policy is no longer in force, else ""."""
    status = row.fields.get("status", "") if row else ""
    if not _NOT_IN_FORCE.fullmatch(status.strip()):
        return ""
    return f"The manifest marks it as “{status}”; only policies in force are brought in."


def header(source: str, reading: Reading, row: Row | None) -> Header:
    """Put together what manifest and document say; the manifest wins where it says something."""
    path = PurePosixPath(source)
    said = {**reading.fields, **(row.fields if row else {})}
    dates = {**reading.dates, **(row.dates if row else {})}
    folder = path.parts[0] if len(path.parts) > 1 else ""
    return Header(
        number=(row.number if row else "") or reading.number,
        title=(row.title if row else "") or reading.title or path.stem,
        kind=_kind(said.get("kind", "")),
        department=said.get("area", "") or folder,
        owner=said.get("owner", ""),
        dates={name: str(value) for name, value in dates.items()},
        fields=said,
        warnings=(*reading.warnings, *(row.problems if row else ())),
    )


def _kind(written: str) -> str:
    return next((kind for kind in KINDS if kind in written.casefold()), "policy")


def _key(path: str) -> str:
    path = unicodedata.normalize("NFC", path).replace("\\", "/").casefold().strip()
    return path.removeprefix("./").lstrip("/")


def _name(path: str) -> str:
    return path.rpartition("/")[2]
