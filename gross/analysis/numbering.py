"""Policy numbers as people write them: "NUR-231", "NUR 231" and "nur231" are one number."""

from __future__ import annotations

import re

Key = tuple[str, ...]

_PART = re.compile(r"[^\W\d_]+|\d+")
_PREFIXES = frozenset(("NO", "NUMBER", "NR", "POLICY", "PROCEDURE", "PROTOCOL", "GUIDELINE"))


def number_key(number: str) -> Key:
    """Split a number into its letters and digits; empty when it has no digit."""
    parts = [part.upper() for part in _PART.findall(number)]
    while parts and parts[0] in _PREFIXES:
        parts = parts[1:]
    if not any(part.isdecimal() for part in parts):
        return ()
    return tuple(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)


def widths(number: str) -> tuple[int, ...]:
    """Count the digits of each run as written: "IC-014" has a run of three."""
    return tuple(len(part) for part in _PART.findall(number) if part.isdecimal())


def scheme(key: Key) -> Key:
    """The shape of a number: its letters, and a # for each run of digits."""
    return tuple("#" if part.isdecimal() else part for part in key)
