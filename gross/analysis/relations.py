"""Which policies say the same: from families and boilerplate to a label for each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from gross.analysis.alignment import Alignment
from gross.analysis.boilerplate import MOST_FAMILIES, boilerplate, cap, frequency
from gross.analysis.candidates import candidates, stars
from gross.analysis.corpus import Corpus, corpus
from gross.analysis.desk import Desk, Engine, Here, Pair
from gross.analysis.families import COPY, SURE_COPY, leaders, title_keys
from gross.analysis.labels import LEAST_EVIDENCE, label
from gross.analysis.prepared import Prepared, is_current, opened, prepare
from gross.analysis.rewording import is_doubtful, reworded
from gross.analysis.types import Basis, Document, Kind, Library, Match, Relation, Span

ALL_MEMBER_PAIRS = 144  # two families with more pairs than this are compared through their leaders

Tell = Callable[[str, int, int], None]  # stage, done, total


def of(library: Library) -> tuple[Relation, ...]:
    """Give the library's relations, worked out now where no scan did so before."""
    if library.relations is not None:
        return library.relations
    return relations(library, lambda stage, done, total: None)


def relations(library: Library, tell: Tell, engine: Engine | None = None) -> tuple[Relation, ...]:
    """Relate all policies in force. Cost: linear in words but for the cap on boilerplate.

    Of a library that is asked about one policy, only that one's relations are worked out; what is
    boilerplate is still told from the whole.
    """
    documents = sorted(
        (each for each in library.documents if not each.retired), key=lambda each: each.policy_id
    )
    tell("gather", 0, 1)
    whole = corpus([_opened(document, library.prepared) for document in documents])
    tell("families", 0, 1)
    groups = _groups(whole, title_keys([each.title for each in documents]))
    tell("boilerplate", 0, 1)
    masked = boilerplate(whole, groups.kin, groups.cap)
    desk = Desk(whole.editions, whole.word_bounds, masked)
    work = _Work(documents, whole, desk, engine or Here())
    tell("candidates", 0, 1)
    pairs = candidates(whole.postings, groups.frequency > groups.cap, groups.copies)
    place = next((n for n, each in enumerate(documents) if each.policy_id == library.about), None)
    pairs = _of_family(pairs, groups.copies, place)
    found = list(_related(work, pairs, groups.copies, tell))
    tell("widespread", 0, 1)
    found += _widespread(work, groups, place)
    asked = (each for each in found if library.about in {None, each.a, each.b})
    return tuple(sorted(asked, key=lambda each: (each.a, each.b, each.basis)))


def _opened(document: Document, prepared: dict[str, bytes]) -> Prepared:
    blob = prepared.get(document.digest, b"")
    if not is_current(blob):
        blob = prepare(document.text, document.passages)
    return opened(blob)


def _of_family(
    pairs: NDArray[np.int64], lead: NDArray[np.int32], place: int | None
) -> NDArray[np.int64]:
    """Keep the pairs of one document and of its copies, which may stand for it; None: keep all."""
    return pairs if place is None else pairs[(lead[pairs] == lead[place]).any(axis=1)]


@dataclass(frozen=True, slots=True)
class _Groups:
    copies: NDArray[np.int32]  # the leader of each document among its copies
    kin: NDArray[np.int32]  # the same, with documents of one title gathered more loosely
    frequency: NDArray[np.int32]  # (n_hashes) families of kin that hold each fingerprint
    cap: int


def _groups(whole: Corpus, titles: NDArray[np.int32]) -> _Groups:
    """Gather copies and tell boilerplate from them.

    Sure copies alone first: a template that fills half of every policy must not make one family
    of the library. What is then too common is left out when the looser copies gather.
    """
    nothing = np.zeros(len(whole.postings.bounds) - 1, np.bool_)
    sure = leaders(whole, nothing, titles, SURE_COPY)
    common = frequency(whole.postings, sure) > cap(len(np.unique(sure)))
    copies = leaders(whole, common, np.full_like(titles, -1), COPY)
    kin = leaders(whole, common, titles, COPY)
    return _Groups(copies, kin, frequency(whole.postings, kin), cap(len(np.unique(kin))))


@dataclass(frozen=True, slots=True)
class _Work:
    """What there is to relate, the desk for it, and who does the laying."""

    documents: Sequence[Document]
    whole: Corpus
    desk: Desk
    engine: Engine


def _related(
    work: _Work, pairs: NDArray[np.int64], lead: NDArray[np.int32], tell: Tell
) -> Iterator[Relation]:
    """Verify the candidates, by passages or as reworded, then the copies of those related."""
    first = [(a, b) for a, b in pairs.tolist()]
    proved: list[Pair] = []
    doubtful: list[tuple[Pair, Alignment]] = []
    for pair, found in _verified(work, first, "verify", tell):
        if found.evidence >= LEAST_EVIDENCE:
            proved.append(pair)
            yield _relation(work, pair, found)
        elif is_doubtful(found):
            doubtful.append((pair, found))
    tell("rewording", 0, 1)
    for pair, found in reworded(doubtful, len(work.documents), work.desk.page):
        kind = Kind.OVERLAPPING
        yield replace(_relation(work, pair, found), kind=kind, basis=Basis.REWORDED)
    more = sorted(_between_families(proved, lead) - set(first))
    for pair, found in _verified(work, more, "verify copies", tell):
        if found.evidence >= LEAST_EVIDENCE:
            yield _relation(work, pair, found)


def _verified(
    work: _Work, pairs: Sequence[Pair], stage: str, tell: Tell
) -> Iterator[tuple[Pair, Alignment]]:
    tell(stage, 0, len(pairs))
    aligned = work.engine.aligned(work.desk, pairs)
    for done, (pair, found) in enumerate(zip(pairs, aligned, strict=True), start=1):
        yield pair, found
        if done % 1024 == 0:
            tell(stage, done, len(pairs))


def _widespread(work: _Work, groups: _Groups, place: int | None) -> Iterator[Relation]:
    """Find passages in more families than pairs are made of, in a small library: groups at most.

    What stands in more than a quarter of all families is boilerplate, however few they are.
    """
    most = min(MOST_FAMILIES, len(np.unique(groups.kin)) // 4)
    if groups.cap >= most:
        return
    whole, masked = work.whole, work.desk.masked
    wide = Desk(whole.editions, whole.word_bounds, boilerplate(whole, groups.kin, most))
    between = (groups.frequency > groups.cap) & (groups.frequency <= most)
    pairs = stars(whole.postings, between, groups.copies)
    for a, b in _of_family(pairs, groups.copies, place).tolist():
        found = wide.aligned((a, b))
        shared = masked[whole.word_bounds[a] :]
        rows = [row for row in found.regions if 2 * shared[row[0] : row[1]].sum() > row[1] - row[0]]
        found = replace(found, regions=np.array(rows, np.int64).reshape(-1, 5))
        if found.evidence >= LEAST_EVIDENCE:
            kind = Kind.OVERLAPPING
            yield replace(_relation(work, (a, b), found), kind=kind, basis=Basis.WIDESPREAD)


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


def _relation(work: _Work, pair: Pair, found: Alignment) -> Relation:
    a, b = pair
    return Relation(
        work.documents[a].policy_id,
        work.documents[b].policy_id,
        label(found.cover, found.own_words),
        tuple(_matches(work.whole.editions[a], work.whole.editions[b], found.regions)),
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
