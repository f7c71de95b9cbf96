"""What stands only in one of several policies, and how much each has in common with each other.

A passage stands elsewhere when at least half of its words lie in runs of RUN_WORDS that another
policy has too. That is stricter than the comparison of two: what was reworded counts as its own,
so that nothing is lost unseen.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gross.analysis.types import Document, Span
from gross.domain.passage import PassageKind

RUN_WORDS = 4
ELSEWHERE = 0.5  # of a passage's words
LEAST_WORDS = 6  # shorter passages are headings and labels
_PROSE = frozenset({PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.ROW})
_WORD = re.compile(r"\w+")

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Of one policy: how many passages it has, which are its own, how many each other one has."""

    passages: int
    own: tuple[Span, ...]
    with_others: dict[int, int]  # policy id to passages of this one that stand there too


def shares(documents: Sequence[Document]) -> dict[int, Share]:
    """Compare each with all others. Cost: words times the policies that have the same run."""
    read = {document.policy_id: _passages(document) for document in documents}
    holders: dict[Run, set[int]] = defaultdict(set)
    for policy, passages in read.items():
        for _, words in passages:
            for run in _runs(words):
                holders[run].add(policy)
    return {policy: _share(policy, passages, holders) for policy, passages in read.items()}


def _share(
    policy: int, passages: list[tuple[Span, list[str]]], holders: dict[Run, set[int]]
) -> Share:
    own: list[Span] = []
    counts: Counter[int] = Counter()
    for span, words in passages:
        there = [each for each, part in _parts(policy, words, holders).items() if part >= ELSEWHERE]
        counts.update(there)
        if not there:
            own.append(span)
    return Share(len(passages), tuple(own), dict(sorted(counts.items())))


def _parts(policy: int, words: list[str], holders: dict[Run, set[int]]) -> dict[int, float]:
    """The share of a passage's words that stand in each other policy."""
    covered: dict[int, set[int]] = defaultdict(set)
    for at, run in enumerate(_runs(words)):
        for each in holders[run]:
            if each != policy:
                covered[each].update(range(at, at + RUN_WORDS))
    return {each: len(places) / len(words) for each, places in covered.items()}


def _runs(words: list[str]) -> list[Run]:
    return [tuple(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)]


def _passages(document: Document) -> list[tuple[Span, list[str]]]:
    found = []
    for passage in document.passages:
        words = _WORD.findall(document.text[passage.start : passage.end].lower())
        if passage.kind in _PROSE and len(words) >= LEAST_WORDS:
            found.append((Span(passage.start, passage.end), words))
    return found
