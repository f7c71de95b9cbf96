"""Mentions of other policies in a text, by number and by title, with exact offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from gross.domain.passage import Passage, PassageKind
from gross.domain.reference import Mention, Reference
from gross.intake.blocks import SEPARATOR
from gross.intake.numbers import (
    DASHED,
    DOTTED,
    LETTERED,
    PLAIN,
    is_policy_number,
    is_year,
    same_number,
)

CONTEXT = 48  # code points before a number in which "see", "policy" and the like speak for it

_DOC = (
    r"(?:polic(?:y|ies)|procedures?|protocols?|guidelines?|directives?|handbooks?|sops?"
    r"|order\s+sets?)"
)
_POINTER = (
    r"(?:see(?:\s+also)?|refer(?:red|ence)?(?:\s+to)?|per|under|follow(?:ing)?|according\s+to|in\s+accordance\s+with|consult"
    r"|as\s+(?:described|outlined|defined|set\s+out)\s+in|supersedes|replaces|rescinds|related(?:\s+policies)?)"
)
_IN_CONTEXT = re.compile(
    rf"\b(?:{_DOC}|{_POINTER})\b[^.;:!?\n]*$|\b(?:{_DOC}|{_POINTER})\s*:[^.;!?\n]*$", re.IGNORECASE
)
_ANY_DOC = re.compile(_DOC, re.IGNORECASE)
_ANY_DIGIT = re.compile(r"\d")
_JUST_BEFORE = re.compile(
    rf"\b{_DOC}(?:\s+(?:and|&)\s+procedures?)?\s*(?P<mark>#|no\b\.?|nos\b\.?|numbers?)?\s*$",
    re.IGNORECASE,
)
_LAW_BEFORE = re.compile(
    r"(?:\b(?:CFR|USC|U\.S\.C\.|NFPA|ISO|USP|section|sections|§+|title|part|chapter|form|standard|step|table|figure|appendix|NIST|SP"
    r"|public law|pub\. l\.|act|room|ID|ext\.?|version|page|item|sec\.)\s*#?|[§$£€]\s*)$",
    re.IGNORECASE,
)
_LETTERED = re.compile(rf"(?<![\w.@/-])(?:{LETTERED})(?![\w@/%]|[.-]\w)")
_FIRM = re.compile(r"^[A-Z]{2,6}(?:[-./][A-Z]{1,5}){0,3}(?:[-.]|/)\d{2,5}")
_LISTED = re.compile(r"[A-Z]{2,6} \d{3,5}$")
_LISTING = re.compile(r"\b(?:references?|related|see\s+also|cross[- ]references?)\b", re.IGNORECASE)
_DIGITS = re.compile(rf"(?<![\w.$§/-])(?:{DOTTED}|{DASHED}|{PLAIN})(?![\w%/]|[.,-]\d|:\d)")

_WORD = r"[A-Z][\w'’&-]*"
_SMALL = r"(?:and|of|the|for|in|on|to|with|or|by|an?|at|from)"
_TITLE = rf"{_WORD}(?:,?\s+(?:{_SMALL}\s+){{0,2}}(?:{_WORD}|\d+[\w-]*)){{0,11}}"
_QUOTED = re.compile(r"[“\"](?P<title>[A-Z][^“”\"\n]{2,120}?),?[”\"]")
_BEFORE_QUOTE = re.compile(
    rf"\b{_DOC}(?:\s*(?:#|no\.?|number)?\s*[\w./-]{{1,14}})?,?\s+(?:(?:titled|entitled|called|named|on)\s+)?$",
    re.IGNORECASE,
)
_AFTER_QUOTE = re.compile(rf",?\s*{_DOC}\b", re.IGNORECASE)
_UNQUOTED = re.compile(
    rf"(?:\b(?i:{_POINTER}))\s+(?i:to\s+)?(?i:the\s+)?\[?(?P<title>{_TITLE})\s+(?:Policy|Procedure|Protocol|Guideline|Directive"
    rf"|policy|procedure|protocol|guideline)\b"
)
_TITLE_AFTER = re.compile(rf"\s*(?:[-–—,:]|\()?\s*[“\"]?(?P<title>{_TITLE})[”\"]?")
# "Hospital Administrative Policy" names a shelf, not a policy.
_SHELVES = re.compile(
    r"the|this|that|all|our|each|any|hospital|department|departmental|nursing|"
    r"organization|organizational|facility|human|resources|hr|applicable|state|federal|"
    r"local|current|unit|company|corporate|administrative|clinical|patient|care|health|"
    r"system"
)


def find_references(
    text: str, passages: tuple[Passage, ...], own_number: str
) -> tuple[Reference, ...]:
    """Find them in order, none overlapping; the document's own number is no reference."""
    found: list[Reference] = []
    for passage in passages:
        candidates = _candidates(text, passage)
        mine = [each for each in candidates if not _is_own(each, own_number)]
        found += _merged(text, mine, passage.end)
    return tuple(found)


def apart(
    references: tuple[Reference, ...], mentions: tuple[Mention, ...]
) -> tuple[Reference, ...]:
    """Leave out what is a law, a standard or a form and looks like a policy's number."""
    if not references or not mentions:
        return references
    starts = [each.start for each in mentions]

    def is_mention(reference: Reference) -> bool:
        before = mentions[max(bisect_right(starts, reference.start) - 1, 0)]
        is_within = before.start <= reference.start and reference.end <= before.end
        return is_within and bool(reference.number) and before.kind != "system"

    return tuple(each for each in references if not is_mention(each))


def _candidates(text: str, passage: Passage) -> list[Reference]:
    numbered: list[Reference] = []
    titled: list[Reference] = []
    # Most passages hold neither a digit nor the word, and are passed over cheaply.
    has_word = _ANY_DOC.search(text, passage.start, passage.end)
    if _ANY_DIGIT.search(text, passage.start, passage.end):
        numbered = list(_numbered(text, passage))
    if passage.kind is PassageKind.HEADER:
        return [each for each in numbered if _is_superseded(text, passage, each)]
    if has_word:
        titled = list(_titled(text, passage))
    return [*numbered, *titled]


def _is_own(reference: Reference, own_number: str) -> bool:
    return bool(reference.number and own_number) and same_number(reference.number, own_number)


def _is_superseded(text: str, passage: Passage, reference: Reference) -> bool:
    before = text[passage.start : reference.start]
    return bool(
        re.search(
            r"(?:supersedes|replaces|rescinds)[^|:]{0,20}:?[^:|]{0,60}$|(?:supersedes|replaces)\W+\|\W*$",
            before,
            re.I,
        )
    )


def _numbered(text: str, passage: Passage) -> Iterator[Reference]:
    for match in _LETTERED.finditer(text, passage.start, passage.end):
        before = _before(text, passage, match.start())
        written = match[0]
        if not is_policy_number(written) or _LAW_BEFORE.search(before):
            continue
        is_listed = _opens_listing(text, passage, match)
        if _FIRM.match(written) or is_listed or _IN_CONTEXT.search(before):
            yield Reference(match.start(), match.end(), number=written)
    for match in _DIGITS.finditer(text, passage.start, passage.end):
        just = _JUST_BEFORE.search(_before(text, passage, match.start()))
        if just and (just["mark"] or _stands_alone(match[0])):
            yield Reference(match.start(), match.end(), number=match[0])


def _opens_listing(text: str, passage: Passage, match: re.Match[str]) -> bool:
    """Tell "NUR 101, Patient Identification" at the start of a line under "Related policies"."""
    section = passage.section.rpartition(SEPARATOR)[2]
    is_first = not text[passage.start : match.start()].strip(" -*•·–")
    return bool(is_first and _LISTED.match(match[0]) and _LISTING.search(section))


def _stands_alone(written: str) -> bool:
    """Tell "policy 13.07" and "policy 4176668" from "policy 2016" and "procedure 12"."""
    return not is_year(written) and ("." in written or "-" in written or len(written) >= 3)


def _before(text: str, passage: Passage, start: int) -> str:
    return text[max(passage.start, start - CONTEXT) : start]


def _titled(text: str, passage: Passage) -> Iterator[Reference]:
    for match in _QUOTED.finditer(text, passage.start, passage.end):
        is_named = _BEFORE_QUOTE.search(_before(text, passage, match.start()))
        if is_named or _AFTER_QUOTE.match(text, match.end(), passage.end):
            yield _title_reference(match)
    for match in _UNQUOTED.finditer(text, passage.start, passage.end):
        if not _is_generic(match["title"]):
            yield _title_reference(match)


def _title_reference(match: re.Match[str]) -> Reference:
    title = " ".join(match["title"].split())
    return Reference(match.start("title"), match.end("title"), title=title)


def _is_generic(title: str) -> bool:
    return all(_SHELVES.fullmatch(word) for word in title.lower().split())


def _merged(text: str, found: list[Reference], end: int) -> list[Reference]:
    """Join a title and the number beside it; of two mentions that overlap the first stands."""
    merged: list[Reference] = []
    found = [_with_title_after(text, each, end) for each in found]
    for each in sorted(found, key=lambda reference: (reference.start, -reference.end)):
        last = merged[-1] if merged else None
        if last and each.start < last.end:
            continue
        if last and _are_one(text, last, each):
            merged[-1] = Reference(
                last.start, each.end, last.number or each.number, last.title or each.title
            )
        else:
            merged.append(each)
    return merged


def _are_one(text: str, a: Reference, b: Reference) -> bool:
    """A title and its number side by side."""
    halves = (bool(a.title), bool(a.number), bool(b.title), bool(b.number))
    is_pair = halves in {(True, False, False, True), (False, True, True, False)}
    return is_pair and _is_joined(text[a.end : b.start])


def _is_joined(between: str) -> bool:
    return bool(
        re.fullmatch(
            rf"[”\"]?\s*[,(:–—-]?\s*(?:{_DOC})?\s*(?:titled|entitled|#|no\.?|number)?\s*[“\"(]?",
            between,
            re.IGNORECASE,
        )
    )


def _with_title_after(text: str, reference: Reference, end: int) -> Reference:
    """Add the title that follows its number before `end`: "13.07-Standard Precautions"."""
    if reference.title or not re.match(
        r"\s*[-–—]\s*[A-Z]|,\s*[“\"]?[A-Z]", text[reference.end : reference.end + 6]
    ):
        return reference
    match = _TITLE_AFTER.match(text, reference.end, end)
    if not match or len(match["title"].split()) < 2 or _LETTERED.match(match["title"]):
        return reference
    return Reference(
        reference.start, match.end("title"), reference.number, " ".join(match["title"].split())
    )
