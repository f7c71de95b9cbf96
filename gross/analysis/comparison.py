"""Two policies for the side-by-side page: passages in rows, with the words that differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel, Levenshtein

from gross.analysis.contradictions import contradictions
from gross.analysis.types import Document, Span
from gross.domain.passage import PassageKind

NEAR = 0.8  # similarity from which two passages count as one, reworded
ALIKE = 0.45  # below it they are two passages
SHARED_WORDS = 0.25  # of the richer one's different words; fewer and two passages are not compared

_WORD = re.compile(r"\w+(?:[’'./-]\w+)*%?|[%§°]")


class RowKind(StrEnum):
    SAME = "same"
    NEAR = "near"
    DIFFERS = "differs"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


@dataclass(frozen=True, slots=True)
class Row:
    """A passage of `a` beside its counterpart in `b`; marks are the words that differ."""

    a_span: Span | None
    b_span: Span | None
    kind: RowKind
    similarity: float  # 0 to 1
    marks_a: tuple[Span, ...] = ()
    marks_b: tuple[Span, ...] = ()
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows in reading order of `a`; what stands only in `b` comes where `b` has it."""

    rows: tuple[Row, ...]
    share_a: float  # of the passages of a, those with a counterpart
    share_b: float


@dataclass(frozen=True, slots=True)
class _Passage:
    span: Span
    words: tuple[str, ...]
    places: tuple[Span, ...]
    bag: frozenset[str]


def compare(a: Document, b: Document) -> Comparison:
    """Align the passages of two policies. Cost: O(n²) in passages at worst, on words in common."""
    ours, theirs = _passages(a), _passages(b)
    pairs = _aligned(ours, theirs)
    rows = tuple(_rows(ours, theirs, pairs))
    return Comparison(rows, len(pairs) / max(1, len(ours)), len(pairs) / max(1, len(theirs)))


def _passages(document: Document) -> list[_Passage]:
    spans = [(p.start, p.end) for p in document.passages if p.kind is not PassageKind.HEADER]
    if not document.passages:
        spans = [line.span() for line in re.finditer(r"[^\n]+", document.text)]
    found = []
    for start, end in spans:
        matches = list(_WORD.finditer(document.text, start, end))
        if matches:
            words = tuple(match[0].lower().replace("’", "'") for match in matches)
            places = tuple(Span(*match.span()) for match in matches)
            span = Span(places[0].start, max(places[-1].end, _closed(document.text, start, end)))
            found.append(_Passage(span, words, places, frozenset(words)))
    return found


def _closed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _aligned(ours: Sequence[_Passage], theirs: Sequence[_Passage]) -> dict[int, tuple[int, float]]:
    """Pair passages, the likest first; on a tie, those whose places in the texts are nearest."""
    scored = []
    for i, j in _worth_a_look(ours, theirs):
        likeness = _likeness(ours[i], theirs[j])
        if likeness >= ALIKE:
            away = abs(i / len(ours) - j / len(theirs))
            scored.append((-likeness, away, i, j))
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for negative, _, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = (j, -negative)
            taken.add(j)
    return pairs


def _worth_a_look(
    ours: Sequence[_Passage], theirs: Sequence[_Passage]
) -> Iterator[tuple[int, int]]:
    """Give the pairs that can reach ALIKE: the same words, or enough different words in common."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    holders: dict[str, list[int]] = defaultdict(list)
    for j, other in enumerate(theirs):
        same[other.words].append(j)
        for word in other.bag:
            holders[word].append(j)
    for i, one in enumerate(ours):
        if one.words in same:
            yield from ((i, j) for j in same[one.words])
            continue
        shared = Counter(j for word in one.bag for j in holders.get(word, ()))
        for j, count in sorted(shared.items()):
            if count >= SHARED_WORDS * max(len(one.bag), len(theirs[j].bag)):
                yield i, j


def _likeness(one: _Passage, other: _Passage) -> float:
    if one.words == other.words:
        return 1.0
    shorter, longer = sorted((len(one.words), len(other.words)))
    if 2 * shorter / (shorter + longer) < ALIKE:
        return 0.0  # Indel similarity cannot be higher than this
    return Indel.normalized_similarity(one.words, other.words, score_cutoff=ALIKE)


def _rows(
    ours: Sequence[_Passage], theirs: Sequence[_Passage], pairs: dict[int, tuple[int, float]]
) -> Iterator[Row]:
    """Walk down `a`; before each counterpart, give what `b` alone says up to there."""
    paired = {j for j, _ in pairs.values()}
    reached = 0
    for i, one in enumerate(ours):
        if i not in pairs:
            yield Row(one.span, None, RowKind.ONLY_A, 0.0)
            continue
        j, likeness = pairs[i]
        if j >= reached:
            yield from _only_b(theirs, reached, j, paired)
            reached = j + 1
        yield _row(one, theirs[j], likeness)
    yield from _only_b(theirs, reached, len(theirs), paired)


def _only_b(theirs: Sequence[_Passage], start: int, end: int, paired: set[int]) -> Iterator[Row]:
    for j in range(start, end):
        if j not in paired:
            yield Row(None, theirs[j].span, RowKind.ONLY_B, 0.0)


def _row(one: _Passage, other: _Passage, likeness: float) -> Row:
    if one.words == other.words:
        return Row(one.span, other.span, RowKind.SAME, 1.0)
    changes = [op for op in Levenshtein.opcodes(one.words, other.words) if op.tag != "equal"]
    marks_a = (span for op in changes for span in one.places[op.src_start : op.src_end])
    marks_b = (span for op in changes for span in other.places[op.dest_start : op.dest_end])
    return Row(
        one.span,
        other.span,
        RowKind.NEAR if likeness >= NEAR else RowKind.DIFFERS,
        round(likeness, 4),
        tuple(marks_a),
        tuple(marks_b),
        contradictions(one.words, other.words),
    )
