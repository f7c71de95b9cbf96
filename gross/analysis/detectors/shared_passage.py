"""Overlapping: policies that otherwise differ share a passage; in many, it is one finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from gross.analysis.duplicates import families, family_of
from gross.analysis.labels import LEAST_EVIDENCE, evidence
from gross.analysis.passage_groups import Place, PlacedMatch, groups
from gross.analysis.quoting import listed, named
from gross.analysis.relations import of
from gross.analysis.types import (
    Basis,
    Detector,
    Document,
    Evidence,
    Finding,
    Kind,
    Library,
    Match,
    Relation,
)

NAME = "shared_passage"
MANY = 4  # policies with a passage that make one finding, where pairs would make six
USUAL_WORDS = 100  # a passage of this length scores one half


def detect(library: Library) -> Iterator[Finding]:
    found = of(library)
    head = family_of(families(found))
    documents = {document.policy_id: document for document in library.documents}
    placed = list(_placed(found, head))
    told = {each for each in placed if each.basis is not Basis.SHARED}
    for group in groups([each for each in placed if each.basis is not Basis.REWORDED]):
        if len({head.get(policy, policy) for policy in group.policies}) >= MANY:
            told.update(group.matches)
            yield _in_many(group.policies, group.proofs, documents)
    yield from _in_pairs([each for each in placed if each not in told], head, documents)
    for relation in found:
        if relation.basis is Basis.REWORDED:
            yield _reworded(relation, documents)


def _in_pairs(
    placed: Iterable[PlacedMatch], head: dict[int, int], documents: dict[int, Document]
) -> Iterator[Finding]:
    """One finding for each two policies, or two families of copies, that share something sound."""
    between: dict[tuple[int, int], list[PlacedMatch]] = defaultdict(list)
    for each in placed:
        a, b = each.a.policy, each.b.policy
        between[(head.get(a, a), head.get(b, b))].append(each)
    for matches in between.values():
        if max(evidence(each.match.words, each.match.same) for each in matches) >= LEAST_EVIDENCE:
            yield _in_two(matches, documents)


def _placed(found: Iterable[Relation], head: dict[int, int]) -> Iterator[PlacedMatch]:
    for each in found:
        apart = head.get(each.a, each.a) != head.get(each.b, each.b)
        if each.kind is Kind.OVERLAPPING and apart:
            for match in each.matches:
                a, b = Place(each.a, match.a), Place(each.b, match.b)
                yield PlacedMatch(a, b, match, each.basis)


def _in_many(
    policies: tuple[int, ...], proofs: tuple[PlacedMatch, ...], documents: dict[int, Document]
) -> Finding:
    words = max(each.match.words for each in proofs)
    names = listed([named(documents[each]) for each in policies])
    return Finding(
        NAME,
        Kind.OVERLAPPING,
        policies,
        f"One passage of {words} words stands in {len(policies)} policies: {names}.",
        _score([each.match for each in proofs]),
        _evidence(policies, proofs),
    )


def _in_two(matches: list[PlacedMatch], documents: dict[int, Document]) -> Finding:
    """Tell the passages of two policies, or of two families; the best pair comes first."""
    best = max(matches, key=lambda each: (each.match.same, -each.a.policy, -each.b.policy))
    pair = best.a.policy, best.b.policy
    everyone = {place.policy for each in matches for place in (each.a, each.b)}
    policies = (*pair, *sorted(everyone - set(pair)))
    shown = [each for each in matches if (each.a.policy, each.b.policy) == pair]
    words = sum(each.match.words for each in shown)
    count = "a passage" if len(shown) == 1 else f"{len(shown)} passages"
    sentence = f"{named(documents[pair[0]])} and {named(documents[pair[1]])} share {count} of "
    sentence += f"{words} words" if len(shown) == 1 else f"{words} words in all"
    if len(policies) > 2:
        names = [named(documents[each]) for each in policies[2:]]
        sentence += f"; so it is with their copies {listed(names)}"
    return Finding(
        NAME,
        Kind.OVERLAPPING,
        policies,
        f"{sentence}.",
        _score([each.match for each in shown]),
        _evidence(policies, matches),
    )


def _reworded(relation: Relation, documents: dict[int, Document]) -> Finding:
    words = sum(match.words for match in relation.matches)
    return Finding(
        NAME,
        Kind.OVERLAPPING,
        (relation.a, relation.b),
        f"{named(documents[relation.a])} and {named(documents[relation.b])} say much the same in "
        f"other words: {len(relation.matches)} passages of {words} words in all are alike.",
        _score(list(relation.matches)),
        tuple(Evidence(match.a, match.b) for match in relation.matches),
    )


def _score(matches: list[Match]) -> float:
    words = sum(match.words for match in matches) / len(matches)
    same = sum(match.same for match in matches) / len(matches)
    return round(max(0.0001, min(1.0, same / words * words / (words + USUAL_WORDS))), 4)


def _evidence(
    policies: tuple[int, ...], matches: list[PlacedMatch] | tuple[PlacedMatch, ...]
) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            each.a.span,
            each.b.span,
            (policies.index(each.a.policy), policies.index(each.b.policy)),
        )
        for each in matches
    )


DETECTOR = Detector(
    NAME, version=1, kind=Kind.OVERLAPPING, label="Shares a passage with others", detect=detect
)
