"""Rows of a comparison as a page draws them: text with its differing words marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from gross.analysis.comparison import Row, RowKind, compare
from gross.analysis.types import Document, Span
from gross.store import prepared
from gross.store.policies import Policy

SHOWS = {
    "all": "All",
    "contradictions": "Contradictions",
    "wording": "Wording",
    "only": "Only in one",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page; `a_start` and `b_start` are where the passages stand, for links."""

    kind: str
    similarity: float
    a: Markup | None
    b: Markup | None
    contradictions: tuple[str, ...]

    @property
    def shows(self) -> str:
        """Which of the chips shows this row; "" when only All does."""
        if self.contradictions:
            return "contradictions"
        if self.kind in {RowKind.ONLY_A, RowKind.ONLY_B}:
            return "only"
        return "" if self.kind == RowKind.SAME else "wording"


@dataclass(frozen=True, slots=True)
class SideBySide:
    lines: list[Line]  # contradictions first, then in reading order
    counts: dict[str, int]
    aligned: int

    def showing(self, show: str) -> list[Line]:
        return [line for line in self.lines if show == "all" or line.shows == show]


def side_by_side(session: Session, a: Policy, b: Policy) -> SideBySide:
    """Compare the current editions of two policies."""
    ours, theirs = document(session, a), document(session, b)
    lines = [_line(row, ours.text, theirs.text) for row in compare(ours, theirs).rows]
    lines.sort(key=lambda line: not line.contradictions)
    counts = {show: sum(line.shows == show for line in lines) for show in SHOWS}
    counts["all"] = len(lines)
    aligned = sum(line.a is not None and line.b is not None for line in lines)
    return SideBySide(lines, counts, aligned)


def document(session: Session, policy: Policy) -> Document:
    """The current edition as the analysis reads it."""
    edition = policy.current
    if edition is None:
        return Document(policy.id, "", policy.number, policy.title, "")
    passages = prepared.passages_of(session, [edition.id])[edition.id]
    return Document(policy.id, edition.digest, policy.number, policy.title, edition.text, passages)


def quoted_lines(a: Document, a_span: Span, b: Document, b_span: Span) -> list[Line]:
    """Lay two quotes beside each other, line by line; as one where their lines do not pair."""
    ours, theirs = _quote(a, a_span), _quote(b, b_span)
    rows = compare(ours, theirs).rows
    if not any(row.a_span and row.b_span for row in rows):
        whole = (Span(0, len(ours.text)), Span(0, len(theirs.text)))
        rows = (Row(*whole, RowKind.DIFFERS, 0.0),)
    return [_line(row, ours.text, theirs.text) for row in rows]


def _quote(document: Document, span: Span) -> Document:
    text = document.text[span.start : span.end]
    return Document(document.policy_id, "", document.number, document.title, text)


def _line(row: Row, a_text: str, b_text: str) -> Line:
    return Line(
        row.kind,
        row.similarity,
        None if row.a_span is None else _marked(a_text, row.a_span, row.marks_a),
        None if row.b_span is None else _marked(b_text, row.b_span, row.marks_b),
        row.contradictions,
    )


def _marked(text: str, span: Span, marks: Iterable[Span]) -> Markup:
    """Mark words; neighbours that only spaces part share one mark."""
    parts, at = [], span.start
    for mark in _joined(text, marks):
        parts.append(escape(text[at : mark.start]))
        parts.append(Markup("<mark>{}</mark>").format(text[mark.start : mark.end]))
        at = mark.end
    parts.append(escape(text[at : span.end]))
    return Markup("").join(parts)


def _joined(text: str, marks: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for mark in marks:
        if joined and not text[joined[-1].end : mark.start].strip():
            joined[-1] = Span(joined[-1].start, mark.end)
        else:
            joined.append(mark)
    return joined
