"""Conflicting: two policies rule one thing in two ways: an amount, how often, a duty, a "not"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gross.analysis.conflicts.disagreements import (
    ELSEWHERE,
    IN_PASSAGE,
    STRANGERS,
    Demand,
    Disagreement,
    Sentence,
    disagreements,
    sentence,
)
from gross.analysis.conflicts.like_amounts import like_sentences
from gross.analysis.conflicts.marks import Marked, marked
from gross.analysis.conflicts.scopes import people
from gross.analysis.conflicts.sentence_pairs import in_matches
from gross.analysis.prepared import is_current, opened, prepare
from gross.analysis.quoting import listed, named
from gross.analysis.relations import of
from gross.analysis.types import (
    Detector,
    Document,
    Evidence,
    Finding,
    Kind,
    Library,
    Relation,
    Span,
)

NAME = "conflicting"
ALONE = 0.8  # of the score, for two sentences that stand in no passage both policies share

Pair = tuple[int, int]  # policy ids
Spans = tuple[Span, Span]


@dataclass(frozen=True, slots=True)
class _Conflict:
    sentences: Spans
    found: tuple[Disagreement, ...]
    trust: float


def detect(library: Library) -> Iterator[Finding]:
    desk = _Desk({each.policy_id: each for each in library.documents}, library.prepared)
    conflicts: dict[Pair, list[_Conflict]] = defaultdict(list)
    for pair, spans, demand in _looked_at(library, desk):
        alone = demand is not IN_PASSAGE
        if alone and any(_meet(each.sentences, spans) for each in conflicts.get(pair, ())):
            continue
        conflict = desk.conflict(pair, spans, demand)
        if conflict is not None:
            conflicts[pair].append(conflict)
    for pairs in _alike(conflicts):
        yield _finding(pairs, conflicts, desk.documents)


def _looked_at(library: Library, desk: _Desk) -> Iterator[tuple[Pair, Spans, Demand]]:
    """Give each two sentences once: first those in shared passages, then those that stand alone."""
    seen: set[tuple[Pair, Spans]] = set()
    for pair, spans, demand in (*_shared(library, desk), *_alone(library, desk)):
        if (pair, spans) not in seen:
            seen.add((pair, spans))
            yield pair, spans, demand


def _shared(library: Library, desk: _Desk) -> Iterator[tuple[Pair, Spans, Demand]]:
    for each in of(library):
        for spans in in_matches(desk.marked(each.a), desk.marked(each.b), each.matches):
            yield (each.a, each.b), spans, IN_PASSAGE


def _alone(library: Library, desk: _Desk) -> Iterator[tuple[Pair, Spans, Demand]]:
    policies = sorted(each.policy_id for each in library.documents if not each.retired)
    if not policies:
        return
    kin = _kin(of(library))
    for (a, b), spans in like_sentences([desk.marked(each) for each in policies]):
        pair = policies[a], policies[b]
        are_kin = kin.get(pair[0], pair[0]) == kin.get(pair[1], pair[1])
        yield pair, spans, ELSEWHERE if are_kin else STRANGERS


def _kin(relations: Iterable[Relation]) -> dict[int, int]:
    """Give policies that say the same one number, also where only a third one ties them."""
    kin: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for each in relations:
        if each.kind is Kind.OVERLAPPING:
            continue
        one, other = (kin.setdefault(policy, policy) for policy in (each.a, each.b))
        if one != other:
            joining = members.pop(other, [other])
            kin.update(dict.fromkeys(joining, one))
            members.setdefault(one, [one]).extend(joining)
    return kin


def _meet(told: Spans, spans: Spans) -> bool:
    return told[0].start < spans[0].end and spans[0].start < told[0].end


@dataclass(slots=True)
class _Desk:
    """Keeps what was read of documents and sentences while a scan lasts."""

    documents: dict[int, Document]
    prepared: dict[str, bytes]
    read: dict[int, Marked] = field(default_factory=dict)
    sentences: dict[tuple[int, Span], Sentence] = field(default_factory=dict)

    def marked(self, policy: int) -> Marked:
        if policy not in self.read:
            document = self.documents[policy]
            blob = self.prepared.get(document.digest, b"")
            if not is_current(blob):
                blob = prepare(document.text, document.passages)
            self.read[policy] = marked(document.text, opened(blob))
        return self.read[policy]

    def sentence(self, policy: int, span: Span) -> Sentence:
        if (policy, span) not in self.sentences:
            self.sentences[policy, span] = sentence(self.documents[policy].text, span)
        return self.sentences[policy, span]

    def conflict(self, pair: Pair, spans: Spans, demand: Demand) -> _Conflict | None:
        a, b = (self.sentence(policy, span) for policy, span in zip(pair, spans, strict=True))
        found = disagreements(a, b, demand)
        if not found or self._is_for_others(pair, spans):
            return None
        return _Conflict(spans, found, 1.0 if demand is IN_PASSAGE else ALONE)

    def _is_for_others(self, pair: Pair, spans: Spans) -> bool:
        ours, theirs = (
            people(f"{self.documents[policy].title} {self._section(policy, span)}")
            for policy, span in zip(pair, spans, strict=True)
        )
        return ours != theirs

    def _section(self, policy: int, span: Span) -> str:
        passages = self.documents[policy].passages
        return next((p.section for p in passages if p.start <= span.start < p.end), "")


def _alike(conflicts: dict[Pair, list[_Conflict]]) -> Iterator[list[Pair]]:
    """Gather the pairs of which one side says the same, and the other: they share one finding."""
    groups: dict[tuple[tuple[str, ...], ...], list[Pair]] = defaultdict(list)
    for pair, found in sorted(conflicts.items()):
        told = [each.says for conflict in found for each in conflict.found]
        sides = (tuple(sorted({says[side] for says in told})) for side in (0, 1))
        groups[tuple(sorted(sides))].append(pair)
    yield from groups.values()


def _finding(
    pairs: Sequence[Pair], conflicts: dict[Pair, list[_Conflict]], documents: dict[int, Document]
) -> Finding:
    first = pairs[0]
    others = sorted({policy for pair in pairs for policy in pair} - set(first))
    policies = (*first, *others)
    found = sorted(conflicts[first], key=_weight)
    told = found[0].found[0]
    a, b = documents[first[0]], documents[first[1]]
    sentence = f"{named(a)} says {_quoted(a, told.a)} where {named(b)} says {_quoted(b, told.b)}"
    count = sum(len(each.found) for each in found) - 1
    if count:
        sentence += f"; {count} more difference{'s' if count > 1 else ''}"
    if others:
        sentence += "; the same stands in "
        sentence += listed([named(documents[each]) for each in others])
    return Finding(
        NAME,
        Kind.CONFLICTING,
        policies,
        f"{sentence}.",
        round(max(each.trust * one.confidence for each in found for one in each.found), 4),
        tuple(
            Evidence(*each.sentences, (policies.index(pair[0]), policies.index(pair[1])))
            for pair in pairs
            for each in sorted(conflicts[pair], key=_weight)
        ),
    )


def _weight(conflict: _Conflict) -> tuple[float, int, int]:
    best = max(each.confidence for each in conflict.found)
    return -best * conflict.trust, conflict.sentences[0].start, conflict.sentences[1].start


def _quoted(document: Document, span: Span) -> str:
    return " ".join(document.text[span.start : span.end].split())


DETECTOR = Detector(
    NAME, version=1, kind=Kind.CONFLICTING, label="Contradicts another policy", detect=detect
)
