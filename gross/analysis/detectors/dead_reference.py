"""Outdated: the text sends its reader to a policy that is not there, or no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gross.analysis.numbering import Key, number_key
from gross.analysis.quoting import listed, named
from gross.analysis.register import Register, register, title_key
from gross.analysis.sentences import trimmed
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library
from gross.domain.reference import Reference

NAME = "dead_reference"
RETIRED_SCORE = 0.95
NUMBER_SCORE = 0.9
TITLE_SCORE = 0.6
TELLING_WORDS = 2  # a title of fewer ("the Privacy Policy") may be any policy's short name
AROUND = 48  # code points before a mention that say what it is

_OUTSIDE = re.compile(
    r"\b(?:CFR|C\.F\.R|USC|U\.S\.C|Form|Forms|NFPA|USP|OSHA|ISO|NIST|ANSI|Act|Regulation|Statute|"
    r"Code|Rule|NPSG|HCFA|CMS|FDA|EPA|Part|Title|Chapter|Section|Rooms?|Bays?|Beds?|Extension|"
    r"§{1,2})[\s.:#§-]*(?:No\.?\s*)?$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:supersed|replac(?!ement\b(?! (?:for|of)\b))|rescind|rescission|former|previous|"
    r"retired|obsolete|merge|archiv|combin|renumber)",  # a replacement fee is none of the past
    re.IGNORECASE,
)
_POLICY_WORD = re.compile(r"\b(?:polic|procedure|protocol|guideline)", re.IGNORECASE)


def detect(library: Library) -> Iterator[Finding]:
    known = register(library.documents)
    for document in library.asked():
        dead: dict[str, list[Reference]] = {}
        for reference in document.references:
            target = _dead_target(document, reference, known)
            if target:
                dead.setdefault(target, []).append(reference)
        for mentions in dead.values():
            yield _finding(document, mentions, known)


def _dead_target(document: Document, reference: Reference, known: Register) -> str:
    """Name what a reference means when no policy in force answers to it, else ""."""
    if _is_other(document.text, reference):
        return ""
    key = number_key(reference.number)
    if key:
        own = key == number_key(document.number)
        target = known.by_number.get(key)
        alive = target is not None and not target.retired
        return (
            ""
            if own or alive or not (target or known.uses(reference.number))
            else "number " + " ".join(key)
        )
    if not _is_policy_title(document.text, reference):
        return ""
    titled = known.titled(reference.title)
    return "" if titled and not titled.retired else "title " + title_key(reference.title)


def _is_other(text: str, reference: Reference) -> bool:
    """Tell laws, forms and standards, and what the text itself calls past, from policies."""
    line = text.rfind("\n", 0, reference.start) + 1
    before = text[max(line, reference.start - AROUND) : reference.start]
    return bool(_OUTSIDE.search(before) or _PAST.search(before))


def _is_policy_title(text: str, reference: Reference) -> bool:
    around = text[max(0, reference.start - AROUND) : reference.end + AROUND // 2]
    telling = len(title_key(reference.title).split())
    return telling >= TELLING_WORDS and bool(_POLICY_WORD.search(around))


def _finding(document: Document, mentions: list[Reference], known: Register) -> Finding:
    first = mentions[0]
    key = number_key(first.number)
    titled = known.titled(first.title) if first.title else None
    target = known.by_number.get(key) if key else titled
    cited = _cited(first)
    if target is not None and target.retired:
        said, score = f"{cited}: {named(target)} is retired", RETIRED_SCORE
    else:
        near = _meant(document, key, first.title, titled, known)
        said = f"{cited}, which is no policy of this library"
        said += f"; nearest: {listed([named(each) for each in near])}" if near else ""
        score = NUMBER_SCORE if key else TITLE_SCORE
    spans = (trimmed(document.text, each.start, each.end) for each in mentions)
    return Finding(
        NAME,
        Kind.OUTDATED,
        (document.policy_id,),
        f"{named(document)} cites {said}.",
        score,
        tuple(Evidence(span, of=(0,)) for span in spans if span.start < span.end),
    )


def _cited(reference: Reference) -> str:
    number, title = " ".join(reference.number.split()), " ".join(reference.title.split())
    return f"“{title}” ({number})" if title and number else number or f"“{title}”"


def _meant(
    document: Document, key: Key, title: str, titled: Document | None, known: Register
) -> list[Document]:
    near = known.nearest(key, title)
    if titled is not None and not titled.retired:
        near = [titled, *(each for each in near if each != titled)]
    return [each for each in near if each.policy_id != document.policy_id]


DETECTOR = Detector(
    NAME, version=1, kind=Kind.OUTDATED, label="Cites a policy that is not there", detect=detect
)
