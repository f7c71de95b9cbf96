"""Contained: one policy's text stands, for the most part, inside another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gross.analysis.duplicates import families, family_of
from gross.analysis.quoting import listed, named, share_told
from gross.analysis.relations import of
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library, Relation

NAME = "contained"


def detect(library: Library) -> Iterator[Finding]:
    """Where copies of either policy contain or are contained alike, they share one finding."""
    found = of(library)
    head = family_of(families(found))
    groups: dict[tuple[int, int], list[Relation]] = defaultdict(list)
    for relation in found:
        inner, outer = _inner_outer(relation)
        between = head.get(inner, inner), head.get(outer, outer)
        if relation.kind is Kind.CONTAINED and between[0] != between[1]:
            groups[between].append(relation)
    documents = {document.policy_id: document for document in library.documents}
    for relations in groups.values():
        yield _finding(relations, documents)


def _inner_outer(relation: Relation) -> tuple[int, int]:
    inner_is_a = relation.cover[0] >= relation.cover[1]
    return (relation.a, relation.b) if inner_is_a else (relation.b, relation.a)


def _finding(relations: list[Relation], documents: dict[int, Document]) -> Finding:
    best = max(relations, key=lambda each: (max(each.cover), -each.a, -each.b))
    inner, outer = _inner_outer(best)
    others = {each for relation in relations for each in (relation.a, relation.b)} - {inner, outer}
    policies = (inner, outer, *sorted(others))
    spans = [match.a if best.a == inner else match.b for match in best.matches]
    share = share_told(documents[inner], spans, max(best.cover))
    sentence = f"{named(documents[inner])} stands inside {named(documents[outer])}: {share}"
    if others:
        sentence += "; so it is with their copies " + listed(
            [named(documents[each]) for each in sorted(others)]
        )
    return Finding(
        NAME,
        Kind.CONTAINED,
        policies,
        f"{sentence}.",
        round(min(1.0, max(best.cover)), 4),
        tuple(
            Evidence(match.a, match.b, (policies.index(each.a), policies.index(each.b)))
            for each in relations
            for match in each.matches
        ),
    )


DETECTOR = Detector(
    NAME, version=1, kind=Kind.CONTAINED, label="Stands inside another policy", detect=detect
)
