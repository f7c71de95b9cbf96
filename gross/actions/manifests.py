"""A manifest beside a delivery: which row speaks of which file, and what it says over the file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from gross.domain.header import KINDS
from gross.intake import READERS
from gross.intake.manifest import Row
from gross.intake.types import Reading

NUMBER_WORDS = 6  # of a file's name that may be its policy's number
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
    """The rows, found by path, else by the end of one that only one row and one file have, else by
    what the file is called or says: number, title, or the manager's own key.
    """

    def __init__(self, name: str, rows: Iterable[Row], sources: Iterable[str]) -> None:
        self.name = name
        self._rows = {row.line: row for row in rows}
        self._used: set[int] = set()
        self._by_path: dict[str, Row] = {}
        for row in self._rows.values():
            self._by_path.setdefault(_key(row.file), row)
        self._by_path.pop("", None)
        paths = {_key(source) for source in sources}
        self._by_end = {**self._by_ends(paths, 1), **self._by_ends(paths, 2)}
        self._fileless: dict[tuple[str, str], list[Row]] = {}
        for row in self._rows.values():
            for called in _called(row):
                self._fileless.setdefault(called, []).append(row)

    def row_for(self, source: str, number: str = "", title: str = "") -> Row | None:
        """Find the row for a file; one that names no file is found by number, else by title."""
        key = _key(source)
        row = self._by_path.get(key) or self._by_end.get(_end(key, 2))
        row = row or self._by_end.get(_end(key, 1)) or self._free(key, number, title)
        if row is not None:
            self._used.add(row.line)
        return row

    def use(self, lines: Iterable[int]) -> None:
        """Count these rows as answered: a resumed import does not ask their files again."""
        self._used.update(lines)

    def left_over(self) -> Iterator[tuple[str, str, str]]:
        """What no file answered to: its outcome, what it is called, and why."""
        called: Counter[str] = Counter()
        for row in self._rows.values():
            if row.line in self._used:
                continue
            where, why = f"{self.name}, line {row.line}", " ".join(row.problems)
            if row.is_repeated:
                yield "duplicate", where, why
                continue
            if not (row.file or row.number or row.title):
                yield "refused", where, why
                continue
            name = row.file or f"{row.number} {row.title}".strip()
            called[name] += 1
            shown = name if called[name] == 1 else f"{name} (line {row.line})"
            yield "missing", shown, f"{self.name} lists it in line {row.line}; it was not there."

    def _free(self, key: str, number: str, title: str) -> Row | None:
        """The first row without a file that nobody has yet, by what the file says or is called."""
        words = _words(PurePosixPath(key).stem)
        asked = [("number", number.casefold()), ("title", title.casefold()), ("words", words)]
        parts = words.split()[:NUMBER_WORDS]
        asked += [("start", " ".join(parts[: n + 1])) for n in range(len(parts))]
        for one in asked:
            for row in self._fileless.get(one, ()) if one[1] else ():
                if row.line not in self._used:
                    return row
        return None

    def _by_ends(self, paths: set[str], parts: int) -> dict[str, Row]:
        lost = [row for path, row in self._by_path.items() if path not in paths]
        rows = Counter(_end(_key(row.file), parts) for row in lost)
        files = Counter(_end(path, parts) for path in paths - self._by_path.keys())
        return {
            end: row
            for row in lost
            if rows[end := _end(_key(row.file), parts)] == 1 and files[end] == 1
        }


def _called(row: Row) -> Iterator[tuple[str, str]]:
    """What a file of this row may say or be called; a row that names its file has nothing else."""
    if row.file:
        return
    if row.number:
        yield "number", row.number.casefold()
    elif row.title:
        yield "title", row.title.casefold()
    if row.title:
        yield "words", _words(row.title)
    for start in (row.key, row.number):
        if any(letter.isdigit() for letter in start):
            yield "start", _words(start)


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
    # What came out of a ZIP, mail or manual lies in no folder of that name.
    first = path.parts[0] if len(path.parts) > 1 else ""
    folder = "" if PurePosixPath(first).suffix.lower() in {*READERS, ".zip"} else first
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


def _end(path: str, parts: int) -> str:
    return "/".join(path.split("/")[-parts:])


def _words(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name).casefold()))
