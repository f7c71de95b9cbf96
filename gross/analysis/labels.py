"""What two policies are to each other, from how much of each the shared passages cover."""

from __future__ import annotations

from gross.analysis.types import Kind

BOTH_COVERED = 0.55
EVENLY_COVERED = 0.35  # enough where the less covered side is at least EVEN as covered as the other
EVEN = 0.7
INSIDE = 0.7
OWN_WORDS = 30  # a document of fewer own words is a form or a stub, and redundant with nothing


def label(cover: tuple[float, float], own_words: tuple[int, int]) -> Kind:
    low, high = sorted(cover)
    long_enough = min(own_words) >= OWN_WORDS
    if long_enough and (low >= BOTH_COVERED or (low >= EVENLY_COVERED and low >= EVEN * high)):
        return Kind.REDUNDANT
    inside = max(zip(cover, own_words, strict=True))
    if inside[0] >= INSIDE and inside[1] >= OWN_WORDS:
        return Kind.CONTAINED
    return Kind.OVERLAPPING
