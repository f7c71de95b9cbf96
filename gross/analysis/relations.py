"""Which policies say the same: from families and boilerplate to a label for each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from gross.analysis.alignment import Alignment, Page, align, page
from gross.analysis.boilerplate import boilerplate, cap, frequency
from gross.analysis.candidates import candidates
from gross.analysis.corpus import Corpus, corpus
from gross.analysis.families import COPY, SURE_COPY, leaders, title_keys
from gross.analysis.labels import label
from gross.analysis.prepared import Prepared, is_current, opened, prepare
from gross.analysis.types import Document, Library, Match, Relation, Span

LEAST_EVIDENCE = 24.0  # agreeing words of the best passage, times the share of it that agrees
ALL_MEMBER_PAIRS = 144  # two families with more pairs than this are compared through their leaders

Tell = Callable[[str, int, int], None]  # stage, done, total
Pair = tuple[int, int]


def of(library: Library) -> tuple[Relation, ...]:
    """Give the library's relations, worked out now where no scan did so before."""
    if library.relations is not None:
        return library.relations
    return relations(library, lambda stage, done, total: None)


def relations(library: Library, tell: Tell) -> tuple[Relation, ...]:
    """Relate all policies in force. Cost: linear in words but for the cap on boilerplate."""
    documents = sorted(
        (each for each in library.documents if not each.retired), key=lambda each: each.policy_id
    )
    tell("gather", 0, 1)
    whole = corpus([_opened(document, library.prepared) for document in documents])
    titles = title_keys([each.title for each in documents])
    tell("families", 0, 1)
    groups = _groups(whole, titles)
    tell("boilerplate", 0, 1)
    masked = boilerplate(whole, groups.common, groups.kin)
    tell("candidates", 0, 1)
    pairs = candidates(whole.postings, groups.common, groups.copies)
    return tuple(_related(documents, whole, masked, pairs, groups.copies, tell))


def _opened(document: Document, prepared: dict[str, bytes]) -> Prepared:
    blob = prepared.get(document.digest, b"")
    if not is_current(blob):
        blob = prepare(document.text, document.passages)
    return opened(blob)


@dataclass(frozen=True, slots=True)
class _Groups:
    copies: NDArray[np.int32]  # the leader of each document among its copies
    kin: NDArray[np.int32]  # the same, with documents of one title gathered more loosely
    common: NDArray[np.bool_]  # (n_hashes) fingerprints that are boilerplate


def _groups(whole: Corpus, titles: NDArray[np.int32]) -> _Groups:
    """Gather copies and tell boilerplate from them.

    Sure copies alone first: a template that fills half of every policy must not make one family
    of the library. What is then too common is left out when the looser copies gather.
    """
    nothing = np.zeros(len(whole.postings.bounds) - 1, np.bool_)
    common = _common(whole, leaders(whole, nothing, titles, SURE_COPY))
    copies = leaders(whole, common, np.full_like(titles, -1), COPY)
    kin = leaders(whole, common, titles, COPY)
    return _Groups(copies, kin, _common(whole, kin))


def _common(whole: Corpus, lead: NDArray[np.int32]) -> NDArray[np.bool_]:
    return frequency(whole.postings, lead) > cap(len(np.unique(lead)))


def _related(
    documents: Sequence[Document],
    whole: Corpus,
    masked: NDArray[np.bool_],
    pairs: NDArray[np.int64],
    lead: NDArray[np.int32],
    tell: Tell,
) -> Iterator[Relation]:
    pages: dict[int, Page] = {}

    def paged(number: int) -> Page:
        if number not in pages:
            words = slice(whole.word_bounds[number], whole.word_bounds[number + 1])
            pages[number] = page(whole.editions[number].words.hashes, masked[words])
        return pages[number]

    found: list[Relation] = []
    related: list[Pair] = []

    def look(todo: Iterable[Pair], total: int) -> None:
        for done, (a, b) in enumerate(todo):
            if done % 1024 == 0:
                tell("verify", done, total)
            relation = _relation(documents, whole, (a, b), align(paged(a), paged(b)))
            if relation is not None:
                found.append(relation)
                related.append((a, b))

    first = [(a, b) for a, b in pairs.tolist()]
    look(first, len(first))
    more = sorted(_between_families(related, lead) - set(first))
    look(more, len(more))
    return iter(sorted(found, key=lambda each: (each.a, each.b)))


def _between_families(related: Iterable[Pair], lead: NDArray[np.int32]) -> set[Pair]:
    """Pairs that were no candidates because a copy stood for them; they may be related as it is."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, leader in enumerate(lead.tolist()):
        members[leader].append(number)
    more: set[Pair] = set()
    for a, b in related:
        ours, theirs = members[int(lead[a])], members[int(lead[b])]
        if ours is theirs:
            continue
        if len(ours) * len(theirs) > ALL_MEMBER_PAIRS:
            more.update((min(a, each), max(a, each)) for each in theirs)
            more.update((min(each, b), max(each, b)) for each in ours)
        else:
            more.update((min(pair), max(pair)) for pair in product(ours, theirs))
    return more


def _relation(
    documents: Sequence[Document], whole: Corpus, pair: Pair, found: Alignment
) -> Relation | None:
    if found.evidence < LEAST_EVIDENCE:
        return None
    a, b = pair
    return Relation(
        documents[a].policy_id,
        documents[b].policy_id,
        label(found.cover, found.own_words),
        tuple(_matches(whole.editions[a], whole.editions[b], found.regions)),
        found.cover,
        found.own_words,
    )


def _matches(a: Prepared, b: Prepared, regions: NDArray[np.int64]) -> Iterator[Match]:
    for a_from, a_to, b_from, b_to, same in regions.tolist():
        words = min(a_to - a_from, b_to - b_from)
        yield Match(
            Span(int(a.words.starts[a_from]), int(a.words.ends[a_to - 1])),
            Span(int(b.words.starts[b_from]), int(b.words.ends[b_to - 1])),
            words,
            min(same, words),
        )
