"""How many offices sign for one act: in a sentence, in the list below it, or in a table of signers.

"A or B signs" is one signature, and "the Director, Nursing" is one office. Where the text itself
counts ("all seven signatures"), its count stands when it is higher than what could be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from gross.analysis.language.offices import HEADS, TITLES, is_name_like
from gross.analysis.language.parts import Component, Signing

_SIGN = r"(?:(?:counter|co-?)?sign(?:ed|s)?|approv(?:ed|es|e)|authorized|initial(?:ed|s)|endorsed)"
_BY = re.compile(
    rf"\b{_SIGN}(?:\s+(?:and|or)\s+{_SIGN})?(?:,?\s+in\s+(?:this|that|the following)\s+order)?,?"
    r"\s+(?:off\s+)?by\b\s*:?"
    r"|\b(?:signatures?|approvals?|sign-?offs?)\s+(?:is|are|must be)?\s*(?:obtained\s+)?"
    r"(?:of|from|by)\b(?:\s+all\s+of)?(?:\s+the\s+following)?\s*:?"
    r"|\b(?:signatures?|approvals?)\s+(?:are\s+)?(?:required|needed|obtained)\s*(?:from\s*)?:",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\b(?:routed|forwarded|sent|goes|submitted|passes)\s+(?:for\s+(?:signature|approval)\s+)?"
    r"(?:first\s+)?(?:to|through)\b\s*:?",
    re.IGNORECASE,
)
_FOR_APPROVAL = re.compile(
    r"\b(?:approv|(?:counter|co-?)?sign(?!s\s+of\b|s,)|authoriz|endors|initial)", re.IGNORECASE
)
_ACTIVE = re.compile(
    r",?\s+(?:(?:all|must|shall|each|then)\s+)*(?:(?:counter|co-?)?sign|approve|authorize)"
    r"(?:\s+(?:it|the|each|every|this|any)\b|\s*\.)"
)
_COUNTED = re.compile(
    r"\b(?:all|requires?|needs?|with|bears?|carr(?:y|ies))\s+(?:the\s+)?"
    r"(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s+"
    r"(?:\w+\s+)?(?:signatures|approvals|sign-?offs|signers)\b",
    re.IGNORECASE,
)
_NUMBERS_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = _NUMBERS_WORDS.split()
_NOT = re.compile(r"\b(?:no|not|never|without|nor)\b[^.;]{0,30}$", re.IGNORECASE)
_SPLIT = re.compile(
    r"\s*(?:,\s*and\s+then|,\s*then|;\s*and|,\s*and|;|,|\band\s+then\b|\bthen\b|\band\b|"
    r"\bfollowed\s+by\b|->|→)\s*(?:(?:to|by|from|finally|last(?:ly)?(?:\s+of\s+all)?)\s+)*",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[.:!?](?:\s|$)|\b(?:before|within|when|who|which|that|if|unless|is|are|was|must|shall|will|"
    r"may|has|have|prior|after|at|on|in|for|using|with|as|until|whenever|not|under|via|during|so)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:(?:the|an?|each|every|both|by|to|of|from|all|our|its)\s+)+", re.I)
_MARK = re.compile(r"^\s*(?:[-•*–]|\(?[a-z0-9]{1,3}[.)]|\d+(?:\.\d+)*\.?)\s+", re.IGNORECASE)
_HEAD_CELL = re.compile(
    r"^(?:signatures?|signed by|sign-?off|approver|approved by|approval|approving (?:office|body)"
    r"|required signatures?|signer)$",
    re.IGNORECASE,
)
_ANY = re.compile(
    r",\s*(?:or|and/or)\s|^[^,;]*\sor\s[^,;]*$|\b(?:either|any|one) of\b|,[^,;]*\sor\s[^,;]*$"
)
LONGEST_ITEM = 14  # words; longer lines of a list are steps, not offices
LONGEST_NAME = 8


def _read(doc: Doc) -> Doc:
    if not _FOR_APPROVAL.search(doc._.body) and not _COUNTED.search(doc._.body):
        return doc
    found = list(_in_table(doc._.body))
    for sentence in doc._.sentences:
        found.extend(_in_sentence(doc._.body, sentence.start, sentence.end))
    doc._.approvals = tuple(found)
    return doc


def _in_sentence(text: str, start: int, end: int) -> Iterator[Signing]:
    sentence = text[start:end]
    counted = _COUNTED.search(sentence)
    best = _named(sentence)
    if counted and not _NOT.search(sentence[: counted.start()]):
        count = _number(counted[1])
        best = best if len(best) >= count else (*best, *("",) * (count - len(best)))
    if best:
        yield Signing(start, end, best)


def _named(sentence: str) -> tuple[str, ...]:
    """Name the most offices that one phrase of the sentence asks to sign."""
    best: tuple[str, ...] = ()
    for found in _BY.finditer(sentence):
        if not _NOT.search(sentence[: found.start()]):
            best = max(best, _enumerated(sentence[found.end() :]), key=len)
    if _FOR_APPROVAL.search(sentence):
        for found in _SENT.finditer(sentence):
            named = _enumerated(sentence[found.end() :])
            best = max(best, named, key=len) if len(named) > 1 else best
    for found in _ACTIVE.finditer(sentence):
        subject = re.split(r"[.:]\s|\bwhen\b|\bif\b|\bafter\b", sentence[: found.start()])[-1]
        named = _enumerated(subject)
        best = max(best, named, key=len) if len(named) > 1 else best
    return best


def _enumerated(text: str) -> tuple[str, ...]:
    lines = [line for line in text.split("\n") if line.strip()]
    is_list = len(lines) > 1 and _MARK.match(lines[1] if text[:1] != "\n" else lines[0])
    if is_list:
        items = [line for line in lines if _MARK.match(line)]
        return tuple(_cleaned(item) for item in items if _is_office_line(item))
    stop = _STOP.search(text)
    return tuple(_offices(text[: stop.start()] if stop else text))


def _is_office_line(line: str) -> bool:
    words = _cleaned(line).split()
    return 0 < len(words) <= LONGEST_ITEM and _has_head(_cleaned(line))


def _cleaned(line: str) -> str:
    plain = re.sub(r"\([^)]*\)", "", _MARK.sub("", line)).strip(" ,;.\n")
    return _LEADING.sub("", plain.removesuffix(" and").strip(" ,;"))


def _offices(text: str) -> Iterator[str]:
    """Split an enumeration; "Director, Nursing" and "A or B" stay one."""
    if _ANY.search(text):
        yield _cleaned(text)
        return
    was_title = False
    for part in _SPLIT.split(text):
        name = _cleaned(part)
        if not name:
            continue
        has_head = _has_head(name)
        if (
            was_title
            and not has_head
            and name[0].isupper()
            and not part.startswith(("the ", "The "))
        ):
            continue  # the department of the title before
        if len(name.split()) > LONGEST_NAME or not (has_head or is_name_like(name)):
            return
        yield name
        was_title = name.split()[-1].lower() in TITLES


def _has_head(text: str) -> bool:
    return any(
        word.strip("’'s,").lower() in HEADS or word.lower() in HEADS for word in text.split()
    )


def _in_table(text: str) -> Iterator[Signing]:
    """Read a table with a column of signers; each filled row is one."""
    rows = [(found.start(), found[0].split(" | ")) for found in re.finditer(r"[^\n]+", text)]
    for at, (start, cells) in enumerate(rows):
        column = next((i for i, cell in enumerate(cells) if _HEAD_CELL.match(cell.strip())), None)
        if column is None or len(cells) < 2:
            continue
        signers = []
        end = start
        for begin, row in rows[at + 1 :]:
            if len(row) != len(cells) or not _has_head(row[column]):
                break
            signers.append(row[column].strip())
            end = begin + len(" | ".join(row))
        if len(signers) > 1:
            yield Signing(start, end, tuple(signers))


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS.index(word.lower())


COMPONENT = Component(
    "approvals",
    ("doc._.approvals",),
    (
        "doc._.body",
        "doc._.sentences",
    ),
    _read,
)
