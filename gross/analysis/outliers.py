"""Which counts of a library stand out: only these become flags, the rest is a ranking.

The rule: beyond a count that is stated, and beyond the library's own upper tail, which is Tukey's
outer fence (1977): the upper quartile and three times the distance between the quartiles.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

FEWEST = 20  # policies; fewer have no tail to speak of
FENCE = 3


def upper_tail(values: Sequence[float], least: float) -> float:
    """Give the bound that an outlier passes; infinite in a library too small to tell."""
    if len(values) < FEWEST:
        return math.inf
    low, _, high = statistics.quantiles(values, n=4)
    return max(least, high + FENCE * (high - low))


def middle(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0


def score(value: float, bound: float) -> float:
    """Between a half, just beyond the bound, and 1 at three times the bound and more."""
    return round(min(1.0, 0.5 + 0.25 * (value - bound) / bound), 4)
