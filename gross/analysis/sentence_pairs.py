"""Which sentences of two policies to hold against each other: few, found on hashes alone.

Inside passages that two policies share, those around a changed word that could matter. Elsewhere,
those where three words beside an amount are the same in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gross.analysis.changes import amid_agreement, changes
from gross.analysis.duties import MAY, MUST, NEGATIONS
from gross.analysis.prepared import Prepared
from gross.analysis.scopes import narrows
from gross.analysis.sentences import sentence_around
from gross.analysis.types import Match, Span
from gross.analysis.units import NUMBERS, PERIODS, UNIT_WORDS
from gross.analysis.words import words

MARGIN_WORDS = 16  # beyond a match's ends; a sentence that starts in it may end outside
MOST_CELLS = 10**9  # words times words; beyond, two texts of one word would take minutes
CONTEXT_WORDS = 3
SLACK_WORDS = 2  # by which two sentences may differ in length before either is cut
AROUND_WORDS = 8  # before and behind an amount, of which
ALIKE_WORDS = 5  # must stand around the other one too
MOST_HOLDERS = 16  # policies with one context; beyond, it is a turn of phrase

# what a disagreement may turn on, numbers in digits aside
_TELLING = NUMBERS | PERIODS | UNIT_WORDS | MUST | MAY | {"times"}
_CLOSING = re.compile(r"[.!?:;%)\]”\"]+")
_CLOSE = re.compile(r"[.!?:;\n]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A document's words, with those that could matter marked."""

    text: str
    read: Prepared
    telling: bytes  # one for each word, 1 for an amount or a duty
    negations: bytes  # the same for "not" and its like
    marks_at: NDArray[np.int64]  # the words that are either
    marks: NDArray[np.uint32]  # their hashes
    amounts: NDArray[np.bool_]  # numbers with a unit close behind, and words for how often


def marked(text: str, read: Prepared) -> Marked:
    hashes, starts = read.words.hashes, read.words.starts
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    digits = (points[starts] >= 48) & (points[starts] <= 57)
    numbers = digits | np.isin(hashes, _hashes(NUMBERS))
    units = np.append(np.isin(hashes, _hashes(UNIT_WORDS)), [False, False])
    amounts = (numbers & (units[1:-1] | units[2:])) | np.isin(hashes, _hashes(PERIODS))
    telling = digits | np.isin(hashes, _hashes(_TELLING))
    negations = np.isin(hashes, _hashes(NEGATIONS))
    marks_at = np.flatnonzero(telling | negations)
    return Marked(
        text, read, telling.tobytes(), negations.tobytes(), marks_at, hashes[marks_at], amounts
    )


@cache
def _hashes(of: frozenset[str]) -> NDArray[np.uint32]:
    return np.unique(words(" ".join(sorted(of))).hashes)


def in_matches(a: Marked, b: Marked, matches: Sequence[Match]) -> Iterator[tuple[Span, Span]]:
    """Give the sentences around changed words that could matter, match by match."""
    reach_a = _reach(a, [each.a for each in matches])
    reach_b = _reach(b, [each.b for each in matches])
    for (at_a, marks_a), (at_b, marks_b) in zip(reach_a, reach_b, strict=True):
        if marks_a != marks_b:
            yield from _in_match(a, at_a, b, at_b)


def _in_match(a: Marked, in_a: slice, b: Marked, in_b: slice) -> Iterator[tuple[Span, Span]]:
    ours, theirs = a.read.words.hashes[in_a], b.read.words.hashes[in_b]
    if len(ours) * len(theirs) > MOST_CELLS:
        return
    walked = changes(ours.tolist(), theirs.tolist())
    for number, each in enumerate(walked):
        if each.agree:
            continue
        at_a = slice(in_a.start + each.a_from, in_a.start + each.a_to)
        at_b = slice(in_b.start + each.b_from, in_b.start + each.b_to)
        if _could_matter(a, at_a, b, at_b) and amid_agreement(walked, number):
            yield _sentences(a, at_a, b, at_b)


def _could_matter(a: Marked, at_a: slice, b: Marked, at_b: slice) -> bool:
    if 1 in a.telling[at_a] and 1 in b.telling[at_b]:
        return True
    return (1 in a.negations[at_a]) != (1 in b.negations[at_b])


def _reach(of: Marked, spans: Sequence[Span]) -> list[tuple[slice, bytes]]:
    """The words of each span and some on either side, and the marked ones inside it."""
    found = of.read.words
    first = np.searchsorted(found.starts, [each.start for each in spans])
    last = np.searchsorted(found.ends, [each.end for each in spans], side="right")
    inside = np.searchsorted(of.marks_at, [first, last]).tolist()
    return [
        (
            slice(max(0, start - MARGIN_WORDS), min(len(found.hashes), end + MARGIN_WORDS)),
            of.marks[mark_from:mark_to].tobytes(),
        )
        for start, end, mark_from, mark_to in zip(
            first.tolist(), last.tolist(), *inside, strict=True
        )
    ]


def _sentences(a: Marked, at_a: slice, b: Marked, at_b: slice) -> tuple[Span, Span]:
    """Give the sentences around two changed runs of words, cut to what both sides hold.

    Where one text breaks a line or ends a sentence that the other runs on, the longer is cut.
    """
    from_a, to_a = _sentence(a, at_a)
    from_b, to_b = _sentence(b, at_b)
    before_a, before_b = at_a.start - from_a, at_b.start - from_b
    after_a, after_b = to_a - at_a.stop, to_b - at_b.stop
    if before_a > before_b + SLACK_WORDS:
        from_a = _cut(a, from_a, at_a.start - before_b, is_line=_starts_line(b, from_b))
    elif before_b > before_a + SLACK_WORDS:
        from_b = _cut(b, from_b, at_b.start - before_a, is_line=_starts_line(a, from_a))
    if after_a > after_b + SLACK_WORDS:
        to_a = _cut(a, to_a, at_a.stop + after_b, is_line=_starts_line(b, to_b))
    elif after_b > after_a + SLACK_WORDS:
        to_b = _cut(b, to_b, at_b.stop + after_a, is_line=_starts_line(a, to_a))
    return _span(a, from_a, to_a), _span(b, from_b, to_b)


def _cut(of: Marked, outer: int, near: int, *, is_line: bool) -> int:
    """Find the word near `near` that a full stop or the like comes before; else stay with `outer`.

    Where the other side breaks its line there (`is_line`), any word will do, if what is cut off
    says nothing of for whom or when.
    """
    places = range(near - SLACK_WORDS, near + SLACK_WORDS + 1)
    for word in sorted(places, key=lambda each: abs(each - near)):
        if _CLOSE.search(_gap(of, word)):
            return word
    first, last = sorted((outer, near))
    off = of.text[int(of.read.words.starts[first]) : int(of.read.words.ends[last - 1])]
    return near if is_line and not narrows(off) else outer


def _gap(of: Marked, word: int) -> str:
    """What stands between a word and the one before."""
    found = of.read.words
    if not 0 < word < len(found.starts):
        return ""
    return of.text[int(found.ends[word - 1]) : int(found.starts[word])]


def _starts_line(of: Marked, word: int) -> bool:
    return "\n" in _gap(of, word)


def _sentence(of: Marked, at: slice) -> tuple[int, int]:
    """The words of the sentence that holds the first of these, or the word before if none."""
    first = max(0, at.start if at.stop > at.start else at.start - 1)
    found = of.read.words
    span = sentence_around(of.text, int(found.starts[first]), int(found.ends[first]))
    start = int(np.searchsorted(found.starts, span.start))
    return min(start, first), max(
        first + 1, int(np.searchsorted(found.ends, span.end, side="right"))
    )


def _span(of: Marked, first: int, last: int) -> Span:
    start, end = int(of.read.words.starts[first]), int(of.read.words.ends[last - 1])
    closing = _CLOSING.match(of.text, end)
    return Span(start, closing.end() if closing else end)


def with_one_context(
    documents: Sequence[Marked],
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pair amounts that stand between like words: (document, word) of the one and of the other."""
    keys, owners, places = [], [], []
    for number, document in enumerate(documents):
        hashes = document.read.words.hashes.astype(np.uint64)
        at = np.flatnonzero(document.amounts)
        for shift in (-CONTEXT_WORDS, 1):
            inside = at[(at + shift >= 0) & (at + shift + CONTEXT_WORDS <= len(hashes))]
            key = np.full(len(inside), shift + CONTEXT_WORDS, np.uint64)
            for step in range(CONTEXT_WORDS):
                key = (key ^ hashes[inside + shift + step]) * np.uint64(0x9E3779B97F4A7C15)
            keys.append(key)
            owners.append(np.full(len(inside), number))
            places.append(inside)
    yield from _pairs(np.concatenate(keys), np.concatenate(owners), np.concatenate(places))


def _pairs(
    keys: NDArray[np.uint64], owners: NDArray[np.int64], places: NDArray[np.int64]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    order = np.lexsort((places, owners, keys))
    keys, owners, places = keys[order], owners[order], places[order]
    edges = np.append(np.flatnonzero(np.append(True, keys[1:] != keys[:-1])), len(keys))
    sizes = np.diff(edges)
    for first in edges[:-1][(sizes > 1) & (sizes <= MOST_HOLDERS)].tolist():
        last = int(edges[np.searchsorted(edges, first, side="right")])
        group = list(zip(owners[first:last].tolist(), places[first:last].tolist(), strict=True))
        for number, one in enumerate(group):
            for other in group[number + 1 :]:
                if other[0] != one[0]:
                    yield one, other


def may_differ(a: Marked, at_a: int, b: Marked, at_b: int) -> bool:
    """Tell whether two amounts are not the same words, and stand among words that are alike."""
    ours, theirs = a.read.words.hashes, b.read.words.hashes
    if (ours[at_a : at_a + 2] == theirs[at_b : at_b + 2]).all():
        return False
    around_a = set(ours[max(0, at_a - AROUND_WORDS) : at_a + AROUND_WORDS].tolist())
    around_b = theirs[max(0, at_b - AROUND_WORDS) : at_b + AROUND_WORDS].tolist()
    return len(around_a.intersection(around_b)) >= ALIKE_WORDS
