"""Words of a sentence, with what can be counted read as one: "24 hours" and "1 day" are equal.

Numbers that name a thing rather than count it (sections, dates, telephones, rooms) are words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from gross.analysis.conflicts.units import (
    EACH,
    NUMBERS,
    OFTEN,
    PERIODS,
    SECONDS,
    TIMES,
    UNITS,
    kind_of_time,
    singular,
)
from gross.analysis.conflicts.written_words import (
    WrittenWord,
    is_cited,
    names_something,
    value_of,
    word_at,
    written_words,
)

_SAME_SPAN = Fraction(115, 100)  # 3 months and 90 days; 12 weeks and a quarter
_COUNTING = NUMBERS | PERIODS | {"$"}


class Slot(StrEnum):
    """What a word is for the comparison of two sentences."""

    WORD = "word"
    QUANTITY = "quantity"
    COUNT = "count"  # a number without a unit
    PERIOD = "period"  # how often, as the time between
    CLOCK = "clock"
    MONEY = "money"


class Token(NamedTuple):
    """A word or what is read as one; `key` is equal where the meaning is."""

    slot: Slot
    key: str
    start: int
    end: int
    kind: str = ""  # of a quantity: "time", "mass"
    size: Fraction = Fraction(0)


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Read the words of a span of `text`."""
    found = written_words(text, start, end)
    read: list[Token] = []
    at = 0
    while at < len(found):
        token, used = _read(found, at) if _may_count(found[at].text) else (_plain(found[at]), 1)
        read.append(token)
        at += used
    return tuple(read)


def differ(a: Token, b: Token) -> bool:
    """Tell whether two slots of one kind are surely not the same amount."""
    if a.slot is not b.slot or a.size == b.size:
        return False
    if {a.kind, b.kind} == {"time", "calendar"} and a.size and b.size:
        return max(a.size, b.size) / min(a.size, b.size) >= _SAME_SPAN
    return a.kind == b.kind


_Read = tuple[Token, int]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """Fold plurals and the third person: "nurse verifies", "nurses verify"."""
    word = word.removesuffix("'s")
    if len(word) < 4 or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _may_count(word: str) -> bool:
    return word in _COUNTING or word[0].isdigit()


def _read(words: Sequence[WrittenWord], at: int) -> _Read:
    found = (each for each in (reader(words, at) for reader in _READERS) if each is not None)
    return next(found, (_plain(words[at]), 1))


def _plain(word: WrittenWord) -> Token:
    return Token(Slot.WORD, _stem(word.text), word.start, word.end)


def _made(
    words: Sequence[WrittenWord], at: int, used: int, slot: Slot, size: Fraction, kind: str = ""
) -> _Read:
    first, last = words[at], words[at + used - 1]
    kind = kind if slot is not Slot.PERIOD else kind_of_time(size)
    return Token(slot, f"{slot}:{kind}:{size}", first.start, last.end, kind, size), used


def _often(words: Sequence[WrittenWord], at: int) -> _Read | None:
    """ "daily", "twice a day", "3 times per week", "every 4 hours", "each year", "q4h"."""
    word = words[at].text
    if word in OFTEN:
        return _made(words, at, 1, Slot.PERIOD, SECONDS[OFTEN[word]])
    times, used = (TIMES[word], 1) if word in TIMES else (None, 0)
    if word_at(words, at + 1) == "times":
        times, used = value_of(words[at]), 2
    if times and word_at(words, at + used) in EACH:
        unit = singular(word_at(words, at + used + 1))
        if unit in SECONDS:
            return _made(words, at, used + 2, Slot.PERIOD, SECONDS[unit] / times)
    if times and word_at(words, at + used) in OFTEN:
        size = SECONDS[OFTEN[word_at(words, at + used)]] / times
        return _made(words, at, used + 1, Slot.PERIOD, size)
    return _every(words, at) if word in ("every", "each") else None


def _every(words: Sequence[WrittenWord], at: int) -> _Read | None:
    unit = singular(word_at(words, at + 1))
    if unit in SECONDS:
        return _made(words, at, 2, Slot.PERIOD, SECONDS[unit])
    if at + 1 < len(words):
        measured = _measured(words, at + 1)
        if measured and measured[0].kind in ("time", "calendar"):
            return _made(words, at, 1 + measured[1], Slot.PERIOD, measured[0].size)
    return None


def _measured(words: Sequence[WrittenWord], at: int) -> _Read | None:
    return _with_unit(words, at) or _sharing_unit(words, at)


def _with_unit(words: Sequence[WrittenWord], at: int) -> _Read | None:
    value = value_of(words[at])
    if value is None or is_cited(words, at):
        return None
    if words[at].text.endswith("%"):
        return _made(words, at, 1, Slot.QUANTITY, value, "share")
    used = 2 if _is_repeated(words, at, value) else 1
    if any(each.bracketed for each in words[at + used : at + used + 1]):
        return None  # the grams of 164.502(g)
    for length in (2, 1):
        unit = singular(" ".join(word_at(words, at + used + each) for each in range(length)))
        if unit in UNITS:
            kind, size = UNITS[unit]
            return _made(words, at, used + length, Slot.QUANTITY, value * size, kind)
    if word_at(words, at + used) == "°" and word_at(words, at + used + 1) in ("c", "f"):
        kind = UNITS["°" + word_at(words, at + used + 1)][0]
        return _made(words, at, used + 2, Slot.QUANTITY, value, kind)
    return None


def _is_repeated(words: Sequence[WrittenWord], at: int, value: Fraction) -> bool:
    """Tell whether the number is said twice: "thirty (30) days"."""
    return at + 1 < len(words) and value_of(words[at + 1]) == value


def _sharing_unit(words: Sequence[WrittenWord], at: int) -> _Read | None:
    """Read the first number of "15 to 20 seconds" and "2-8 °C" with the second one's unit."""
    value = value_of(words[at])
    follows = at + 2 if word_at(words, at + 1) in ("to", "or", "and", "through") else at + 1
    if value is None or follows >= len(words):
        return None
    measured = _with_unit(words, follows)
    second = value_of(words[follows])
    if measured is None or not second:
        return None
    return _made(words, at, 1, Slot.QUANTITY, value * measured[0].size / second, measured[0].kind)


def _clock(words: Sequence[WrittenWord], at: int) -> _Read | None:
    word = words[at].text
    half = word_at(words, at + 1).replace(".", "")
    if ":" not in word and not (word.isdigit() and half in ("am", "pm")):
        return None
    hours, _, minutes = word.partition(":")
    size = Fraction(60 * int(hours) + int(minutes or 0))
    if half in ("am", "pm"):
        size = size % 720 + (720 if half == "pm" else 0)
        return _made(words, at, 2, Slot.CLOCK, size)
    return _made(words, at, 1, Slot.CLOCK, size)


def _money(words: Sequence[WrittenWord], at: int) -> _Read | None:
    if words[at].text != "$" or at + 1 >= len(words):
        return None
    value = value_of(words[at + 1])
    return None if value is None else _made(words, at, 2, Slot.MONEY, value)


def _count(words: Sequence[WrittenWord], at: int) -> _Read | None:
    """A number that counts what follows it; not one that names, dates or belongs to a code."""
    value = value_of(words[at])
    if value is None or words[at].text.endswith("%") or names_something(words, at):
        return None
    return _made(words, at, 1, Slot.COUNT, value)


_READERS: tuple[Callable[[Sequence[WrittenWord], int], _Read | None], ...] = (
    _often,
    _clock,
    _money,
    _measured,
    _count,
)
