"""The list that a policy manager exports: CSV or XLSX, its columns told by their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from gross.domain.errors import Refused
from gross.domain.partial_date import PartialDate
from gross.intake import layouts
from gross.intake.clean import clean_line
from gross.intake.dates import find_dates, newest, order_of
from gross.intake.layouts.types import Layout
from gross.intake.sheets import SHEETS, Line

MAX_ROWS = 100_000
LABEL_ROWS = 15  # titles and export notes may stand above the row of labels

DATES = ("originated", "effective", "last_reviewed", "last_revised", "next_review", "expires")
_DOC = r"(?:policy|document|doc|procedure)?\.?\s*"
_ON = r"(?:\s*(?:date|on|from))?"
_LABELS = {
    "file": r"(?:file|document)?\s*(?:path|file|file ?name|location|attachment|source)",
    "number": rf"{_DOC}(?:ref(?:erence)?\.?\s*)?(?:#|no|nr|number|num|id|ref|reference|code)\.?",
    "title": rf"{_DOC}(?:title|name|subject)|policy|document|title of policy",
    "owner": rf"{_DOC}(?:content |process )?(?:owner|author|contact|steward)s?(?: name)?"
    r"|responsible (?:party|person)",
    "area": rf"{_DOC}(?:owning )?(?:department|dept|area|division|manual|section|unit)s?\.?"
    r"(?: name)?|service line|category",
    "kind": rf"{_DOC}(?:type|kind|class)",
    "status": rf"{_DOC}(?:workflow |approval )?(?:status|state|stage)",
    "version": r"(?:current\s*)?(?:version|revision|rev)\s*(?:#|no|number)?\.?",
    "originated": rf"(?:date\s*)?(?:originated|origination|created|creation|original){_ON}",
    "effective": rf"(?:date\s*)?effective{_ON}",
    "last_reviewed": rf"(?:date\s*)?(?:last\s*)?(?:review(?:ed)?|approved|approval){_ON}",
    "last_revised": rf"(?:date\s*)?(?:last\s*)?(?:revised|revision date|modified|updated){_ON}",
    "next_review": r"(?:next\s*(?:review|revision)|review\s*due|due\s*for\s*review|due|review\s*by)"
    r"(?:\s*date)?",
    "expires": r"(?:expir(?:y|ation|es)|valid\s*(?:to|until))(?:\s*date)?",
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _LABELS.items()}


FIELDS = ("file", "folder", "key", *(name for name in _LABELS if name != "file"), "applies_to",
          "category", "route", "item_type")  # fmt: skip
SHOWN_ROWS = 6  # of a sheet that is looked at
SHOWN_CELL = 200  # code points
NAMING = frozenset({"file", "number", "title", "key"})  # one of them has to be there


@dataclass(frozen=True, slots=True)
class Row:
    """One policy of a manifest.

    `line` counts from 1. `file` is a path as written; `key` is what a file's name begins with.
    `problems` are sentences for a person; the row repeats an earlier one where `is_repeated`.
    """

    line: int
    file: str = ""
    number: str = ""
    title: str = ""
    key: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    dates: dict[str, PartialDate] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet before it is read: its first rows, and what its columns are taken for.

    `at`: how many rows that hold anything stand above the row of labels. `columns`: field to
    column, from 0. `objection`: why it cannot be read so, or "".
    """

    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    at: int
    columns: dict[str, int]
    layout: str
    objection: str = ""


def look_at(filename: str, content: bytes, *, layout: str = "") -> Look:
    """Show the top of a sheet and guess its columns.

    Raises:
        Refused: it is no CSV or XLSX, or holds nothing.
    """
    lines = _lines(filename, content, LABEL_ROWS + SHOWN_ROWS)
    at, columns, found = _guessed(lines, layout)
    width = max(len(cells) for _, cells in lines)

    def even(cells: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(cell[:SHOWN_CELL] for cell in cells) + ("",) * (width - len(cells))

    rows = tuple(even(cells) for _, cells in lines[at + 1 : at + 1 + SHOWN_ROWS])
    why = _objection(filename, lines, columns)
    return Look(even(lines[at][1]), rows, at, columns, found.name, why)


def read_manifest(
    filename: str,
    content: bytes,
    *,
    day_first: bool | None = False,
    layout: str = "",
    at: int = 0,
    columns: Mapping[str, int] | None = None,
) -> tuple[Row, ...]:
    """Read a manifest; a row that repeats an earlier one stays, and says so in its `problems`.

    `columns` is a person's mapping, below `at` rows; without it, and without `layout`, both are
    guessed.

    Raises:
        Refused: it is no CSV or XLSX, or is empty, or no column names files or policies.
    """
    lines = _lines(filename, content, MAX_ROWS + LABEL_ROWS)
    guessed_at, guessed, found = _guessed(lines, layout)
    if columns is None:
        at, columns = guessed_at, guessed
    objection = _objection(filename, lines, columns)
    if objection:
        raise Refused(objection)
    below = lines[at + 1 :]
    if not below:
        raise Refused(f"{filename} has a row of column names and no policy below it.")
    if len(below) > MAX_ROWS:
        raise Refused(f"{filename} lists more than {MAX_ROWS:,} policies; split it.")
    order = order_of("\n".join(cell for _, cells in lines for cell in cells), day_first=day_first)
    rows = [_row(n, cells, columns, order) for n, cells in below]
    return _told_apart(
        [row for row in rows if row.fields.pop("item_type", "").casefold() not in found.ignored]
    )


def _lines(filename: str, content: bytes, most: int) -> list[Line]:
    sheet = SHEETS.get(PurePath(filename).suffix.lower())
    if sheet is None:
        raise Refused(f"{filename} cannot be read as a manifest; use .csv or .xlsx.")
    if not content:
        raise Refused(f"{filename} is empty.")
    lines = [(n, tuple(map(clean_line, cells))) for n, cells in sheet(filename, content, most)]
    lines = [(n, cells) for n, cells in lines if any(cells)]
    if not lines:
        raise Refused(f"{filename} has no rows.")
    return lines


def _guessed(lines: list[Line], layout: str) -> tuple[int, dict[str, int], Layout]:
    """Find the row of labels: the one of the first rows that names the most columns."""
    tops = [tuple(map(_bare, cells)) for _, cells in lines[:LABEL_ROWS]]
    found = layouts.named(layout) if layout else layouts.by_labels(_most_telling(tops))
    named = [_named(labels, found) for labels in tops]
    at = max(range(len(named)), key=lambda n: (len(named[n]), -n))
    return at, named[at], found


def _most_telling(tops: list[tuple[str, ...]]) -> tuple[str, ...]:
    return max(tops, key=lambda labels: max(len(each.telling & {*labels}) for each in layouts.ALL))


def _objection(filename: str, lines: list[Line], columns: Mapping[str, int]) -> str:
    if max(len([cell for cell in cells if cell]) for _, cells in lines) < 2:
        return (
            f"{filename} has a single column; a manifest needs one for the file "
            "and one for the title."
        )
    if not NAMING & columns.keys():
        return (
            f"{filename} has no column for the file, and none for the number or the title; "
            "name them so."
        )
    return ""


def _bare(label: str) -> str:
    return re.sub(r"[\s_]+", " ", label).strip(" :*").casefold()


def _named(labels: tuple[str, ...], layout: Layout) -> dict[str, int]:
    """The columns by field: as the layout calls them, then as lists in general do."""
    columns: dict[str, int] = {}
    for name, called in layout.columns.items():
        at = next((labels.index(label) for label in called if label in labels), None)
        if at is not None and at not in columns.values():
            columns[name] = at
    for n, label in enumerate(labels):
        if n in columns.values():
            continue
        for name, pattern in _PATTERNS.items():
            if name not in columns and pattern.fullmatch(label):
                columns[name] = n
                break
    return columns


def _row(line: int, cells: tuple[str, ...], columns: Mapping[str, int], order: bool | None) -> Row:
    values = {name: cells[n] for name, n in columns.items() if n < len(cells) and cells[n]}
    dates, problems = _dates(values, order)
    if not NAMING & values.keys():
        problems.append("The row names no file, number or title.")
    folder, file = values.pop("folder", ""), values.pop("file", "")
    if folder and file and "/" not in file:
        file = f"{folder.rstrip('/')}/{file}"
    return Row(
        line,
        file,
        values.pop("number", ""),
        values.pop("title", ""),
        values.pop("key", ""),
        values,
        dates,
        tuple(problems),
    )


def _dates(values: dict[str, str], order: bool | None) -> tuple[dict[str, PartialDate], list[str]]:
    """Take the dates out of a row's values, with what is wrong with them."""
    dates: dict[str, PartialDate] = {}
    problems: list[str] = []
    for name in DATES:
        written = values.pop(name, "")
        found = newest(find_dates(written, day_first=order))
        if found:
            dates[name] = found.value
        if found and found.is_ambiguous:
            problems.append(
                f"“{written}” can be read day first or month first; only its year is kept."
            )
        if written and not found and any(letter.isdigit() for letter in written):
            problems.append(f"“{written}” is not a date that can be read.")
    return dates, problems


def _told_apart(rows: list[Row]) -> tuple[Row, ...]:
    """Mark each row whose file or number an earlier row has."""
    seen: dict[tuple[str, str], int] = {}
    told: list[Row] = []
    for row in rows:
        problems: tuple[str, ...] = ()
        for name, value in (("file", row.file), ("number", row.number)):
            key = (name, value.replace("\\", "/").casefold())
            if value and key in seen:
                problems += (f"Line {seen[key]} already has the {name} {value}.",)
            seen.setdefault(key, row.line)
        told.append(replace(row, problems=(*row.problems, *problems), is_repeated=bool(problems)))
    return tuple(told)
