"""Labels in lines and cells, and the values that stand after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gross.intake.header.label_table import TABLE
from gross.intake.header.label_words import mended
from gross.intake.numbers import LETTERED

_PATTERNS = tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in TABLE)
_ANY = re.compile("|".join(f"(?:{pattern})" for _, pattern in TABLE), re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_MAY_HOLD = re.compile(rf"[:#=\d]|\.\.|\b{_MONTH}", re.IGNORECASE)
_BOUNDARY = re.compile(r"(?:^|(?<=[\s/|;,.(\]*]))(?=[A-Za-z])")
_AFTER = re.compile(r"\s*(?:\*\*)?\s*(?::+|\.{2,}|#:?|=)\s*(?:\*\*)?\s*")
_OPENS_VALUE = re.compile(rf"\s+(?=#?\d|{_MONTH})", re.IGNORECASE)
_OPENS_DATE = re.compile(
    rf"\s+(?=\d{{1,4}}[/.-]\d|\d{{1,2}}[ -]{_MONTH}|(?:19|20)\d\d\b|{_MONTH})", re.IGNORECASE
)
_OPENS_DIGITS = re.compile(r"\s+(?=\d{3,8}\b)")
_OPENS_WORD = re.compile(r"\s+(?=[A-Z0-9])")
_OPENS_NUMBER = re.compile(rf"(?={LETTERED}(?![\w]))")
_OPENS_LETTERED = re.compile(rf"\s+(?={LETTERED}(?![\w]))")
_GLUED = re.compile(r"[A-Z]{1,4}[-.][A-Z\d]")  # "Document NumberP-NS-1063.6": PDF text loses spaces
_MEMO = frozenset({"memo_to", "memo_from", "memo_re"})
_NEED_COLON = frozenset(
    {"area", "author", "kind", "other", "name", "owner", "scope", "section", "status", "title"}
    | _MEMO
)
DATED = frozenset(
    {"originated", "effective", "issued", "last_reviewed", "last_revised", "approved"}
    | {"next_review", "expires", "review_date", "site_implementation"}
)
_BARE = frozenset({"owner", "area", "applies_to", "status", "number", "kind", "version"})
_BARE_INSIDE = re.compile(r"(?<=\s)(Owner|Area|Applicability|PolicyStat ID|Status)\s+(?=[A-Z0-9])")
_WORDED = frozenset({"owner", "approved_by", "applies_to", "version"})
_FIRST_ONLY = frozenset({"date", "pages"})
_LEAD = " *_#>-(["
_TRIMMED = " \t/|;,*·•"
MIN_LOOSE_DATES = 2  # so many labels without a colon, each before a date, make a line a header


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and what stands after it, with the places of both: code points of their line.

    `name` is the label as written, where it is known.
    """

    field: str
    value: str
    start: int = 0
    at: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Label:
    """Where a label stands, and where its value begins. Loose: inside a line, without a colon."""

    field: str
    start: int
    value_at: int
    is_loose: bool = False


def label_of(cell: str) -> str:
    """The field that a table cell names, "" when the cell is not a label and nothing else."""
    bare = cell.strip().strip("*_").rstrip(":.").strip()
    if len(bare) > 60:
        return ""
    bare = mended(bare.strip("*_").rstrip(":.").strip())
    field = next((field for field, pattern in _PATTERNS if pattern.fullmatch(bare)), "")
    return "" if field == "name" else field  # in tables people have names


def labelled(line: str) -> tuple[Labelled, ...]:
    """Cut a line into its labelled values; a value runs to the next label."""
    if not _MAY_HOLD.search(line):
        return ()
    written, line = line, mended(line)
    found = list(_labels(line))
    loose_dates = sum(label.is_loose and label.field in DATED for label in found)
    if loose_dates < MIN_LOOSE_DATES or line.rstrip().endswith("."):
        found = [label for label in found if not label.is_loose]
    if not found:
        return ()
    ends = [label.start for label in found[1:]] + [len(line)]
    return tuple(_cut(written, label, end) for label, end in zip(found, ends, strict=True))


def bare_labels(line: str) -> tuple[Labelled, ...]:
    """Labels with their values and no colons: "Owner Jane Doe", "Area Nursing Status Active"."""
    first = next(
        (opens for opens in _OPENS_WORD.finditer(line) if label_of(line[: opens.start()]) in _BARE),
        None,
    )
    if first is None:
        return ()
    starts = [(0, first.start(), first.end())]
    starts += [
        (each.start(1), each.end(1), each.end())
        for each in _BARE_INSIDE.finditer(line, first.end())
    ]
    ends = [start for start, _, _ in starts[1:]] + [len(line)]
    return tuple(
        Labelled(
            label_of(line[start:stop]), line[at:end].strip(_TRIMMED), start, at, line[start:stop]
        )
        for (start, stop, at), end in zip(starts, ends, strict=True)
    )


def _cut(line: str, label: _Label, end: int) -> Labelled:
    raw = line[label.value_at : end]
    at = label.value_at + len(raw) - len(raw.lstrip(_TRIMMED))
    name = line[label.start : label.value_at].strip(" :")
    return Labelled(label.field, raw.strip(_TRIMMED), label.start, at, name)


def _labels(line: str) -> Iterator[_Label]:
    at = 0
    for boundary in _BOUNDARY.finditer(line):
        start = boundary.start()
        if start < at or not _ANY.match(line, start):
            continue
        label = _label_at(line, start)
        if label:
            yield label
            at = label.value_at


def _label_at(line: str, start: int) -> _Label | None:
    best, best_end = None, start
    is_first = not line[:start].strip(_LEAD)
    for field, pattern in _PATTERNS:
        match = pattern.match(line, start)
        if not match or match.end() <= best_end:
            continue
        value_at = _value_start(line, match.end(), field, is_first=is_first)
        loose_at = None if is_first else _loose_start(line, match.end(), field)
        if value_at is not None:
            best, best_end = _Label(field, start, value_at), match.end()
        elif loose_at is not None:
            best, best_end = _Label(field, start, loose_at, is_loose=True), match.end()
    return best


def _value_start(line: str, end: int, field: str, *, is_first: bool) -> int | None:
    after = _AFTER.match(line, end)
    if field == "policy":
        return _policy_start(line, after.end() if after else end, is_first=is_first)
    if after:
        return after.end()
    if field == "number" and (line[end - 1] == "#" or _GLUED.match(line, end)):
        return end
    opens = _OPENS_VALUE.match(line, end)
    if field == "number" and is_first and not opens:
        opens = _OPENS_LETTERED.match(line, end)
    # Without a colon only a line that begins with the label and goes on with a date is one.
    return opens.end() if opens and is_first and field not in _FIRST_ONLY | _NEED_COLON else None


def _policy_start(line: str, end: int, *, is_first: bool) -> int | None:
    """ "Policy: RT-011", "Doc. LAB-014 Version 9"; "Procedure: wash your hands" is no label."""
    start = end + len(line[end:]) - len(line[end:].lstrip())
    is_number = is_first and not line.rstrip().endswith(".") and _OPENS_NUMBER.match(line, start)
    return start if is_number else None


def _loose_start(line: str, end: int, field: str) -> int | None:
    """Where a value begins inside a line of several labels that have no colons."""
    opens = None
    if field in DATED:
        opens = _OPENS_DATE.match(line, end)
    elif field in _WORDED:
        opens = _OPENS_WORD.match(line, end)
    elif field == "number":
        opens = _OPENS_DIGITS.match(line, end)
    return opens.end() if opens else None
