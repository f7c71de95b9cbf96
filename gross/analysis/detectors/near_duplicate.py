"""Redundant: policies that say almost the same; a family of copies is one finding."""

from __future__ import annotations

from collections.abc import Iterator

from gross.analysis.duplicates import Family, families
from gross.analysis.quoting import listed, named, share_told
from gross.analysis.relations import of
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library

NAME = "near_duplicate"
ALMOST_ALL = 0.75  # of the copy's own words


def detect(library: Library) -> Iterator[Finding]:
    documents = {document.policy_id: document for document in library.documents}
    for family in families(of(library)):
        policies = (family.head, *(each for each in family.members if each != family.head))
        yield Finding(
            NAME,
            Kind.REDUNDANT,
            policies,
            _sentence(family, policies, documents),
            _score(family),
            tuple(
                Evidence(match.a, match.b, (policies.index(proof.a), policies.index(proof.b)))
                for proof in family.proofs
                for match in proof.matches
            ),
        )


def _score(family: Family) -> float:
    """The mean, over the copies, of the less covered side times the share of words that agree."""
    total = 0.0
    for proof in family.proofs:
        words = sum(match.words for match in proof.matches)
        total += min(proof.cover) * sum(match.same for match in proof.matches) / max(1, words)
    return round(max(0.0001, min(1.0, total / len(family.proofs))), 4)


def _sentence(family: Family, policies: tuple[int, ...], documents: dict[int, Document]) -> str:
    head = documents[family.head]
    if len(policies) > 2:
        least = min(min(proof.cover) for proof in family.proofs)
        names = listed([named(documents[each]) for each in policies])
        return (
            f"{len(policies)} policies say much the same: {names}; "
            f"each shares at least {round(100 * least)}% of its own words with another of them."
        )
    proof = family.proofs[0]
    flipped = proof.b == head.policy_id
    copy = documents[proof.a if flipped else proof.b]
    spans = [match.a if flipped else match.b for match in proof.matches]
    cover = proof.cover[0 if flipped else 1]
    share = share_told(copy, spans, cover)
    extent = "almost all" if cover >= ALMOST_ALL else "much"
    return f"{named(copy)} says {extent} of what {named(head)} says: {share} stand there."


DETECTOR = Detector(
    NAME, version=1, kind=Kind.REDUNDANT, label="Says what another policy says", detect=detect
)
