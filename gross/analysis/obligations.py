"""Obligations: sentences that bind somebody, counted by their words. A count, no judgement."""

from __future__ import annotations

import re

_BINDS = re.compile(
    r"\b(?:must|shall|never|(?:has|have|needs?) to|mandatory|"
    r"(?:is|are) (?:required|expected|responsible|obliged))\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?<=[.;!?])\s+|\n+")


def obligations(text: str) -> int:
    """Count the sentences, or lines, that say must, shall, never, has to, or is required to."""
    return sum(_BINDS.search(sentence) is not None for sentence in _BETWEEN.split(text))
