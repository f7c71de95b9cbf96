"""A mention of another policy in an edition's text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """`number` and `title` as written, "" where not given; offsets are code points of the text."""

    start: int
    end: int
    number: str = ""
    title: str = ""
