"""Words parted at a line's end made whole; hyphens that belong to the word stay."""

from __future__ import annotations

import re

from gross.intake.pdf.lines import HYPHENS

_SOFT = "\u00ad"
_HYPHENS = tuple(HYPHENS)
_ANY_HYPHEN = re.compile(f"[{HYPHENS}]")
_BEFORE = re.compile(r"([^\W_]+)$")
_AFTER = re.compile(r"([^\W_]+)")
# Set before a hyphen of their own far more often than a line parts a longer word behind them.
_FIRST = frozenset(
    [
        "self",
        "follow",
        "well",
        "high",
        "low",
        "long",
        "short",
        "half",
        "full",
        "point",
        "bed",
        "blood",
        "needle",
        "evidence",
        "hospital",
        "patient",
        "nurse",
        "physician",
        "provider",
        "risk",
        "time",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "one",
        "multi",
        "decision",
        "double",
        "hand",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "post",
        "cross",
        "health",
        "mother",
        "skin",
        "third",
        "second",
        "first",
        "mid",
        "non",
        "check",
        "walk",
        "by",
        "stand",
        "read",
        "drop",
        "start",
        "life",
        "end",
        "work",
        "sign",
        "hands",
        "ill",
        "left",
        "right",
    ]
)
# Set behind one; "up" and "out" are halves of no word.
_SECOND = frozenset(
    [
        "up",
        "out",
        "off",
        "based",
        "related",
        "free",
        "term",
        "level",
        "specific",
        "day",
        "hour",
        "week",
        "month",
        "year",
        "old",
        "assessment",
        "care",
        "borne",
        "reported",
        "approved",
        "centered",
        "centred",
        "driven",
        "acquired",
        "compliance",
        "threatening",
        "to",
        "resistant",
        "through",
        "minute",
        "minutes",
        "being",
        "site",
        "wide",
        "person",
        "time",
        "date",
    ]
)


def ends_parted(line: str) -> bool:
    """Say whether a line may end within a word."""
    return line[-1] in HYPHENS or (line[-1] == "-" and line[-2:-1].isalnum())


def mended(lines: list[str], known: str = "") -> str:
    """Join lines; a word that was parted by a hyphen is one word again.

    What the document writes elsewhere decides first (`known`: all its words, in lower case), a list
    of usual words after it.
    """
    if len(lines) == 1 and lines[0].isascii():
        return lines[0]
    pieces: list[str] = []
    for line in lines:
        before = pieces[-1] if pieces else ""
        if before and line and ends_parted(before) and line[0].isalnum():
            pieces[-1] = before[:-1] + ("-" if _keeps_hyphen(before, line, known) else "")
        elif pieces:
            pieces.append(" ")
        pieces.append(line)
    return _ANY_HYPHEN.sub("", "".join(pieces))


def _keeps_hyphen(before: str, after: str, known: str) -> bool:
    """Say whether the hyphen between two lines is the word's own: "self-assessment", "X-Ray"."""
    if before[-1] == _SOFT:
        return False
    first, second = _BEFORE.search(before[:-1]), _AFTER.match(after)
    if not first or not second:
        return bool(first)
    if before[: first.start()].endswith("-") or after[second.end() :].startswith("-"):
        return True  # "up-to-" and "date", "over-" and "the-counter"
    if not first[1].islower() or not second[1].islower():
        return not (first[1].istitle() and second[1].islower() and len(first[1]) > 1)
    a, b = first[1], second[1]
    if f"{a}{b}" in known or f"{a}-{b}" in known:
        return f"{a}-{b}" in known
    return a in _FIRST or b in _SECOND
