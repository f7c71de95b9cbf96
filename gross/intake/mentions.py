"""Law, standards, forms and systems that a text names, with exact offsets."""

from __future__ import annotations

from gross.domain.passage import Passage
from gross.domain.reference import Mention


def find_mentions(text: str, passages: tuple[Passage, ...]) -> tuple[Mention, ...]:
    return ()
