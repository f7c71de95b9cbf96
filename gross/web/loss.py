"""What would be lost: passages that the successor does not have, and what differs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from gross.analysis.comparison import RowKind, compare
from gross.analysis.types import Span
from gross.domain.passage import PassageKind
from gross.store.policies import Policy
from gross.web.comparing import document
from gross.web.evidence import short

MOST = 2  # quotes on one phone screen
LEAST_WORDS = 6  # shorter passages are headings and labels
PROSE = frozenset({PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.ROW})


@dataclass(frozen=True, slots=True)
class Loss:
    """Of one policy against `other`: counts of passages, the first quotes, and what differs."""

    other: Policy
    only_count: int
    only: tuple[str, ...]
    shared_count: int
    shared: tuple[str, ...]
    contradictions: tuple[str, ...]  # "20 seconds against 40 seconds."; the policy's own first


def loss(session: Session, policy: Policy, other: Policy) -> Loss:
    """Compare the current editions; about 30 ms for two policies of 20 pages."""
    mine, theirs = document(session, policy), document(session, other)
    prose = {passage.start for passage in mine.passages if passage.kind in PROSE}

    def quote(span: Span) -> str:
        return mine.text[span.start : span.end]

    only: list[str] = []
    shared: list[str] = []
    contradictions: list[str] = []
    for row in compare(mine, theirs).rows:
        contradictions += row.contradictions
        if row.a_span is None or row.a_span.start not in prose:
            continue
        if len(quote(row.a_span).split()) >= LEAST_WORDS:
            (only if row.kind is RowKind.ONLY_A else shared).append(short(quote(row.a_span)))
    return Loss(
        other,
        len(only),
        tuple(only[:MOST]),
        len(shared),
        tuple(shared[:MOST]),
        tuple(contradictions),
    )
