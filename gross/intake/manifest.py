"""The list that a policy manager exports: CSV or XLSX, its columns told by their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from gross.domain.errors import Refused
from gross.domain.partial_date import PartialDate
from gross.intake.clean import clean_line
from gross.intake.dates import find_dates, newest, order_of
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


@dataclass(frozen=True, slots=True)
class Row:
    """One policy of a manifest.

    `line` counts from 1. `file` is a path as written. `problems` are sentences for a person.
    """

    line: int
    file: str = ""
    number: str = ""
    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    dates: dict[str, PartialDate] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_manifest(
    filename: str, content: bytes, *, day_first: bool | None = False
) -> tuple[Row, ...]:
    """Read a manifest; a row that repeats an earlier one stays, and says so in its `problems`.

    Raises:
        Refused: it is no CSV or XLSX, or is empty, or no column names files or policies.
    """
    sheet = SHEETS.get(PurePath(filename).suffix.lower())
    if sheet is None:
        raise Refused(f"{filename} cannot be read as a manifest; use .csv or .xlsx.")
    if not content:
        raise Refused(f"{filename} is empty.")
    lines = [
        (n, tuple(map(clean_line, cells)))
        for n, cells in sheet(filename, content, MAX_ROWS + LABEL_ROWS)
    ]
    lines = [(n, cells) for n, cells in lines if any(cells)]
    at, columns = _columns(filename, lines)
    if len(lines) <= at + 1:
        raise Refused(f"{filename} has a row of column names and no policy below it.")
    if len(lines) - at - 1 > MAX_ROWS:
        raise Refused(f"{filename} lists more than {MAX_ROWS:,} policies; split it.")
    order = order_of("\n".join(cell for _, cells in lines for cell in cells), day_first=day_first)
    return _told_apart([_row(n, cells, columns, order) for n, cells in lines[at + 1 :]])


def _columns(filename: str, lines: list[Line]) -> tuple[int, dict[str, int]]:
    """Find the row of labels: the one of the first rows that names the most columns."""
    if not lines:
        raise Refused(f"{filename} has no rows.")
    if max(len([cell for cell in cells if cell]) for _, cells in lines) < 2:
        raise Refused(
            f"{filename} has a single column; a manifest needs one for the file "
            "and one for the title."
        )
    named = [_named(cells) for _, cells in lines[:LABEL_ROWS]]
    at = max(range(len(named)), key=lambda n: (len(named[n]), -n))
    columns = named[at]
    if "file" not in columns and not {"number", "title"} & columns.keys():
        raise Refused(
            f"{filename} has no column for the file, and none for the number or the title; "
            "name them so."
        )
    return at, columns


def _named(cells: tuple[str, ...]) -> dict[str, int]:
    """The columns by field; the first column that fits a field has it."""
    columns: dict[str, int] = {}
    for n, cell in enumerate(cells):
        bare = re.sub(r"[\s_]+", " ", cell).strip(" :*")
        for name, pattern in _PATTERNS.items():
            if name not in columns and pattern.fullmatch(bare):
                columns[name] = n
                break
    return columns


def _row(line: int, cells: tuple[str, ...], columns: dict[str, int], order: bool | None) -> Row:
    values = {name: cells[n] for name, n in columns.items() if n < len(cells) and cells[n]}
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
    if not {"file", "number", "title"} & values.keys():
        problems.append("The row names no file, number or title.")
    return Row(
        line,
        values.pop("file", ""),
        values.pop("number", ""),
        values.pop("title", ""),
        values,
        dates,
        tuple(problems),
    )


def _told_apart(rows: list[Row]) -> tuple[Row, ...]:
    """Mark each row whose file or number an earlier row has."""
    seen: dict[tuple[str, str], int] = {}
    told: list[Row] = []
    for row in rows:
        problems = row.problems
        for name, value in (("file", row.file), ("number", row.number)):
            key = (name, value.replace("\\", "/").casefold())
            if value and key in seen:
                problems += (f"Line {seen[key]} already has the {name} {value}.",)
            seen.setdefault(key, row.line)
        told.append(replace(row, problems=problems))
    return tuple(told)
