"""Outdated: a rule gives its own last day, or a day by which something must be done, long passed.

Only what the text says about itself counts: "expires on", "until", "must ... by". What is told as
history, what happened before a day, and the header's dates of review are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from gross.analysis.quoting import named
from gross.analysis.sentences import sentence_around, trimmed
from gross.analysis.text_dates import DateThere, date_ending_at
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library, Span
from gross.domain.passage import PassageKind

NAME = "passed_date"
GRACE_DAYS = 30  # nobody is told of a rule that ended last week
END_SCORE, DUE_SCORE = 0.85, 0.7
BEFORE = 90  # code points before a date that say what it is

_YEARS = tuple(  # a pattern each: with literal beginnings they are ten times as fast
    re.compile(rf"{century}\d\d(?:-\d\d-\d\d)?(?![\d%])") for century in ("20", "19")
)
_ON = r"(?:\s+(?:on|at midnight on|in|at the end of|as of|to|through|until|the|about))*"
_END = re.compile(
    r"\b(?:(?:expires?|ends?|lapses?|sunsets?|terminates?|ceases?|concludes?|ending)" + _ON + r"|"
    r"valid\s+(?:to|through|thru|until|till|up to)|good\s+through|up to and including|"
    r"(?:until|through|thru|till)(?:\s+(?:the\s+)?(?:[\w-]+\s+){1,6}(?:in|on))?|"
    r"(?<=\d )(?:to|-|–))\s*:?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"(?:\b(?:by|before|on or before|no later than|not later than|prior to)|"
    r"\b(?:will|planned|scheduled|set)\b[^.;]{0,60}\b(?:on|in|for))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:must|shall|will|should|(?:is|are) to|(?:is|are) required|is planned|planned for|"
    r"scheduled for|ha(?:s|ve) to|needs? to)\b",
    re.IGNORECASE,
)
_UPCOMING = re.compile(
    r"\b(?:upcoming|forthcoming|coming|prepar(?:e|es|ing|ation) for (?:the|our))\s+$", re.IGNORECASE
)
_LASTING = re.compile(
    r"\bfor\s+(\d{1,3})\s+(days|weeks|months)\s+(?:from|after|beginning)\s+$", re.IGNORECASE
)
_HISTORY = re.compile(
    r"\b(?:was|were|had|used to|ran|formerly|originally|withdrawn|example|e\.g\.|for instance|"
    r"expired|ended|lapsed)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(  # "created before", "hired by": a day in the life of something else
    r"(?<!\bbe )(?<!\bnot )"
    r"\b(?!required|planned|scheduled|expected|needed|closed|permitted|allowed)"
    r"(?:\w+ed|born|written|made|built|bought|sent|given|taken)\s+(?:on or\s+)?"
    r"(?:by|before|prior to|on|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_EXPIRY = re.compile(r"\b(?:expir|valid (?:to|until|through))", re.IGNORECASE)
_LISTS = re.compile(r"histor|revision|reference|bibliograph|sources", re.IGNORECASE)
_DAYS = {"days": 1, "weeks": 7, "months": 30}


@dataclass(frozen=True, slots=True)
class _Passed:
    place: Span
    on: date
    written: str
    ends: bool  # the rule's own end, not a day for a deed


def detect(library: Library) -> Iterator[Finding]:
    last_day = library.today - timedelta(days=GRACE_DAYS)
    for document in library.asked():
        found: dict[Span, _Passed] = {
            each.place: each for each in _expired_header(document, last_day)
        }
        for passed in _passed(document, last_day):
            found.setdefault(passed.place, passed)
        for passed in found.values():
            yield _finding(document, passed)


def _finding(document: Document, passed: _Passed) -> Finding:
    says = "gives a rule that ended" if passed.ends else "asks for something that was due"
    return Finding(
        NAME,
        Kind.OUTDATED,
        (document.policy_id,),
        f"{named(document)} {says} on or before {passed.on.isoformat()} ({passed.written}).",
        END_SCORE if passed.ends else DUE_SCORE,
        (Evidence(passed.place, of=(0,)),),
    )


def _expired_header(document: Document, last_day: date) -> Iterator[_Passed]:
    """Read "Valid to: 12/2019" among the header data; a day of review is none of these."""
    expires = document.dates.get("expires")
    if expires is None or expires.last > last_day:
        return
    for passage in document.passages:
        line = document.text[passage.start : passage.end]
        if passage.kind is PassageKind.HEADER and _EXPIRY.search(line):
            place = trimmed(document.text, passage.start, passage.end)
            yield _Passed(place, expires.last, str(expires), ends=True)
            return


def _passed(document: Document, last_day: date) -> Iterator[_Passed]:
    text = document.text
    for year in chain.from_iterable(pattern.finditer(text) for pattern in _YEARS):
        there = date_ending_at(text, year.end())
        if there is None or there.last > last_day or _is_apart(document, there.start):
            continue
        sentence = sentence_around(text, there.start, there.end)
        ends = _means(text, sentence, there, last_day)
        if ends is not None and sentence.start < sentence.end:
            yield _Passed(sentence, there.last, text[there.start : there.end], ends)


def _is_apart(document: Document, at: int) -> bool:
    """Tell header data, histories and lists of sources, whose dates are past by nature."""
    return any(
        each.start <= at < each.end
        and (each.kind is PassageKind.HEADER or _LISTS.search(each.section))
        for each in document.passages
    )


def _means(text: str, sentence: Span, there: DateThere, last_day: date) -> bool | None:
    """Tell whether the date ends a rule (True), is a day for a deed (False), or is neither."""
    before = text[max(sentence.start, there.start - BEFORE) : there.start]
    whole = text[sentence.start : there.start]
    if _HISTORY.search(whole):
        return None
    lasting = _LASTING.search(before)
    if lasting:
        span = timedelta(days=int(lasting[1]) * _DAYS[lasting[2].lower()])
        return True if there.last + span <= last_day else None
    if there.is_bare_year:
        return False if _UPCOMING.search(before) else None
    if _END.search(before):
        return True
    if _DUE.search(before) and _MODAL.search(whole) and not _EARLIER.search(before):
        return False
    return _due_before(text, sentence, there, before)


def _due_before(text: str, sentence: Span, there: DateThere, before: str) -> bool | None:
    """Read "is required by the end of 2017", where what must be done follows the day."""
    after = text[there.end : sentence.end]
    if _DUE.search(before) and not _EARLIER.search(before) and not before.lower().endswith("in "):
        return False if re.match(r",\s+[^.;]*\b(?:must|shall|will)\b", after) else None
    return None


DETECTOR = Detector(
    NAME, version=1, kind=Kind.OUTDATED, label="Its own day has passed", detect=detect
)
