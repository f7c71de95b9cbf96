"""What a reader gives: the text of a file with its structure and its header data."""

from __future__ import annotations

from dataclasses import dataclass, field

from gross.domain.partial_date import PartialDate
from gross.domain.passage import Passage
from gross.domain.reference import Mention, Reference


@dataclass(frozen=True, slots=True)
class Found:
    """One value of the header and where it stands: code points of the reading's text.

    An empty span says that it stands outside the text: in a file's name or properties. `value` is
    put in order (dates are ISO 8601, as far as known); the text at the span is what was written.
    `is_ambiguous`: a date whose day and month could change places, so that its year alone stands.
    """

    value: str
    start: int = 0
    end: int = 0
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved, for which office, and when; "" what is not said. Offsets as of `Found`."""

    who: str
    office: str
    date: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Aside:
    """What the file holds and the page does not show in its text, at its place in the text.

    `kind`: "deleted" (a tracked deletion), "hidden", or "comment".
    """

    kind: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Link:
    """Linked words and where they lead, as the file has it: no address to be trusted."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read. All offsets count code points of `text`, whose lines end in LF.

    `dates` by name: "originated", "effective", "last_reviewed", "last_revised", "next_review",
    "expires", "site_implementation". `fields` by name: "owner", "kind", "version", "area",
    "supersedes", ... `found` holds each of these, number and title with their places, and under
    "reviewed", "revised" and "approved" every date that the document lists.
    `warnings` are sentences for a person. Pages that are pictures are `image_pages` while unread,
    `ocr_pages` once OCR has read them; both count from 1.
    """

    text: str
    passages: tuple[Passage, ...]
    title: str = ""
    number: str = ""
    dates: dict[str, PartialDate] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    warnings: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    links: tuple[Link, ...] = ()
    image_pages: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    approvals: tuple[Approval, ...] = ()
    mentions: tuple[Mention, ...] = ()
