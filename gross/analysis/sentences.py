"""The sentence around a place in a text, by rules alone: lines end it, so do full stops."""

from __future__ import annotations

import re

from gross.analysis.types import Span

_LONGEST = 400  # code points on either side; a table without lines must not become one sentence
_END = re.compile(r"[.!?](?=[\"”’)\]]*\s+[\"“(\[]*[A-Z0-9])")
_SHORTENED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|No|Nos|vs|e\.g|i\.e|etc|approx|dept|Pharm|Rev|Sec|Fig|St|pt|pts|U\.S)$",
    re.IGNORECASE,
)


def sentence_around(text: str, start: int, end: int) -> Span:
    """Give the sentence that holds the span, trimmed; never across a line's end."""
    first = max(text.rfind("\n", 0, start) + 1, start - _LONGEST)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + _LONGEST)
    for found in _END.finditer(text, first, start + 1):
        if not _SHORTENED.search(text, first, found.start()):
            first = found.end()
    for found in _END.finditer(text, end, last):
        if not _SHORTENED.search(text, first, found.start()):
            last = found.end()
            break
    return trimmed(text, first, last)


def trimmed(text: str, start: int, end: int) -> Span:
    """Shrink a span to its first and last word, and the punctuation that closes it."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and start < end and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and end > start and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)
