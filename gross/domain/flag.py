"""What identifies a flag, so that a person's answer outlives the next scan."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from enum import StrEnum

_SPACE = re.compile(r"\s+")


class FlagState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    GONE = "gone"  # a later scan no longer found it, and nobody had answered


class Standing(StrEnum):
    """What people decided of a detector."""

    SUSPENDED = "suspended"  # raises nothing; its open flags wait out of sight
    ENDORSED = "endorsed"


def flag_key(detector: str, policies: Iterable[str], quotes: Iterable[str]) -> str:
    """Hexadecimal SHA-256 of detector, policies and evidence; the quotes' spacing does not count.

    A flag whose evidence reads as before keeps its key, wherever the text moved; a changed text
    makes a new flag, which asks again.
    """
    parts = [detector, *policies, "", *(_SPACE.sub(" ", quote).strip() for quote in quotes)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
