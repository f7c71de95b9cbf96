"""Logs, checklists, attestations and the like that a sentence asks somebody to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from gross.analysis.language.parts import Component, Recording

_RECORD = re.compile(
    r"\b(?:(?:[\w-]{1,30}\s+)?(?:log|logs|logbook|log\s?sheet|checklist|check\s?sheet|attestations?|"
    r"roster|flow\s?sheet|sign-?off\s+sheet|tracking\s+(?:sheet|form|log)|register|"
    r"(?:white|blue|yellow|pink|green)\s+sheet))\b",
    re.IGNORECASE,
)
_ENTERED = re.compile(
    r"\b(?:(?:counter)?signs?|signed|initials?|initialed|writes?|written|records?|recorded|enters?|"
    r"entered|documents?|documented|completes?|completed|fills?|filled|logs|logged|notes?|noted|"
    r"ticks?|ticked|charts?|charted|keeps?|kept|takes?|taken)\b",
    re.IGNORECASE,
)
_DOUBLES = re.compile(
    r"\bsame\s+(?:[\w-]{1,30}\s+){0,2}(?:checks?|attestations?|log|entry|entries|readings?|temperature|"
    r"information|data|count)\b[^.]*\b(?:log|sheet|elsewhere|flow\s?sheet|roster|form)\b"
    r"|\balso\b[^.]*\bsame\s+(?:check|reading|entry|count|attestation)s?\b"
    r"|\b(?:its|their)\s+own\s+(?:log|sheet|checklist|roster)\b[^.]*\bsame\b"
    r"|\bboth\s+(?:[\w-]{1,30}\s+)?(?:logs|checklists|attestations|rosters)\b"
    r"|\bsheets?\b[^.]*\bboth\s+(?:are|must be|shall be)\s+(?:filled|completed|signed|kept)\b"
    r"|\b(?:second|duplicate|parallel|additional)\s+(?:log|checklist|attestation|log\s?sheet)\b"
    r"|\bin addition to the\s+(?:[\w-]{1,30}\s+){0,3}(?:log|checklist|flow\s?sheet|attestation)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:no|not|never|nor|neither|instead of|rather than|need)\b", re.IGNORECASE)
_PLAIN = re.compile(r"^(?:the|a|an|each|this|that|its|own|same|on|in|both|and|of|to)\s+", re.I)


def _read(doc: Doc) -> Doc:
    doc._.records = tuple(_records(doc))
    return doc


def _records(doc: Doc) -> Iterator[Recording]:
    if not _RECORD.search(doc._.body) and not _DOUBLES.search(doc._.body):
        return
    for sentence in doc._.sentences:
        body = doc._.body[sentence.start : sentence.end]
        names = tuple(dict.fromkeys(_plain(found[0]) for found in _RECORD.finditer(body)))
        doubling = _DOUBLES.search(body)
        doubles = doubling is not None and not _NO.search(body[: doubling.end()])
        if (names and _ENTERED.search(body)) or doubles:
            yield Recording(sentence.start, sentence.end, names, doubles)


def _plain(name: str) -> str:
    return " ".join(_PLAIN.sub("", name).lower().split())


COMPONENT = Component(
    "records",
    ("doc._.records",),
    (
        "doc._.body",
        "doc._.sentences",
    ),
    _read,
)
