"""Deadlines ("within 24 hours", "by the end of the shift") and frequencies ("twice a day").

Regular expressions over the text: spaCy's Matcher says the same at a third of the pipeline's time.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from gross.analysis.language.parts import Component, Timing

_UNIT = r"(?:minute|hour|day|week|month|quarter|year|shift|min|hr)s?"
_COUNT = r"(?:\d[\d,.]*|an?|one|two|three|four|five|six|seven|eight|ten|fifteen|thirty)"
_SPAN = rf"{_COUNT}\s+(?:(?:business|working|calendar|full|consecutive)\s+)?{_UNIT}"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_TIMED = re.compile(
    rf"\b(?:(?P<deadline>(?:within|in)\s+{_SPAN}|within\s+(?:the|each)\s+(?:hour|day|shift|week)"
    rf"|(?:no|not)\s+(?:later|more)\s+than\s+(?:{_SPAN}|{_MONTH}\s+\d{{1,2}})"
    rf"|(?:by|before)\s+(?:the\s+)?end\s+of\s+(?:the\s+|each\s+)?\w+"
    rf"|(?:by|before|on or before)\s+{_MONTH}\b(?:\s+\d{{1,2}})?"
    rf"|(?:at least\s+)?{_SPAN}\s+(?:before|prior|ahead|in advance)"
    r"|immediately|promptly|at once|as soon as possible)"
    rf"|(?:every|each)\s+(?:{_COUNT}\s+)?{_UNIT}|(?:once|twice|times)\s+(?:a|per|each|every)\s+"
    rf"{_UNIT}|hourly|daily|weekly|monthly|quarterly|annually|yearly)\b",
    re.IGNORECASE,
)


def _read(doc: Doc) -> Doc:
    doc._.timings = tuple(
        Timing(found.start(), found.end(), found["deadline"] is not None)
        for found in _TIMED.finditer(doc._.body)
    )
    return doc


COMPONENT = Component("deadlines", ("doc._.timings",), ("doc._.body",), _read)
