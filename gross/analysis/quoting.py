"""How sentences name policies and count what they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gross.analysis.types import Document, Span
from gross.domain.passage import PassageKind

LONGEST_TITLE = 90


def named(document: Document) -> str:
    """Name a policy as people do: “Hand Hygiene” (IC-014)."""
    title = " ".join(document.title.split()) or document.number or "Untitled"
    if len(title) > LONGEST_TITLE:
        title = title[: LONGEST_TITLE - 1].rstrip() + "…"
    number = " ".join(document.number.split())
    return f"“{title}” ({number})" if number and number != title else f"“{title}”"


def listed(names: Sequence[str], most: int = 4) -> str:
    """Join names with commas and an "and"; count those beyond `most`."""
    if len(names) > most:
        return ", ".join(names[: most - 1]) + f" and {len(names) - most + 1} more"
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def share_told(document: Document, spans: Iterable[Span], cover: float) -> str:
    """Say how much of a policy the spans hold: "11 of its 14 passages", or a percentage."""
    body = [each for each in document.passages if each.kind is not PassageKind.HEADER]
    if len(body) < 3:
        return f"{max(1, round(100 * cover))}% of its words"
    marked = sorted((span.start, span.end) for span in spans)
    count = sum(
        2 * sum(max(0, min(each.end, end) - max(each.start, start)) for start, end in marked)
        >= each.end - each.start
        for each in body
    )
    if not count:
        return f"{max(1, round(100 * cover))}% of its words"
    return f"{count} of its {len(body)} passages"
