"""What an edition's text mentions: other policies, law and standards, forms and systems."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """`number` and `title` as written, "" where not given; offsets are code points of the text."""

    start: int
    end: int
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """What a text names that is no policy: a "law", "standard", "form" or "system".

    `value` is put in order, "45 CFR 164.308(a)(1)"; the text at the span is what was written.
    """

    kind: str
    value: str
    start: int
    end: int
