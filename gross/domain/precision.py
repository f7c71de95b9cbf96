"""How often a detector is right, and how sure that is, from what people answered."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.96  # two-sided 95%


@dataclass(frozen=True, slots=True)
class Precision:
    """Of `answered` flags, `confirmed` were right; the truth lies in `low` to `high`, 95 of 100
    times.
    """

    confirmed: int
    answered: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """From 0 to 1; None while nobody has answered."""
        return self.confirmed / self.answered if self.answered else None


def precision(confirmed: int, dismissed: int) -> Precision:
    """Give the Wilson score interval (Wilson 1927), which holds for few answers too."""
    answered = confirmed + dismissed
    if answered == 0:
        return Precision(0, 0, 0.0, 1.0)
    share = confirmed / answered
    spread = Z * Z / answered
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / answered + spread / (4 * answered)) / (1 + spread)
    return Precision(confirmed, answered, max(0.0, middle - half), min(1.0, middle + half))
