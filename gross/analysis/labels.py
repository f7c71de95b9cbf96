"""What two policies are to each other, from how much of each the shared passages cover."""

from __future__ import annotations

from gross.analysis.types import Kind

BOTH_COVERED = 0.55
INSIDE = 0.7
OWN_WORDS = 30  # a document of fewer own words is a form or a stub, and redundant with nothing

LEAST_EVIDENCE = 24.0
LONG_WORDS = 56  # from here on a passage may be reworded and still prove something
SHORT_SAME = 0.8  # of a shorter passage's words must agree


def evidence(words: int, same: int) -> float:
    """Weigh a shared passage: the words that agree, times the share of it that agrees."""
    if words < LONG_WORDS and same < SHORT_SAME * words:
        return 0.0
    return same * same / max(1, words)


def label(cover: tuple[float, float], own_words: tuple[int, int]) -> Kind:
    if min(own_words) >= OWN_WORDS and min(cover) >= BOTH_COVERED:
        return Kind.REDUNDANT
    inside = max(zip(cover, own_words, strict=True))
    if inside[0] >= INSIDE and inside[1] >= OWN_WORDS:
        return Kind.CONTAINED
    return Kind.OVERLAPPING
