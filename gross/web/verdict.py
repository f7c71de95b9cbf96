"""What speaks against a draft, as its page shows it: by question, contradictions first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gross.actions.checks import Check
from gross.analysis.detectors import ALL
from gross.analysis.types import Document, Evidence, Finding, Kind, Span
from gross.store.policies import Policy
from gross.web.comparing import Line, quoted_lines

LINES = 6  # of one finding that are shown at once; the others are folded away
MOST_LINES = 60  # of one finding on the page

QUESTIONS = (
    ("contradicts", "What it would contradict", (Kind.CONFLICTING,)),
    ("repeats", "What it would repeat", (Kind.REDUNDANT, Kind.CONTAINED, Kind.OVERLAPPING)),
    ("cites", "What is dead or out of date in it", (Kind.OUTDATED,)),
    ("weighs", "What would make it a burden", (Kind.BURDENSOME,)),
)
_LABELS = {detector.name: detector.label for detector in ALL}


@dataclass(frozen=True, slots=True)
class Beside:
    """The draft's words beside those of one policy; `at` is where the first of these stand."""

    policy: Policy
    at: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One finding: `alone` are the draft's own words that prove it."""

    kind: str
    sentence: str
    detector: str
    policies: tuple[Policy, ...]
    beside: tuple[Beside, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The findings that answer one question; `key` names it in the page."""

    key: str
    question: str
    said: tuple[Said, ...]


def verdict(made: Check) -> tuple[Answer, ...]:
    """Answer the questions to which there is something to say."""
    found = []
    for key, question, kinds in QUESTIONS:
        findings = [each for each in made.findings if each.kind in kinds]
        findings.sort(key=lambda each: (kinds.index(each.kind), -each.score))
        if findings:
            found.append(Answer(key, question, tuple(_said(made, each) for each in findings)))
    return tuple(found)


def _said(made: Check, finding: Finding) -> Said:
    others = [policy for policy in finding.policies if policy in made.policies]
    return Said(
        str(finding.kind),
        finding.sentence,
        _LABELS[finding.detector],
        tuple(made.policies[policy] for policy in others),
        tuple(_beside(made, finding, others)),
        tuple(_alone(made, finding))[:LINES],
    )


def _beside(made: Check, finding: Finding, others: list[int]) -> Iterator[Beside]:
    """Lay the draft's quotes beside each other policy's; contradictions and differences first."""
    for policy in others:
        paired = (_pair(made, finding, each, policy) for each in finding.evidence)
        pairs = [pair for pair in paired if pair is not None]
        lines = [line for a, b in pairs for line in _lines(made, a, policy, b)]
        if lines:
            lines.sort(key=lambda line: (not line.contradictions, line.kind == "same"))
            start = pairs[0][1].start
            yield Beside(made.policies[policy], start, tuple(lines[:MOST_LINES]))


def _lines(made: Check, a: Span, policy: int, b: Span) -> list[Line]:
    return quoted_lines(made.draft, a, made.documents[policy], b)


def _pair(
    made: Check, finding: Finding, evidence: Evidence, policy: int
) -> tuple[Span, Span] | None:
    """The spans of this evidence in the draft and in `policy`, where it is about those two."""
    if evidence.b is None:
        return None
    places = [finding.policies[place] for place in evidence.of]
    if places == [made.draft.policy_id, policy]:
        return evidence.a, evidence.b
    if places == [policy, made.draft.policy_id]:
        return evidence.b, evidence.a
    return None


def _alone(made: Check, finding: Finding) -> Iterator[str]:
    draft: Document = made.draft
    for each in finding.evidence:
        if each.b is None and finding.policies[each.of[0]] == draft.policy_id:
            yield draft.text[each.a.start : each.a.end]
