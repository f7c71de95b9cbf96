"""Plain words that a person writes, made into patterns that cannot hang a scan.

A person writes spellings, one a line; "*" stands for up to 20 letters or digits inside a word. No
regular expression is ever taken from outside: one bad expression could stop a scan for hours.
"""

from __future__ import annotations

import re

from gross.domain.errors import Refused

MOST_SPELLINGS = 12
LONGEST = 80  # characters of a spelling
FEWEST_LETTERS = 3  # letters or digits; "IV" and "or" stand in every policy
MOST_STARS = 3
STAR = r"\w{0,20}"

_SIGNS = re.compile(r"[^\w\s*.,;:'’&/+<>()#@-]")
_REGEX = re.compile(r"[\\\[\]{}^$|?]|\.\*|\(\?")
_COMMON_WORDS = (
    "the and for with that this are not all any may must shall will from you your our policy "
    "procedure patient patients hospital staff nurse care page date form unit"
)
_COMMON = frozenset(_COMMON_WORDS.split())


def spellings_of(text: str) -> tuple[str, ...]:
    """Give the spellings, checked.

    Raises:
        Refused: there is none, too many, or one that is too short, too wide or no plain text.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    found = tuple(dict.fromkeys(line for line in lines if line))
    if not found:
        raise Refused("Write at least one spelling to look for.")
    if len(found) > MOST_SPELLINGS:
        raise Refused(f"Write at most {MOST_SPELLINGS} spellings, one a line.")
    for spelling in found:
        objection = _why_not(spelling)
        if objection:
            raise Refused(f"“{spelling[:LONGEST]}” {objection}")
    return found


def pattern_of(spellings: tuple[str, ...]) -> str:
    """Make one regular expression of them: whole words, any case but in short capitals."""
    return "|".join(_one(spelling) for spelling in spellings)


def words_of(spellings: tuple[str, ...]) -> tuple[str, ...]:
    """For each spelling a piece in lower case, without which a text cannot hold it."""
    return tuple(max(re.split(r"[\s*]+", spelling.lower()), key=len) for spelling in spellings)


def _why_not(spelling: str) -> str:
    if len(spelling) > LONGEST:
        return f"is too long; the most is {LONGEST} characters."
    if _REGEX.search(spelling) or _SIGNS.search(spelling):
        return "must be plain words; of signs only * is special, for letters inside a word."
    if spelling.count("*") > MOST_STARS or "**" in spelling:
        return f"has too many *; the most is {MOST_STARS}, never side by side."
    words = re.findall(r"[^\W_]+", spelling)
    longest = max((len(word) for word in words), default=0)
    if longest < FEWEST_LETTERS:
        return f"is too short; one word of it needs {FEWEST_LETTERS} letters or digits."
    if all(word.lower() in _COMMON or len(word) < FEWEST_LETTERS for word in words):
        return "stands in nearly every policy; write something that only the old thing is called."
    return ""


def _one(spelling: str) -> str:
    parts = [re.escape(part) for part in spelling.split("*")]
    body = STAR.join(part.replace(r"\ ", r"\s{1,3}") for part in parts)
    first = r"(?<!\w)" if spelling[0].isalnum() else ""
    last = r"(?!\w)" if spelling[-1].isalnum() else ""
    letters = [letter for letter in spelling if letter.isalpha()]
    is_acronym = len(spelling) <= 6 and all(letter.isupper() for letter in letters)
    return f"{first}{body}{last}" if is_acronym else f"(?i:{first}{body}{last})"
