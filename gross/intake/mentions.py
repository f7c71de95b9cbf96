"""Law, standards, forms and systems that a text names, with exact offsets, each put in order.

A rule is a pattern and how its match is written down. Names that are also common words count only
beside words that speak of a system or a form; what no rule knows is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gross.domain.reference import Mention
from gross.intake.citations import LAWS, STANDARDS

Rule = tuple[str, tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str]]

_NAMED_SYSTEMS = (
    r"AcuDose(?:-?Rx)?|Alaris|Allscripts|athenahealth|BCMA|Cerner|CPRS|CPSI|DocuSign|DoseEdge"
    r"|eClinicalWorks|FairWarning|HealthStream|Imprivata|Kronos|Lexicomp|MEDHOST|MEDITECH|Meditech"
    r"|Micromedex|MyChart|NetLearning|Omnicell|OnBase|PACS|PeopleSoft|PolicyStat|PolicyTech"
    r"|PowerChart|Press Ganey|Pyxis(?: (?:ES|MedStation))?|RL ?Datix|RL Solutions|RL6|ServiceNow"
    r"|SharePoint|Soarian|TeleTracking|TheraDoc|TigerConnect|TigerText|UpToDate|VigiLanz|VistA"
    r"|Voalte|Vocera|Workday"
)
_STEMS = tuple(re.split(r"[(? ]", name)[0] for name in _NAMED_SYSTEMS.split("|"))
_WORDS_TOO = r"Epic|Halo|Lawson|MIDAS|Midas|Oracle|Outlook|Paragon|Rover|Sunrise|Teams|Zoom"
_WORDS_HINTS = tuple(_WORDS_TOO.split("|"))
_OF_SYSTEMS = (
    r"(?:EHR|EMR|system|software|application|app|module|portal|chart|database|flowsheets?|in-?basket"
    r"|orders?|documentation|downtime|worklist|dispensing)"
)
_NOT_A_NAME = (
    r"(?!(?:The|This|That|Our|Any|All|Each|Every|New|Hospital|Health|Electronic|Medical|Computer"
    r"|Clinical|Patient|Nurse|Quality|Safety|Emergency|Fire|Call)\b)"
)
_FORM_NUMBER = r"(?:[A-Z]{1,6}[- ]?)?\d[\dA-Z]{0,6}(?:-\d{1,6}){0,3}[A-Z]?|[A-Z]-\d{1,2}"
_BEFORE_FORM = r"(?:the|an?|on|in|completed?s?|uses?|signs?|attach|submit|fill\s+out|see)"
_FORM_WORD = r"[A-Z][\w’'/&-]*"

_RULES: tuple[Rule, ...] = (
    *(("law", *each) for each in LAWS),
    *(("standard", *each) for each in STANDARDS),
    (
        "form",
        ("OSHA",),
        re.compile(r"\bOSHA(?:'s)?\s+(?:Form\s+)?(30[01]A?)\b(?=\s*(?:log|form|summary|[.,;)]))"),
        lambda at: f"OSHA Form {at[1]}",
    ),
    (
        "form",
        ("CMS", "HCFA", "SF", "VA", "FDA", "DEA", "DD"), re.compile(
            r"\b(?:Form\s+)?(CMS|HCFA|SF|VA|FDA|DEA|DD)[- ](?:Form\s+)?"
            r"(\d{2,5}[A-Z]?(?:-\d{1,4}[A-Z]?)?)\b"
        ),
        lambda at: f"Form {at[1]}-{at[2]}",
    ),
    (
        "form",
        ("Form", "form"),
        re.compile(rf"\b(?:Form|form\s+(?:#|[Nn]o\.?|number))\s*(?:#|[Nn]o\.?\s|[Nn]umber\s)?\s*({_FORM_NUMBER})(?![\w.]\w)"),
        lambda at: f"Form {' '.join(at[1].split())}",
    ),
    (
        "form",
        ("Form", "Checklist", "heet", "Log"), re.compile(
            rf"\b(?i:{_BEFORE_FORM})\s+(?:the\s+)?[“\"]?((?!This\b|The\b){_FORM_WORD}"
            rf"(?:\s+(?:of\s+|for\s+|to\s+|and\s+)?{_FORM_WORD}){{0,6}}"
            r"\s+(?:Form|Checklist|Flow\s?sheet|Worksheet|Log))\b"
        ),
        lambda at: " ".join(at[1].split()),
    ),
    ("system", _STEMS, re.compile(rf"\b({_NAMED_SYSTEMS})\b(?![\w-])"), lambda at: at[1]),
    (
        "system",
        _WORDS_HINTS, re.compile(
            rf"\b(?:in|into|within|via|using|through|from)\s+(?:the\s+)?({_WORDS_TOO})\b"
            r"(?!\s+[a-z]+(?:s|tion)\b)"
        ),
        lambda at: at[1],
    ),
    ("system", _WORDS_HINTS, re.compile(rf"\b({_WORDS_TOO})\s+{_OF_SYSTEMS}\b"), lambda at: at[1]),
    (
        "system",
        ("system", "software", "application", "database", "EHR", "EMR", "cabinet"), re.compile(
            rf"\b[Tt]he\s+({_NOT_A_NAME}[A-Z][\w+]*(?:[A-Z][\w+]+|\s[A-Z][\w+]+)?)\s+"
            r"(?:system|software|application|database|EHR|EMR|dispensing\s+cabinet)\b"
        ),
        lambda at: " ".join(at[1].split()),
    ),
)  # fmt: skip
_ANY = re.compile(r"\d|[A-Z]")


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Find them in order, none overlapping; of two that begin together the longer stands."""
    found = sorted(_every(text), key=lambda each: (each.start, -each.end))
    kept: list[Mention] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _every(text: str) -> Iterator[Mention]:
    if not _ANY.search(text):
        return
    for kind, hints, pattern, written in _RULES:
        # To look for a word is many times cheaper than to try a pattern at every place.
        if hints and not any(hint in text for hint in hints):
            continue
        for match in pattern.finditer(text):
            value = written(match)
            if value:
                start = match.start(1) if kind in {"system", "form"} else match.start()
                is_numbered = kind == "form" and value.startswith(("Form ", "OSHA"))
                start = match.start() if is_numbered else start
                end = match.end(1) if kind == "system" or not is_numbered else match.end()
                end = match.end() if kind in {"law", "standard"} else end
                yield Mention(kind, value, start, end)
