"""Two passages that agree but for what matters: a number, a "not", "may" against "must".

Rules, not likeness: "within 24 hours" and "within 4 hours" are 0.98 alike to any measure of
meaning. Units are normalised first, so 24 hours against 1 day is no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rapidfuzz.distance import Levenshtein, Opcode

CONTEXT_WORDS = 4  # on either side of a change; most of them must agree
SHORT_PASSAGE_AGREES = 0.5  # of all words of a passage too short for that

_SECOND = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "hr": 3600, "day": 86400}
_SECOND |= {"week": 7 * 86400}
_MONTH = {"month": 1, "quarter": 3, "year": 12}
_GRAM = {"mcg": Fraction(1, 1000), "mg": Fraction(1), "g": Fraction(1000), "kg": Fraction(10**6)}
_LITRE = {"ml": 1, "cc": 1, "l": 1000, "liter": 1000, "litre": 1000}
_UNITS: dict[str, tuple[str, Fraction]] = {
    **{name: ("time", Fraction(size)) for name, size in _SECOND.items()},
    **{name: ("calendar", Fraction(size)) for name, size in _MONTH.items()},
    **{name: ("mass", size) for name, size in _GRAM.items()},
    **{name: ("volume", Fraction(size)) for name, size in _LITRE.items()},
    **{name: ("share", Fraction(1)) for name in ("%", "percent")},
}
_SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_SPELLED |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_OFTEN = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
_OFTEN |= {"annually": "year", "yearly": "year", "annual": "year"}
_NOT = frozenset(("not", "no", "never", "none", "cannot", "can't", "without", "don't", "mustn't"))
_MUST = frozenset(("must", "shall", "will", "required"))
_MAY = frozenset(("may", "can", "should", "optional", "might", "could"))


def contradictions(a: Sequence[str], b: Sequence[str]) -> tuple[str, ...]:
    """Say where two aligned passages, given as lower-case words, contradict each other."""
    changes = list(Levenshtein.opcodes(a, b))
    found: dict[str, None] = {}
    for number, change in enumerate(changes):
        if change.tag != "equal" and _amid_agreement(changes, number, len(a), len(b)):
            ours = range(change.src_start, change.src_end)
            theirs = range(change.dest_start, change.dest_end)
            found.update(dict.fromkeys(_change(a, b, ours, theirs)))
    return tuple(found)


def _amid_agreement(changes: list[Opcode], number: int, a_words: int, b_words: int) -> bool:
    """Tell whether the words next to a change agree, on both sides where there are two."""
    sides = []
    for step in (-1, 1):
        beside = number + step
        if 0 <= beside < len(changes):
            op = changes[beside]
            sides.append(min(CONTEXT_WORDS, op.src_end - op.src_start) if op.tag == "equal" else 0)
    agree = sum(op.src_end - op.src_start for op in changes if op.tag == "equal")
    enough = agree >= SHORT_PASSAGE_AGREES * min(a_words, b_words)
    return enough and sum(sides) >= CONTEXT_WORDS - 1


def _change(a: Sequence[str], b: Sequence[str], ours: range, theirs: range) -> Iterator[str]:
    yield from _numbers(a, b, ours, theirs)
    yield from _frequency(a, b, ours, theirs)
    negated_a = any(a[i] in _NOT for i in ours)
    negated_b = any(b[j] in _NOT for j in theirs)
    if negated_a != negated_b:
        yield f"“{_told(a, ours)}” against “{_told(b, theirs)}”."
    for strict, loose in ((_MUST, _MAY), (_MAY, _MUST)):
        must = next((a[i] for i in ours if a[i] in strict), "")
        may = next((b[j] for j in theirs if b[j] in loose), "")
        if must and may:
            yield f"“{must}” against “{may}”."


def _numbers(a: Sequence[str], b: Sequence[str], ours: range, theirs: range) -> Iterator[str]:
    found_a = [(i, *_quantity(a, i)) for i in ours if _value(a[i]) is not None]
    found_b = [(j, *_quantity(b, j)) for j in theirs if _value(b[j]) is not None]
    for (i, kind_a, size_a), (j, kind_b, size_b) in zip(found_a, found_b, strict=False):
        if kind_a == kind_b and size_a != size_b:
            yield f"{_with_unit(a, i)} against {_with_unit(b, j)}."


def _frequency(a: Sequence[str], b: Sequence[str], ours: range, theirs: range) -> Iterator[str]:
    often_a = [_OFTEN[a[i]] for i in ours if a[i] in _OFTEN]
    often_b = [_OFTEN[b[j]] for j in theirs if b[j] in _OFTEN]
    if often_a and often_b and often_a != often_b:
        yield f"every {often_a[0]} against every {often_b[0]}."


def _value(word: str) -> Fraction | None:
    if word in _SPELLED:
        return Fraction(_SPELLED[word])
    plain = word.rstrip("%")
    try:
        return Fraction(plain) if plain[:1].isascii() and plain[:1].isdigit() else None
    except (ValueError, ZeroDivisionError):
        return None  # "4-6", "1/2/2016", "12.c"


def _unit(words: Sequence[str], at: int) -> str:
    """The unit of the number at `at`; of "15 to 20 seconds" both numbers' unit is the second."""
    if words[at].endswith("%"):
        return "%"
    for word in words[at + 1 : at + 4]:
        for name in (word, word.removesuffix("s")):
            if name in _UNITS:
                return name
        if _value(word) is None and word not in ("to", "or", "and", "business", "calendar"):
            break
    return ""


def _quantity(words: Sequence[str], at: int) -> tuple[str, Fraction]:
    """The kind and size of the number at `at`, its unit normalised."""
    value = _value(words[at]) or Fraction(0)
    kind, size = _UNITS.get(_unit(words, at), ("", Fraction(1)))
    return kind, value * size


def _with_unit(words: Sequence[str], at: int) -> str:
    unit = _unit(words, at)
    if not unit or words[at].endswith("%"):
        return words[at]
    beside = words[at + 1 : at + 4]
    written = next(
        (word for word in beside if word.removesuffix("s") == unit or word == unit), unit
    )
    return f"{words[at]} {written}"


def _told(words: Sequence[str], at: range) -> str:
    return " ".join(words[max(0, at.start - 2) : at.stop + 3])
