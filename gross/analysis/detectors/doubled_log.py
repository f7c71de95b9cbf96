"""Burdensome: the same log, check or attestation is asked for in two places.

The text must say so itself ("both are filled in", "its own log for the same refrigerator"); that a
log is asked for in two policies may have its reasons. The other place is the policy that is cited
there, else the one that asks for the same record in nearly the same words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gross.analysis.language.parts import Recording
from gross.analysis.measuring import measures_of
from gross.analysis.numbering import number_key
from gross.analysis.quoting import listed, named
from gross.analysis.sentences import trimmed
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library

NAME = "doubled_log"
SCORE = 0.8
ALIKE = 0.55  # shared words of all words of two sentences that ask for a record
TELLING_WORDS = 8  # of a sentence that is compared
RAREST = 4  # words by which such sentences are looked up
COMMON = 200  # sentences with a word; beyond it the word says nothing

_WORD = re.compile(r"[a-z]{3,}")
_SMALL_WORDS = "the and for that with this are was has have its his her who what"
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Asked:
    document: Document
    recording: Recording
    words: frozenset[str]


def detect(library: Library) -> Iterator[Finding]:
    asked = [
        _Asked(document, each, _words(document.text[each.start : each.end]))
        for document, measures in measures_of(library)
        for each in measures.records
    ]
    doubled = [each for each in asked if each.recording.doubles]
    if not doubled:
        return
    by_policy: dict[int, list[_Asked]] = defaultdict(list)
    for each in asked:
        by_policy[each.document.policy_id].append(each)
    alike = _Alike(asked)
    by_number = {number_key(d.number): d.policy_id for d in library.documents if d.number}
    links = {
        each.document.policy_id: _partner(each, by_policy, by_number, alike) for each in doubled
    }
    for policies in _joined(links):
        yield _finding(policies, by_policy, alike)


def _partner(
    cue: _Asked,
    by_policy: dict[int, list[_Asked]],
    by_number: dict[tuple[str, ...], int],
    alike: _Alike,
) -> int | None:
    """The policy where the record is asked for again, when it is another one."""
    document, recording = cue.document, cue.recording
    line = document.text.rfind("\n", 0, recording.start), document.text.find("\n", recording.end)
    last = line[1] if line[1] >= 0 else len(document.text)
    for reference in document.references:
        target = by_number.get(number_key(reference.number)) if reference.number else None
        inside = line[0] < reference.start < last
        if inside and target in by_policy and target != document.policy_id:
            return target
    for own in by_policy[document.policy_id]:
        other = alike.to(own)
        if other is not None:
            return other.document.policy_id
    return None


class _Alike:
    """Finds the sentence of another policy that asks for a record in nearly the same words."""

    def __init__(self, asked: Iterable[_Asked]) -> None:
        self._by_word: dict[str, list[_Asked]] = defaultdict(list)
        for each in asked:
            for word in each.words:
                self._by_word[word].append(each)

    def to(self, own: _Asked) -> _Asked | None:
        if len(own.words) < TELLING_WORDS:
            return None
        rare = sorted(own.words, key=lambda word: (len(self._by_word[word]), word))[:RAREST]
        near = [
            (len(own.words & other.words) / len(own.words | other.words), other)
            for word in rare
            if len(self._by_word[word]) <= COMMON
            for other in self._by_word[word]
            if other.document.policy_id != own.document.policy_id
        ]
        best = max(near, key=lambda each: (each[0], -each[1].document.policy_id), default=None)
        return best[1] if best is not None and best[0] >= ALIKE else None


def _joined(links: dict[int, int | None]) -> Iterator[tuple[int, ...]]:
    """Put policies that point at one another together; each group in the order of ids."""
    head = {policy: policy for policy in links}
    for policy, other in links.items():
        if other is not None:
            first, second = _head(head, policy), _head(head, other)
            head[max(first, second)] = min(first, second)
    groups: dict[int, list[int]] = defaultdict(list)
    for policy in sorted(head):
        groups[_head(head, policy)].append(policy)
    yield from (tuple(group) for _, group in sorted(groups.items()))


def _head(head: dict[int, int], policy: int) -> int:
    while head.setdefault(policy, policy) != policy:
        policy = head[policy]
    return policy


def _finding(
    policies: tuple[int, ...], by_policy: dict[int, list[_Asked]], alike: _Alike
) -> Finding:
    quotes = [each for policy in policies for each in _quoted(by_policy[policy], policies, alike)]
    names = [named(by_policy[policy][0].document) for policy in policies]
    records = list(dict.fromkeys(name for each in quotes for name in each.recording.records))
    told = f" ({listed(records)})" if records else ""
    verb = "asks" if len(policies) == 1 else "ask"
    place = "places" if len(policies) == 1 else "policies"
    count = max(2, len(quotes) if len(policies) == 1 else len(policies))
    return Finding(
        NAME,
        Kind.BURDENSOME,
        policies,
        f"{listed(names)} {verb} for the same record in {count} {place}{told}.",
        SCORE,
        tuple(
            Evidence(
                trimmed(each.document.text, each.recording.start, each.recording.end),
                of=(policies.index(each.document.policy_id),),
            )
            for each in quotes
        ),
    )


def _quoted(asked: list[_Asked], policies: tuple[int, ...], alike: _Alike) -> list[_Asked]:
    """What says that a record is doubled, and the records of the same section or of like words."""
    cues = [each for each in asked if each.recording.doubles]
    sections = {_section(each) for each in cues}
    beside = [
        each
        for each in asked
        if each not in cues
        and (_section(each) in sections or ((twin := alike.to(each)) is not None
             and twin.document.policy_id in policies))
    ]  # fmt: skip
    return sorted([*cues, *beside] or asked[:2], key=lambda each: each.recording.start)


def _section(asked: _Asked) -> str:
    for passage in asked.document.passages:
        if passage.start <= asked.recording.start < passage.end:
            return passage.section
    return ""


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _SMALL


DETECTOR = Detector(
    NAME, version=1, kind=Kind.BURDENSOME, label="Asks for the same record twice", detect=detect
)
