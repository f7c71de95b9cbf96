"""What is counted of an edition, to rank policies by what they ask: never by itself a reproach."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from gross.analysis.language.parts import Obliging, Quoted, Recording, Signing

PAGE_WORDS = 500  # a printed page


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts of one edition's own text, header data and headings left out.

    `grade`: the school grade after Kincaid (1975), 0.39 words a sentence + 11.8 syllables a word
    - 15.59. `read_words`: how many of the words the language pipeline had to read.
    """

    words: int
    sentences: int
    grade: float
    read_words: int = 0
    obligations: tuple[Obliging, ...] = ()
    approvals: tuple[Signing, ...] = ()
    records: tuple[Recording, ...] = ()
    citations: tuple[Quoted, ...] = ()
    definitions: tuple[Quoted, ...] = ()

    @property
    def pages(self) -> float:
        """At least one: a short policy is not dense because it is short."""
        return max(1.0, self.words / PAGE_WORDS)

    @property
    def obligations_per_page(self) -> float:
        return len(self.obligations) / self.pages

    @property
    def longest_chain(self) -> Signing | None:
        return max(self.approvals, key=lambda each: len(each.offices), default=None)

    @property
    def offices(self) -> int:
        chain = self.longest_chain
        return len(chain.offices) if chain else 0

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Measures:
    row: dict[str, Any] = json.loads(text)
    kinds = {
        "obligations": Obliging,
        "records": Recording,
        "approvals": Signing,
        "citations": Quoted,
        "definitions": Quoted,
    }
    for name, kind in kinds.items():
        row[name] = tuple(kind(**_tuples(each)) for each in row[name])
    return Measures(**row)


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
