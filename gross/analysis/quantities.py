"""Words of a sentence, with what can be counted read as one: "24 hours" and "1 day" are equal.

Numbers that name a thing rather than count it (sections, dates, telephones, rooms) are words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

_DAY = Fraction(86400)
_MONTH = _DAY * Fraction("30.4375")
_SAME_SPAN = Fraction(115, 100)  # 3 months and 90 days; 12 weeks and a quarter


def _time(size: Fraction) -> str:
    """Name the kind of a span of time: months and years are not counted in days exactly."""
    return "calendar" if size >= _MONTH else "time"


SECONDS: dict[str, Fraction] = {
    **dict.fromkeys(("second", "sec"), Fraction(1)),
    **dict.fromkeys(("minute", "min"), Fraction(60)),
    **dict.fromkeys(("hour", "hr"), Fraction(3600)),
    **dict.fromkeys(("day", "calendar day"), _DAY),
    "week": 7 * _DAY,
    "month": _MONTH,
    "quarter": 3 * _MONTH,
    "year": 12 * _MONTH,
    "yr": 12 * _MONTH,
}
_UNITS: dict[str, tuple[str, Fraction]] = {
    **{name: (_time(size), size) for name, size in SECONDS.items()},
    **dict.fromkeys(("business day", "working day"), ("business days", Fraction(1))),
    "mcg": ("mass", Fraction(1, 1000)),
    "mg": ("mass", Fraction(1)),
    "g": ("mass", Fraction(1000)),
    "gram": ("mass", Fraction(1000)),
    "kg": ("mass", Fraction(10**6)),
    **dict.fromkeys(("ml", "cc"), ("volume", Fraction(1))),
    **dict.fromkeys(("l", "liter", "litre"), ("volume", Fraction(1000))),
    **dict.fromkeys(("%", "percent"), ("share", Fraction(1))),
    **dict.fromkeys(("°c", "degrees c"), ("degrees Celsius", Fraction(1))),
    **dict.fromkeys(("°f", "degrees f"), ("degrees Fahrenheit", Fraction(1))),
}
_SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_SPELLED |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20}
_SPELLED |= {"thirty": 30, "forty": 40, "sixty": 60, "ninety": 90}
_TIMES = {"once": Fraction(1), "twice": Fraction(2)}
_OFTEN = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
_OFTEN |= {"annually": "year", "yearly": "year", "annual": "year", "hourly": "hour"}
_EACH = frozenset(("a", "per", "each", "every"))
_MONTH_NAMES = frozenset(
    (
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december", "jan", "feb", "mar", "apr"),
        *("jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    )
)
_NAMES = frozenset(  # what stands before a number that names
    (
        *("section", "sections", "§", "part", "policy", "form", "forms", "room", "rooms"),
        *("extension", "ext", "phone", "telephone", "fax", "call", "dial", "pager", "channel"),
        *("appendix", "attachment", "exhibit", "step", "steps", "version", "v", "page", "pages"),
        *("figure", "table", "chapter", "title", "item", "paragraph", "article", "rule"),
        *("level", "class", "category", "stage", "phase", "tier", "type", "grade", "no"),
        *("number", "bay", "building", "floor", "suite", "lot", "box", "zip", "line", "stop"),
        *("nist", "iso", "cfr", "usc", "u.s.c", "hipaa", "nfpa", "sp", "rev", "revision"),
        *("code", "edition", "schedule"),
    )
)
_DUTIES = ("must", "shall", "will", "may", "can", "might", "could")
NEGATIONS = frozenset(("not", "never", "no", "cannot", "can't", "don't", "mustn't"))
TELLING = frozenset(  # words that a disagreement may turn on, numbers in digits aside
    [*_SPELLED, *_TIMES, *_OFTEN, "times", "every", "each", *_DUTIES]
    + [form for name in _UNITS for word in name.split() for form in (word, word + "s")]
)
_COUNTING = frozenset([*_SPELLED, *_TIMES, *_OFTEN, "every", "each", "$"])
NUMBERS = frozenset(_SPELLED)
PERIODS = frozenset([*_TIMES, *_OFTEN, "every", "each"])
UNITS = TELLING - NUMBERS - PERIODS - {"times", *_DUTIES}
_TOKEN = re.compile(
    r"\d{1,2}:\d{2}(?!\d)|\b[ap]\.m\.|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[-/.]\d+){2,}|\d+(?:\.\d+)?%?"
    r"|[^\W\d_]+(?:['’./&-][^\W_]+)*|[%§°$|]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?$")
_JOINS = "-/._(#:+"


class Slot(StrEnum):
    """What a word is for the comparison of two sentences."""

    WORD = "word"
    QUANTITY = "quantity"
    COUNT = "count"  # a number without a unit
    PERIOD = "period"  # how often, as the time between
    CLOCK = "clock"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or what is read as one; `key` is equal where the meaning is."""

    slot: Slot
    key: str
    start: int
    end: int
    kind: str = ""  # of a quantity: "time", "mass"
    size: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    joined: bool  # to a number or a word by a sign: "HR-310", "(2)", "4.1"


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Read the words of a span of `text`."""
    found = [
        _Word(match[0].lower().replace("’", "'"), *match.span(), _is_joined(text, *match.span()))
        for match in _TOKEN.finditer(text, start, end)
    ]
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


def _stem(word: str) -> str:
    """Fold plurals and the third person: "nurse verifies", "nurses verify"."""
    word = word.removesuffix("'s")
    if len(word) < 4 or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _may_count(word: str) -> bool:
    return word in _COUNTING or word[0].isdigit()


def _read(words: Sequence[_Word], at: int) -> _Read:
    found = (each for each in (reader(words, at) for reader in _READERS) if each is not None)
    return next(found, (_plain(words[at]), 1))


def _plain(word: _Word) -> Token:
    return Token(Slot.WORD, _stem(word.text), word.start, word.end)


def _made(
    words: Sequence[_Word], at: int, used: int, slot: Slot, size: Fraction, kind: str = ""
) -> _Read:
    first, last = words[at], words[at + used - 1]
    kind = kind if slot is not Slot.PERIOD else _time(size)
    return Token(slot, f"{slot}:{kind}:{size}", first.start, last.end, kind, size), used


def _often(words: Sequence[_Word], at: int) -> _Read | None:
    """ "daily", "twice a day", "3 times per week", "every 4 hours", "each year", "q4h"."""
    word = words[at].text
    if word in _OFTEN:
        return _made(words, at, 1, Slot.PERIOD, SECONDS[_OFTEN[word]])
    times, used = (_TIMES[word], 1) if word in _TIMES else (None, 0)
    if _text(words, at + 1) == "times":
        times, used = _value(words[at]), 2
    if times and _text(words, at + used) in _EACH:
        unit = _singular(_text(words, at + used + 1))
        if unit in SECONDS:
            return _made(words, at, used + 2, Slot.PERIOD, SECONDS[unit] / times)
    if times and _text(words, at + used) in _OFTEN:
        size = SECONDS[_OFTEN[_text(words, at + used)]] / times
        return _made(words, at, used + 1, Slot.PERIOD, size)
    return _every(words, at) if word in ("every", "each") else None


def _every(words: Sequence[_Word], at: int) -> _Read | None:
    unit = _singular(_text(words, at + 1))
    if unit in SECONDS:
        return _made(words, at, 2, Slot.PERIOD, SECONDS[unit])
    if at + 1 < len(words):
        measured = _measured(words, at + 1)
        if measured and measured[0].kind in ("time", "calendar"):
            return _made(words, at, 1 + measured[1], Slot.PERIOD, measured[0].size)
    return None


def _measured(words: Sequence[_Word], at: int) -> _Read | None:
    return _with_unit(words, at) or _sharing_unit(words, at)


def _with_unit(words: Sequence[_Word], at: int) -> _Read | None:
    value = _value(words[at])
    if value is None:
        return None
    if words[at].text.endswith("%"):
        return _made(words, at, 1, Slot.QUANTITY, value, "share")
    used = 2 if _is_repeated(words, at, value) else 1
    for length in (2, 1):
        unit = _singular(" ".join(_text(words, at + used + each) for each in range(length)))
        if unit in _UNITS:
            kind, size = _UNITS[unit]
            return _made(words, at, used + length, Slot.QUANTITY, value * size, kind)
    if _text(words, at + used) == "°" and _text(words, at + used + 1) in ("c", "f"):
        kind = _UNITS["°" + _text(words, at + used + 1)][0]
        return _made(words, at, used + 2, Slot.QUANTITY, value, kind)
    return None


def _is_repeated(words: Sequence[_Word], at: int, value: Fraction) -> bool:
    """Tell whether the number is said twice: "thirty (30) days"."""
    return at + 1 < len(words) and _value(words[at + 1]) == value


def _sharing_unit(words: Sequence[_Word], at: int) -> _Read | None:
    """Read the first number of "15 to 20 seconds" and "2-8 °C" with the second one's unit."""
    value = _value(words[at])
    follows = at + 2 if _text(words, at + 1) in ("to", "or", "and", "through") else at + 1
    if value is None or follows >= len(words):
        return None
    measured = _with_unit(words, follows)
    second = _value(words[follows])
    if measured is None or not second:
        return None
    return _made(words, at, 1, Slot.QUANTITY, value * measured[0].size / second, measured[0].kind)


def _clock(words: Sequence[_Word], at: int) -> _Read | None:
    word = words[at].text
    half = _text(words, at + 1).replace(".", "")
    if ":" not in word and not (word.isdigit() and half in ("am", "pm")):
        return None
    hours, _, minutes = word.partition(":")
    size = Fraction(60 * int(hours) + int(minutes or 0))
    if half in ("am", "pm"):
        size = size % 720 + (720 if half == "pm" else 0)
        return _made(words, at, 2, Slot.CLOCK, size)
    return _made(words, at, 1, Slot.CLOCK, size)


def _money(words: Sequence[_Word], at: int) -> _Read | None:
    if words[at].text != "$" or at + 1 >= len(words):
        return None
    value = _value(words[at + 1])
    return None if value is None else _made(words, at, 2, Slot.MONEY, value)


def _count(words: Sequence[_Word], at: int) -> _Read | None:
    """A number that counts what follows it; not one that names, dates or belongs to a code."""
    value = _value(words[at])
    if value is None or words[at].text.endswith("%") or _names(words, at):
        return None
    return _made(words, at, 1, Slot.COUNT, value)


def _names(words: Sequence[_Word], at: int) -> bool:
    word = words[at].text
    if word.isdigit() and ((len(word) == 4 and word[:2] in ("19", "20")) or word[0] == "0"):
        return True
    beside = [_text(words, each) for each in (at - 1, at + 1)]
    if any(each in _MONTH_NAMES and (each != "may") for each in beside):
        return True
    if _text(words, at - 1) in _NAMES:
        return True
    return words[at].joined


def _is_joined(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:].isalnum() or after[:1].isalnum():
        return True
    if before and before[-1] in _JOINS and (before[-1] in "(#" or before[0].isalnum()):
        return True
    return len(after) == 2 and after[0] in _JOINS and after[1].isalnum()


def _value(word: _Word) -> Fraction | None:
    if word.text in _SPELLED:
        return Fraction(_SPELLED[word.text])
    if not word.text.isascii() or not _NUMBER.match(word.text):
        return None
    return Fraction(word.text.rstrip("%").replace(",", ""))


def _text(words: Sequence[_Word], at: int) -> str:
    return words[at].text if 0 <= at < len(words) else ""


def _singular(unit: str) -> str:
    return unit if unit in _UNITS else unit.removesuffix(".").removesuffix("s")


_READERS: tuple[Callable[[Sequence[_Word], int], _Read | None], ...] = (
    _often,
    _clock,
    _money,
    _measured,
    _count,
)
