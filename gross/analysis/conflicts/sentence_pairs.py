"""Which sentences of two policies to hold against each other, inside passages that they share:
those around a changed word that could matter, found on hashes alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

import numpy as np

from gross.analysis.conflicts.changes import amid_agreement, changes
from gross.analysis.conflicts.marks import NEGATION, TELLING, Marked
from gross.analysis.conflicts.sentence_cuts import sentences
from gross.analysis.types import Match, Span

MARGIN_WORDS = 16  # beyond a match's ends; a sentence that starts in it may end outside
EDGE_WORDS = 2  # beyond them, where what changed stands right before or behind the match
MOST_CELLS = 10**9  # words times words; beyond, two texts of one word would take minutes


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
            yield sentences(a, at_a, b, at_b)


def _could_matter(a: Marked, at_a: slice, b: Marked, at_b: slice) -> bool:
    """Tell whether both sides hold amounts or duties, or one a "not" amid as many other words."""
    ours, theirs = a.kinds[at_a], b.kinds[at_b]
    if not ours.strip(b"\0") and not theirs.strip(b"\0"):
        return False
    one, other = reduce(or_, ours, 0), reduce(or_, theirs, 0)
    if one & TELLING and other & TELLING:
        return True
    return (one ^ other) & NEGATION > 0 and ours.count(0) == theirs.count(0)


def _reach(of: Marked, spans: Sequence[Span]) -> list[tuple[slice, bytes]]:
    """The words of each span and some on either side, and the marked ones in it or at its edge."""
    found = of.read.words
    first = np.searchsorted(found.starts, [each.start for each in spans])
    last = np.searchsorted(found.ends, [each.end for each in spans], side="right")
    marks = np.searchsorted(of.marks_at, [first - EDGE_WORDS, last + EDGE_WORDS]).tolist()
    return [
        (
            slice(max(0, start - MARGIN_WORDS), min(len(found.hashes), end + MARGIN_WORDS)),
            of.marks[mark_from:mark_to].tobytes(),
        )
        for start, end, mark_from, mark_to in zip(
            first.tolist(), last.tolist(), *marks, strict=True
        )
    ]
