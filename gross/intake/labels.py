"""The labels that policy headers use: each pattern says which field its value is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gross.intake.label_words import mended
from gross.intake.numbers import LETTERED

_DOC = (
    r"(?:policy(?:\s*(?:and|&|/)\s*procedure)?|procedure|document|doc\.?|guideline|protocol|sop"
    r"|directive|order\s*set|form|pol\.|p\s*&\s*p)"
)
_NO = r"(?:no\b\.?|nu(?:m|rn)ber|num\b\.?|nbr\b\.?|#)"
_DATE = r"(?:\s*date(?:s|\(s\))?)?"
_DATES = r"(?:dates?(?:\(s\))?\s*)?"
_BEGUN = (
    r"(?:originated|origination|orig\b\.?|original|adopted|adoption|formulated|created|creation"
    r"|origin|written|initiated|inception|developed)"
)
_REVISED = (
    r"(?:rev\b\.?|revised|revisions?|amended|updated|modified|lastmod|review(?:ed)?\s*&\s*revised)"
)
_REVIEWED = (
    r"(?:reviewed(?:\s*/\s*(?:approved|revised|no\s*revisions?|revision|reaffirmed))?"
    r"|reviewed\s*,?\s*no\s*changes?|rev['’]?w?['’]?d|rvw['’]?d\.?|reaffirmed"
    r"|review\s*/\s*revis(?:ion|ed)|revis(?:ed|ion)\s*/\s*review(?:ed)?"
    r"|reviewed\s*(?:and|&|or)\s*revised)"
)

# One row a label: field, pattern of the words (a space may be lost). The longest match wins.
_TABLE = (
    (
        "number",
        rf"(?:{_DOC}|locator|identification|control|file|index)\s*(?:{_NO}|id\b|identifier|code)",
    ),
    ("number", rf"{_DOC}?\s*(?:reference|ref\b\.?)(?:\s*{_NO})?|policystat\s*id"),
    ("number", r"nu(?:m|rn)ber|no\.|#"),
    ("policy", _DOC),  # its number or its title, or both
    (
        "title",
        (
            rf"(?:title|name)\s*of\s*(?:the\s*)?{_DOC}|title\s*/\s*description|{_DOC}?\s*title"
            rf"|{_DOC}\s*name|subject|topic|subject\s*/\s*title"
        ),
    ),
    ("owner", rf"(?:(?:{_DOC}|process|content|executive|business)\s*)?owners?(?:\s*\(?title\)?)?"),
    ("owner", r"(?:title\s*of\s*)?responsible(?:\s*(?:party|person|department|office|executive))?"),
    ("owner", r"responsible\s*(?:officer|director|manager|leader|owner)|(?:document\s*)?custodian"),
    ("owner", r"(?:executive\s*)?sponsor|responsibility\s*of"),
    ("author", r"prepared\s*by|compiled\s*by|written\s*by|originator|issued\s*by|content\s*expert"),
    ("author", r"(?:policy\s*|document\s*)?(?:lead\s*)?authors?(?:\(s\))?|contact(?:\s*person)?"),
    ("kind", rf"(?:{_DOC}\s*)?type|{_DOC}\s*kind|type\s*of\s*document"),
    (
        "area",
        (
            rf"(?:{_DOC}\s*)?(?:functional\s*|clinical\s*)?(?:area|depart(?:m|rn)ent|dept\b\.?|division|unit)"
            r"(?:s|\(s\))?|originating\s*(?:depart(?:m|rn)ent|dept\.?|area)|service(?:\s*line)?"
        ),
    ),
    ("section", r"(?:manual|section|chapter|volume)(?:s|\(s\))?"),
    ("category", rf"(?:{_DOC}\s*)?(?:sub)?category"),
    (
        "applies_to",
        r"appl(?:ies|icable)\s*to|applicability|facilit(?:y|ies)|(?:target\s*)?audience",
    ),
    (
        "applies_to",
        r"applicable\s*(?:sites?|facilities|entities|areas?|departments?|campus(?:es)?)",
    ),
    (
        "applies_to",
        r"(?:entit(?:y|ies)|departments?)\s*affected|affected\s*(?:departments?|areas?)",
    ),
    ("scope", r"scope"),
    ("version", rf"version(?:\s*{_NO})?|ver\.|revision\s*{_NO}|rev\b\.?\s*(?:no\b\.?|#)"),
    ("version", r"(?:issue|edition)\s*no\.?"),
    (
        "supersedes",
        (
            rf"(?:supersedes|supercedes|supers\.|replaces|rescinds|cancels)"
            rf"(?:\s*(?:{_DOC}|{_NO}|versions?|dated))*(?:\s*\([^)]{{1,40}}\))?"
        ),
    ),
    ("supersedes", r"rescissions?|superseded\s*(?:documents?|polic(?:y|ies))"),
    (
        "approved_by",
        (
            r"(?:approved|appr['’]?d\.?|ratified|authorized|authorised|endorsed|adopted)\s*by"
            r"|approving\s*(?:body|authority|committee|official)"
        ),
    ),
    (
        "approved_by",
        r"approvals?|(?:approval\s*)?signatures?(?:\s*of\s*approval)?|signed(?:\s*by)?",
    ),
    ("approved_by", r"(?:final\s*)?approver(?:\(?s\)?)?|authorized\s*signature"),
    ("reviewed_by", r"reviewed\s*by|revised\s*by|committee\s*review"),
    ("keywords", r"key\s*words"),
    ("pages", r"(?:no\.?|number)\s*of\s*pages|pages?"),
    ("status", r"status"),
    (
        "other",
        (
            r"review\s*(?:cycle|frequency|period|interval)|education\s*completed|distribution|notations?"
            r"|summary(?:\s*of\s*changes[\w\s]{0,30})?|policy\s*impacts?|consultation(?:\s*undertaken)?"
            r"|date\s*of\s*completion\s*of\s*equality\s*impact\s*assessment|see\s*also|retention"
            r"|last\s*saved|printed(?:\s*on)?|print\s*date|downloaded|references?|responsibility"
            r"|effective\s*areas?"
        ),
    ),
    ("memo_to", r"to"),
    ("memo_from", r"from"),
    ("memo_re", r"re|regarding"),
    ("originated", rf"{_DATES}(?:of\s*)?(?:{_BEGUN}|established|implemented){_DATE}"),
    ("originated", r"original(?:ly)?\s*(?:effective|issued?|approv(?:ed|al))(?:\s*date)?"),
    (
        "originated",
        r"first\s*(?:issued|effective|approved)|initial\s*(?:approval|effective)\s*date",
    ),
    ("effective", rf"{_DATES}(?:effective|eff\b\.?)(?:\s*(?:from|as\s*of))?{_DATE}"),
    ("effective", r"in\s*(?:force|effect)\s*(?:from|since)|date\s*(?:in|of)\s*effect"),
    ("effective", rf"(?:policy\s*)?valid\s*from{_DATE}"),
    ("issued", rf"(?:date\s*(?:of\s*)?)?issued?{_DATE}"),
    ("issued", r"(?:date\s*)?published|publication\s*date"),
    ("site_implementation", r"(?:site\s*)?implementation\s*date|site\s*go[-\s]?live(?:\s*date)?"),
    ("last_reviewed", rf"{_DATES}(?:(?:last|most\s*recent)\s*)?{_REVIEWED}{_DATE}"),
    ("last_reviewed", r"(?:date\s*(?:of\s*)?)?last\s*review(?:ed)?(?:\s*(?:date|on))?"),
    ("last_reviewed", r"review\s*history|dates?\s*of\s*reviews?|annual\s*reviews?"),
    ("review_date", r"review\s*date(?:s|\(s\))?"),
    (
        "last_revised",
        (
            rf"{_DATES}(?:of\s*)?(?:(?:last|most\s*recent|current)\s*)?{_REVISED}{_DATE}"
            r"(?:\s*history)?"
        ),
    ),
    ("approved", rf"(?:date\s*(?:of\s*)?|last\s*|system\s*)*(?:approved|approval|ratified){_DATE}"),
    (
        "next_review",
        (
            rf"(?:date\s*(?:of\s*|for\s*)?)?next\s*(?:author\s*|scheduled\s*|due\s*)?review(?:\s*due)?"
            rf"{_DATE}"
        ),
    ),
    (
        "next_review",
        r"next\s*review\s*date\s*after[\w\s]{0,30}|next\s*(?:revision|renewal)(?:\s*date)?",
    ),
    (
        "next_review",
        r"(?:date\s*)?review\s*due(?:\s*(?:date|by))?|(?:date\s*)?due\s*(?:date\s*)?for\s*review",
    ),
    (
        "next_review",
        r"review\s*(?:by|before|no\s*later\s*than)|renewal\s*date|scheduled\s*review(?:\s*date)?",
    ),
    ("next_review", r"recertification(?:\s*date)?|to\s*be\s*reviewed(?:\s*(?:by|before))?"),
    ("expires", rf"(?:date\s*of\s*)?(?:expir(?:y|ation|es)|exp\.|sunset)(?:\s*on)?{_DATE}"),
    ("expires", rf"(?:policy\s*)?valid\s*(?:to|until|through){_DATE}"),
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
_OPENS_DIGITS = re.compile(r"\s+(?=\d{3,8}\b)")
_OPENS_WORD = re.compile(r"\s+(?=[A-Z0-9])")
_OPENS_NUMBER = re.compile(rf"(?={LETTERED}(?![\w]))")
_OPENS_LETTERED = re.compile(rf"\s+(?={LETTERED}(?![\w]))")
_GLUED = re.compile(r"[A-Z]{1,4}[-.][A-Z\d]")  # "Document NumberP-NS-1063.6": PDF text loses spaces
_MEMO = frozenset({"memo_to", "memo_from", "memo_re"})
_NEED_COLON = frozenset(
    {"area", "author", "kind", "other", "owner", "scope", "section", "status", "title"} | _MEMO
)
DATED = frozenset(
    {"originated", "effective", "issued", "last_reviewed", "last_revised", "approved"}
    | {"next_review", "expires", "review_date", "site_implementation"}
)
_BARE = frozenset({"owner", "area", "applies_to", "status", "number", "kind", "version"})
_BARE_INSIDE = re.compile(r"(?<=\s)(Owner|Area|Applicability|PolicyStat ID|Status)\s+(?=[A-Z0-9])")
_WORDED = frozenset({"owner", "approved_by", "applies_to", "version"})
_FIRST_ONLY = frozenset({"date", "pages"})
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
    return next((field for field, pattern in _PATTERNS if pattern.fullmatch(bare)), "")


def labelled(line: str) -> tuple[Labelled, ...]:
    """Cut a line into its labelled values; a value runs to the next label."""
    written, line = line, mended(line)
    found = list(_labels(line)) if _MAY_HOLD.search(line) else []
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
