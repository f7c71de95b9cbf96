"""What a detector reads and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gross.analysis.measures import Measures
from gross.domain.partial_date import PartialDate
from gross.domain.passage import Passage
from gross.domain.reference import Reference


class Kind(StrEnum):
    REDUNDANT = "redundant"
    CONTAINED = "contained"
    OVERLAPPING = "overlapping"
    CONFLICTING = "conflicting"
    OUTDATED = "outdated"
    BURDENSOME = "burdensome"


@dataclass(frozen=True, slots=True)
class Document:
    """The current edition of a policy. All offsets count code points of `text`."""

    policy_id: int
    digest: str  # SHA-256 of the original bytes, hexadecimal
    number: str
    title: str
    text: str
    passages: tuple[Passage, ...] = ()
    dates: dict[str, PartialDate] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    retired: bool = (
        False  # known to the library, no longer in force: may be cited, is never flagged
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of a document's text, from 0, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that proves a finding: `a` in policy `of[0]`, and `b`, where given, in `of[1]`.

    `of` indexes the finding's `policies`.
    """

    a: Span
    b: Span | None = None
    of: tuple[int, ...] = (0, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim for a person to judge. `score` is in (0, 1] and compares only within one detector."""

    detector: str
    kind: Kind
    policies: tuple[int, ...]  # policy ids
    sentence: str  # one plain sentence that ends with a full stop
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A superseded term: `pattern` is a regular expression, `source` records the change."""

    id: str
    term: str
    pattern: str
    replacement: str
    effective: str
    source: str
    note: str = ""
    exceptions: tuple[str, ...] = ()  # regular expressions; a match that one of them covers is fine
    words: tuple[str, ...] = ()  # in lower case; a text without any of them has no match


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that stands in two policies; `same` of its `words` (the shorter side's) agree."""

    a: Span
    b: Span
    words: int
    same: int


class Basis(StrEnum):
    """What a relation rests on."""

    SHARED = "shared"  # passages that prove it by themselves
    REWORDED = "reworded"  # weak passages, and words that are alike on the whole
    WIDESPREAD = "widespread"  # a passage in too many policies to tie two of them together


@dataclass(frozen=True, slots=True)
class Relation:
    """What the text of two policies has in common, boilerplate aside; policy ids, `a` < `b`.

    `cover`: the share of each one's own words (those that are not boilerplate) in the matches.
    """

    a: int
    b: int
    kind: Kind  # redundant, contained (one inside the other) or overlapping
    matches: tuple[Match, ...]  # in the order of `a`
    cover: tuple[float, float]
    own_words: tuple[int, int]
    basis: Basis = Basis.SHARED


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a scan looks at. `prepared` maps an edition's digest to what `prepare` gave.

    `relations` is worked out once a scan, for all detectors; None: not yet. Where `about` names a
    policy, only what concerns it is asked for, and a detector may leave out the rest.
    """

    documents: tuple[Document, ...]
    today: date
    terms: tuple[Term, ...] = ()
    prepared: dict[str, bytes] = field(default_factory=dict)
    relations: tuple[Relation, ...] | None = None
    about: int | None = None
    measures: Mapping[str, Measures] = field(default_factory=dict)  # by an edition's digest

    def asked(self) -> Iterator[Document]:
        """The policies in force that the scan is about."""
        for document in self.documents:
            if not document.retired and self.about in {None, document.policy_id}:
                yield document


Detect = Callable[[Library], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Detector:
    """One way to find waste. `version` goes up whenever its findings may change."""

    name: str
    version: int
    kind: Kind
    label: str
    detect: Detect
