"""Signatures in their order: what each one says, and which offices are still to sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    SIGN = "sign"
    REFUSE = "refuse"
    SEND_BACK = "send-back"


_MEANINGS = {
    Decision.SIGN: "I approve the retirement of this text",
    Decision.REFUSE: "I refuse the retirement of this text",
    Decision.SEND_BACK: "I send the retirement of this text back to compliance",
}


@dataclass(frozen=True, slots=True)
class Read:
    """What was read before a decision: the text in force and the count of the ballot.

    Both hexadecimal SHA-256. A signature stands only while both are as they were.
    """

    edition_digest: str
    tally_digest: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A decision on the record, as far as the rules look at it."""

    office_id: int
    person_id: int
    decision: Decision
    read: Read


def standing(signed: Iterable[Signed], read: Read) -> list[Signed]:
    """The approvals that cover exactly what is in force now; a new edition voids the others."""
    return [one for one in signed if one.decision is Decision.SIGN and one.read == read]


def offices_left(route: Sequence[int], signed: Iterable[Signed], read: Read) -> list[int]:
    """The offices, in their order, that have no standing approval."""
    done = {one.office_id for one in standing(signed, read)}
    return [office for office in route if office not in done]


def meaning(decision: Decision, office: str, *, newer_than_vote: bool) -> str:
    """The sentence that is signed, with the office and whether the committee saw this very text."""
    vote = ", which is newer than the text that the committee voted on" if newer_than_vote else ""
    return f"{_MEANINGS[decision]}{vote}, as {office}."
