"""Two sentences that agree but for what matters: an amount, how often, a "not", may against must.

Rules, not likeness. The words around a change must agree; what else changed may not be a condition
or say for whom the sentence is meant ("in infants", "unless", "for contractors").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gross.analysis.conflicts.changes import CONTEXT_WORDS, Change, amid_agreement, changes
from gross.analysis.conflicts.duties import MAY, MUST, NEGATIONS
from gross.analysis.conflicts.quantities import Slot, Token, differ, tokens
from gross.analysis.conflicts.scopes import CONDITIONS, scopes
from gross.analysis.types import Span

BEGINNING = 2  # words in a row that agree; what stands before is what a sentence is about


_NUMBERING = re.compile(r"\(?(?:[A-Za-z]{1,4}[.)]|\d+(?:\.\d+)*[.)]?)\s+(?=[A-Z“\"])")

AMOUNT, TURNED, DUTY = 0.95, 0.75, 0.85  # confidence


@dataclass(frozen=True, slots=True)
class Demand:
    """How much two sentences must agree before what differs is held against them."""

    share: float  # of the longer one's words, amounts aside
    words: int


IN_PASSAGE = Demand(0.5, 4)  # that both policies share
ELSEWHERE = Demand(0.85, 4)  # in two policies that say the same on the whole
STRANGERS = Demand(1.0, 6)  # in two that do not


@dataclass(frozen=True, slots=True)
class Sentence:
    span: Span
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`a` and `b` are the words to show, in each one's text; `says` is alike for one dispute."""

    a: Span
    b: Span
    confidence: float
    says: tuple[str, str] = ("", "")


def sentence(text: str, span: Span) -> Sentence:
    numbering = _NUMBERING.match(text, span.start, span.end)
    return Sentence(span, tokens(text, numbering.end() if numbering else span.start, span.end))


def disagreements(
    a: Sentence, b: Sentence, demand: Demand = IN_PASSAGE
) -> tuple[Disagreement, ...]:
    """Say where two sentences disagree, in the order of `a`."""
    keys_a, keys_b = [each.key for each in a.tokens], [each.key for each in b.tokens]
    if keys_a == keys_b:
        return ()
    walked = changes(keys_a, keys_b)
    same = sum(op.a_to - op.a_from for op in walked if op.agree)
    other = max(_other_words(walked, a.tokens, b.tokens))
    if same < max(demand.words, demand.share * (same + other)) or _is_scoped(
        walked, keys_a, keys_b
    ):
        return ()
    if _begins_otherwise(walked, a.tokens, b.tokens):
        return ()
    return tuple(
        replace(each, says=_says(walked, number, keys_a, keys_b))
        for number, change in enumerate(walked)
        if not change.agree and amid_agreement(walked, number)
        for each in _told(change, a.tokens, b.tokens)
    )


def _other_words(
    walked: Iterable[Change], a: Sequence[Token], b: Sequence[Token]
) -> tuple[int, int]:
    """Count what changed on either side, amounts aside."""
    counts = [0, 0]
    for op in walked:
        if not op.agree:
            counts[0] += sum(each.slot is Slot.WORD for each in a[op.a_from : op.a_to])
            counts[1] += sum(each.slot is Slot.WORD for each in b[op.b_from : op.b_to])
    return counts[0], counts[1]


def _is_scoped(walked: Iterable[Change], keys_a: Sequence[str], keys_b: Sequence[str]) -> bool:
    """Tell whether what changed, anywhere in the sentences, says for whom or on what condition."""
    ours: set[str] = set()
    theirs: set[str] = set()
    for op in walked:
        if not op.agree:
            ours.update(keys_a[op.a_from : op.a_to])
            theirs.update(keys_b[op.b_from : op.b_to])
    apart = ours ^ theirs
    return bool(apart & CONDITIONS or scopes(apart))


def _begins_otherwise(walked: Iterable[Change], a: Sequence[Token], b: Sequence[Token]) -> bool:
    """Tell whether the sentences are about two things: "Policy review ...", "Log review ..."."""
    begins = next((op for op in walked if op.agree and op.a_to - op.a_from >= BEGINNING), None)
    if begins is None:
        return True
    ours, theirs = _subjects(a[: begins.a_from]), _subjects(b[: begins.b_from])
    return bool(ours - theirs and theirs - ours)


def _subjects(head: Iterable[Token]) -> set[str]:
    return {each.key for each in head if each.slot is Slot.WORD} - MUST - MAY - NEGATIONS


def _says(
    walked: Sequence[Change], number: int, keys_a: Sequence[str], keys_b: Sequence[str]
) -> tuple[str, str]:
    """Give the words of a change on either side, amid those that agree and with the first ones."""
    change = walked[number]
    agree = [keys_a[op.a_from : op.a_to] if op.agree else [] for op in walked]
    before = [*next(filter(None, agree))[:CONTEXT_WORDS], "…"]
    before += agree[number - 1][-CONTEXT_WORDS:] if number else []
    behind = agree[number + 1][:CONTEXT_WORDS] if number + 1 < len(agree) else []
    ours, theirs = keys_a[change.a_from : change.a_to], keys_b[change.b_from : change.b_to]
    return " ".join((*before, *ours, *behind)), " ".join((*before, *theirs, *behind))


def _told(change: Change, a: Sequence[Token], b: Sequence[Token]) -> Iterator[Disagreement]:
    ours = range(change.a_from, change.a_to)
    theirs = range(change.b_from, change.b_to)
    yield from _amounts(ours, theirs, a, b)
    keys_a, keys_b = [a[i].key for i in ours], [b[j].key for j in theirs]
    if _is_duty(keys_a, keys_b) and not _is_forbidden(ours, theirs, a, b):
        yield Disagreement(_shown(a, ours, 0, 2), _shown(b, theirs, 0, 2), DUTY)
    elif _is_turned(keys_a, keys_b):
        yield Disagreement(_shown(a, ours, 2, 3), _shown(b, theirs, 2, 3), TURNED)


def _amounts(
    ours: range, theirs: range, a: Sequence[Token], b: Sequence[Token]
) -> Iterator[Disagreement]:
    slots_a = [i for i in ours if a[i].slot is not Slot.WORD]
    slots_b = [j for j in theirs if b[j].slot is not Slot.WORD]
    if len(slots_a) != len(slots_b):
        at_once = slots_a[:1] == [ours.start] and slots_b[:1] == [theirs.start]
        slots_a, slots_b = (slots_a[:1], slots_b[:1]) if at_once else ([], [])
    for i, j in zip(slots_a, slots_b, strict=True):
        if differ(a[i], b[j]) and (a[i].slot is not Slot.COUNT or _counts_the_same(i, j, a, b)):
            more = 2 if a[i].slot is Slot.COUNT else 1
            span_a, span_b = _shown(a, range(i, i), 0, more), _shown(b, range(j, j), 0, more)
            yield Disagreement(span_a, span_b, AMOUNT)


def _counts_the_same(i: int, j: int, a: Sequence[Token], b: Sequence[Token]) -> bool:
    """Tell whether two bare numbers count one thing, or both end their sentences."""
    return [each.key for each in a[i + 1 : i + 2]] == [each.key for each in b[j + 1 : j + 2]]


def _is_duty(keys_a: Sequence[str], keys_b: Sequence[str]) -> bool:
    if len(keys_a) != 1 or len(keys_b) != 1:
        return False
    pair = keys_a[0], keys_b[0]
    return (pair[0] in MUST and pair[1] in MAY) or (pair[0] in MAY and pair[1] in MUST)


def _is_forbidden(ours: range, theirs: range, a: Sequence[Token], b: Sequence[Token]) -> bool:
    """ "May not" forbids as "must not" does."""
    return any(
        tokens_[at.stop].key in NEGATIONS
        for at, tokens_ in ((ours, a), (theirs, b))
        if at.stop < len(tokens_)
    )


def _is_turned(keys_a: Sequence[str], keys_b: Sequence[str]) -> bool:
    """Tell whether a "not" is all that one side has and the other lacks."""
    rest_a = [key for key in keys_a if key not in NEGATIONS]
    rest_b = [key for key in keys_b if key not in NEGATIONS]
    if (len(rest_a) == len(keys_a)) == (len(rest_b) == len(keys_b)):
        return False
    return rest_a == rest_b or set(rest_a + rest_b) <= MUST | MAY


def _shown(of: Sequence[Token], at: range, before: int, after: int) -> Span:
    first = max(0, at.start - before)
    last = min(len(of), at.stop + after) - 1
    return Span(of[first].start, of[max(first, last)].end)
