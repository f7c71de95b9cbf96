"""What the components find, as plain values; offsets are code points of the text that was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the values are used where spaCy is not imported
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Component:
    """One step of the pipeline; `assigns` and `requires` are what spaCy checks before it runs."""

    name: str
    assigns: tuple[str, ...]
    requires: tuple[str, ...]
    read: Callable[[Doc], Doc]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Its tokens without spaces and line ends."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """ "within 24 hours" (a deadline), or "every shift" (a frequency)."""

    start: int
    end: int
    is_deadline: bool


@dataclass(frozen=True, slots=True)
class Obliging:
    """A sentence that obliges: `who` as written, "" where it speaks to its reader or to nobody."""

    start: int
    end: int
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Signing:
    """An act that `offices` sign for or approve, each as written."""

    start: int
    end: int
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """A sentence that asks for an entry in `records`; `doubles`: it says itself that it repeats."""

    start: int
    end: int
    records: tuple[str, ...]
    doubles: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation or a defined term."""

    start: int
    end: int
    text: str
