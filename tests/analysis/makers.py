"""Makers of documents for the analysis tests; a test names only what it is about."""

from __future__ import annotations

import hashlib
from datetime import date

from gross.analysis.types import Document, Library, Term
from gross.domain.partial_date import PartialDate
from gross.domain.passage import Passage, PassageKind
from gross.domain.reference import Reference

TODAY = date(2026, 11, 23)

_ONSETS = ("b", "br", "c", "cl", "d", "dr", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "st")
_RHYMES = "aber alin arden ector elow ember endal erit ibon idle imper olan onder orin uster uvian"


def prose(seed: object, count: int) -> list[str]:
    """Give `count` words that depend on the seed alone; no two seeds share a run of three."""
    words = []
    for number in range(count):
        digest = hashlib.blake2b(f"{seed}:{number}".encode()).digest()
        rhymes = _RHYMES.split()
        onset, middle = _ONSETS[digest[0] % len(_ONSETS)], rhymes[digest[1] % len(rhymes)]
        ending = rhymes[digest[2] % len(rhymes)] + rhymes[digest[3] % len(rhymes)]
        words.append(onset + middle + ending)
    return words


def text(seed: object, count: int) -> str:
    """Write prose as sentences of twelve words, four to a line."""
    words = prose(seed, count)
    sentences = [" ".join(words[at : at + 12]).capitalize() + "." for at in range(0, count, 12)]
    return "\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def make_document(
    policy_id: int,
    content: str,
    *,
    title: str = "",
    number: str = "",
    passages: tuple[Passage, ...] = (),
    dates: dict[str, str] | None = None,
    references: tuple[Reference, ...] = (),
    retired: bool = False,
) -> Document:
    return Document(
        policy_id,
        hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest(),
        number or f"POL-{policy_id:03d}",
        title or " ".join(prose(f"title {policy_id}", 3)).title(),
        content,
        passages,
        {name: PartialDate.parse(value) for name, value in (dates or {}).items()},
        references,
        retired,
    )


def make_library(*documents: Document, terms: tuple[Term, ...] = ()) -> Library:
    return Library(documents, TODAY, terms)


def lines_as_passages(
    content: str, kinds: dict[int, PassageKind] | None = None
) -> tuple[Passage, ...]:
    """Make each line that is not empty a passage; `kinds` by line number, else a paragraph."""
    found, at = [], 0
    for number, line in enumerate(content.split("\n")):
        if line.strip():
            kind = (kinds or {}).get(number, PassageKind.PARAGRAPH)
            found.append(Passage(at, at + len(line), kind))
        at += len(line) + 1
    return tuple(found)


def mention(content: str, number: str = "", title: str = "") -> Reference:
    start = content.index(number or title)
    return Reference(start, start + len(number or title), number, title)


def quoted(document: Document, span: object) -> str:
    return document.text[span.start : span.end]
