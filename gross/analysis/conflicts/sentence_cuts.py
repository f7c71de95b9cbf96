"""The sentences around a change in two texts, cut to what both sides hold.

Where one text breaks a line or ends a sentence that the other runs on, the longer is cut.
"""

from __future__ import annotations

import re

import numpy as np

from gross.analysis.conflicts.marks import Marked
from gross.analysis.conflicts.scopes import narrowing
from gross.analysis.sentences import sentence_around
from gross.analysis.types import Span

SLACK_WORDS = 2  # by which two sentences may differ in length before either is cut

_CLOSING = re.compile(r"[.!?:;%)\]”\"]+")
_CLOSE = re.compile(r"[.!?:;\n]")


def sentences(a: Marked, at_a: slice, b: Marked, at_b: slice) -> tuple[Span, Span]:
    """Give the sentences around two changed runs of words, cut to what both sides hold.

    Where one text breaks a line or ends a sentence that the other runs on, the longer is cut.
    """
    from_a, to_a = _sentence(a, at_a)
    from_b, to_b = _sentence(b, at_b)
    before_a, before_b = at_a.start - from_a, at_b.start - from_b
    after_a, after_b = to_a - at_a.stop, to_b - at_b.stop
    if before_a > before_b + SLACK_WORDS:
        from_a = _cut(a, from_a, at_a.start - before_b, b, from_b)
    elif before_b > before_a + SLACK_WORDS:
        from_b = _cut(b, from_b, at_b.start - before_a, a, from_a)
    if after_a > after_b + SLACK_WORDS:
        to_a = _cut(a, to_a, at_a.stop + after_b, b, to_b)
    elif after_b > after_a + SLACK_WORDS:
        to_b = _cut(b, to_b, at_b.stop + after_a, a, to_a)
    return _span(a, from_a, to_a), _span(b, from_b, to_b)


def _cut(of: Marked, outer: int, near: int, other: Marked, edge: int) -> int:
    """Find the word near `near` that a full stop or the like comes before; else stay with `outer`.

    Where the other side breaks its line at its `edge`, any word will do, if what is cut off says
    nothing of for whom or when that does not stand beyond the edge as well.
    """
    places = range(near - SLACK_WORDS, near + SLACK_WORDS + 1)
    for word in sorted(places, key=lambda each: abs(each - near)):
        if _CLOSE.search(_gap(of, word)):
            return word
    if "\n" not in _gap(other, edge):
        return outer
    off = narrowing(_words(of, *sorted((outer, near))))
    beyond = _words(other, *sorted((edge, edge + outer - near)))
    return near if off <= narrowing(beyond) else outer


def _words(of: Marked, first: int, last: int) -> str:
    """The text of these words, as far as there are any."""
    found = of.read.words
    first, last = max(0, first), min(last, len(found.starts))
    return of.text[int(found.starts[first]) : int(found.ends[last - 1])] if first < last else ""


def _gap(of: Marked, word: int) -> str:
    """What stands between a word and the one before."""
    found = of.read.words
    if not 0 < word < len(found.starts):
        return ""
    return of.text[int(found.ends[word - 1]) : int(found.starts[word])]


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
