"""The labels that policy headers use: each pattern says which field its value is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gross.intake.numbers import LETTERED

_DOC = (
    r"(?:policy(?:\s*(?:and|&|/)\s*procedure)?|procedure|document|doc\.?|guideline|protocol|sop"
    r"|directive|order\s*set|form)"
)
_NO = r"(?:no\b\.?|number|num\b\.?|#)"
_DATE = r"(?:\s*date(?:s|\(s\))?)?"
_DATES = r"(?:date(?:s|\(s\))?\s*)?"
_BEGUN = r"(?:originated|origination|original|adopted|adoption|formulated|created|creation|origin)"
_REVISED = (
    r"(?:rev\b\.?|revised|revisions?|amended|updated|modified|lastmod|review(?:ed)?\s*&\s*revised)"
)
_REVIEWED = (
    r"(?:reviewed(?:\s*/\s*(?:approved|revised|no\s*revisions?))?|review\s*/\s*revis(?:ion|ed))"
)

# One row a label: field, pattern of the words (a space may be lost). The longest match wins.
_TABLE = (
    ("number", rf"(?:{_DOC}|locator|identification|control)\s*(?:{_NO}|id\b|identifier)"),
    ("number", rf"{_DOC}?\s*(?:reference|ref\b\.?)(?:\s*{_NO})?"),
    ("number", r"number"),
    ("policy", _DOC),  # its number or its title, or both
    (
        "title",
        rf"title\s*of\s*{_DOC}|title\s*/\s*description|{_DOC}?\s*title|{_DOC}\s*name|subject|topic",
    ),
    ("owner", rf"(?:{_DOC}|process|content)?\s*owners?(?:\s*\(?title\)?)?"),
    ("owner", r"(?:title\s*of\s*)?responsible(?:\s*(?:party|person|department|office|executive))?"),
    ("owner", r"responsible\s*(?:officer|director)|prepared\s*by|compiled\s*by|sponsor|custodian"),
    ("owner", r"(?:document\s*)?(?:lead\s*)?authors?(?:\(s\))?|contact(?:\s*person)?"),
    ("kind", rf"(?:{_DOC}\s*)?type|{_DOC}\s*kind"),
    (
        "area",
        rf"(?:{_DOC}\s*)?(?:area|department|dept\.?|division|manual|section|unit)(?:s|\(s\))?",
    ),
    ("area", r"service\s*line"),
    ("category", rf"(?:{_DOC}\s*)?category"),
    ("applies_to", r"applies\s*to|applicability|facilit(?:y|ies)|target\s*audience"),
    ("version", rf"version(?:\s*{_NO})?|revision\s*{_NO}|rev\b\.?\s*(?:no\b\.?|#)"),
    ("supersedes", rf"supersedes(?:\s*{_DOC})?|supercedes|rescission"),
    ("supersedes", rf"(?:replaces|rescinds)(?:\s*(?:{_DOC}|{_NO}))?"),
    ("approved_by", r"(?:approved|ratified|authorized)\s*by|approving\s*(?:body|authority)"),
    ("approved_by", r"approvals?|signatures?(?:\s*of\s*approval)?|signed(?:\s*by)?"),
    ("reviewed_by", r"reviewed\s*by|revised\s*by|committee\s*review"),
    ("keywords", r"key\s*words"),
    ("pages", r"(?:no\.?|number)\s*of\s*pages|pages?"),
    ("originated", rf"{_DATES}(?:of\s*)?(?:{_BEGUN}|established|implemented){_DATE}"),
    ("originated", r"original(?:ly)?\s*(?:effective|issued?)\s*date|first\s*(?:issued|effective)"),
    ("effective", rf"{_DATES}(?:effective|eff\b\.?)(?:\s*from)?{_DATE}|in\s*force\s*from"),
    ("effective", rf"(?:policy\s*)?valid\s*from{_DATE}"),
    ("issued", rf"(?:date\s*(?:of\s*)?)?issued?{_DATE}|site\s*implementation\s*date"),
    ("issued", r"(?:date\s*)?published"),
    ("last_reviewed", rf"{_DATES}(?:last\s*)?{_REVIEWED}{_DATE}"),
    ("last_reviewed", r"(?:date\s*(?:of\s*)?)?last\s*review(?:ed)?(?:\s*(?:date|on))?"),
    ("review_date", r"review\s*date(?:s|\(s\))?"),
    ("last_revised", rf"{_DATES}(?:last\s*)?{_REVISED}{_DATE}(?:\s*history)?"),
    ("approved", rf"(?:date\s*|last\s*|system\s*)*(?:approved|approval|ratified){_DATE}"),
    (
        "next_review",
        rf"(?:date\s*of\s*)?next\s*(?:author\s*|scheduled\s*|due\s*)?review(?:\s*due)?{_DATE}",
    ),
    ("next_review", r"next\s*review\s*date\s*after[\w\s]{0,30}|next\s*revision(?:\s*date)?"),
    ("next_review", r"review\s*due(?:\s*date)?|due\s*(?:date\s*)?for\s*review|review\s*by"),
    ("next_review", r"recertification(?:\s*date)?|to\s*be\s*reviewed(?:\s*by)?"),
    ("expires", rf"(?:date\s*of\s*)?expir(?:y|ation|es)(?:\s*on)?{_DATE}"),
    ("expires", rf"(?:policy\s*)?valid\s*(?:to|until){_DATE}"),
    ("date", r"dated?"),
)
_PATTERNS = tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in _TABLE)
_ANY = re.compile("|".join(f"(?:{pattern})" for _, pattern in _TABLE), re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_MAY_HOLD = re.compile(rf"[:#=\d]|\.\.|\b{_MONTH}", re.IGNORECASE)
_BOUNDARY = re.compile(r"(?:^|(?<=[\s/|;,.(\]*]))(?=[A-Za-z])")
_AFTER = re.compile(r"\s*(?:\*\*)?\s*(?::+|\.{2,}|#:?|=)\s*(?:\*\*)?\s*")
_OPENS_VALUE = re.compile(rf"\s+(?=#?\d|{_MONTH})", re.IGNORECASE)
_OPENS_DATE = re.compile(
    rf"\s+(?=\d{{1,4}}[/.-]\d|\d{{1,2}}[ -]{_MONTH}|(?:19|20)\d\d\b|{_MONTH})", re.IGNORECASE
)
_OPENS_WORD = re.compile(r"\s+(?=[A-Z0-9])")
_OPENS_NUMBER = re.compile(rf"(?={LETTERED}(?![\w]))")
_GLUED = re.compile(r"[A-Z]{1,4}[-.][A-Z\d]")  # "Document NumberP-NS-1063.6": PDF text loses spaces
_NEED_COLON = frozenset({"area", "kind", "owner", "title"})
_DATED = frozenset(
    {"originated", "effective", "issued", "last_reviewed", "last_revised", "approved"}
    | {"next_review", "expires", "review_date"}
)
_WORDED = frozenset({"owner", "approved_by", "applies_to", "version"})
_FIRST_ONLY = frozenset({"date", "pages"})
MIN_LOOSE_DATES = 2  # so many labels without a colon, each before a date, make a line a header


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and what stands after it. `start` is where the label stands in its line."""

    field: str
    value: str
    start: int = 0


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
    bare = bare.strip("*_").rstrip(":.").strip()
    return next((field for field, pattern in _PATTERNS if pattern.fullmatch(bare)), "")


def labelled(line: str) -> tuple[Labelled, ...]:
    """Cut a line into its labelled values; a value runs to the next label."""
    found = list(_labels(line)) if _MAY_HOLD.search(line) else []
    loose_dates = sum(label.is_loose and label.field in _DATED for label in found)
    if loose_dates < MIN_LOOSE_DATES or line.rstrip().endswith("."):
        found = [label for label in found if not label.is_loose]
    if not found:
        return ()
    ends = [label.start for label in found[1:]] + [len(line)]
    return tuple(
        Labelled(label.field, line[label.value_at : end].strip(" \t/|;,*·•"), label.start)
        for label, end in zip(found, ends, strict=True)
    )


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
    is_first = not line[:start].strip(" *_#>-")
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
    if field in _DATED:
        opens = _OPENS_DATE.match(line, end)
    elif field in _WORDED:
        opens = _OPENS_WORD.match(line, end)
    return opens.end() if opens else None
