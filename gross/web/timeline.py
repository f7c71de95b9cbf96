"""What happened, told from the ledger in sentences that name no more than the reader may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from gross.domain.workflow import Role
from gross.store.ledger import LedgerRow, timeline
from gross.store.people import Person

SEES_NAMES = frozenset({Role.COMPLIANCE, Role.AUDITOR})
# What is said after who did it. A deed without a line here is told by its verb.
SAID = {
    "nominate": "nominated it",
    "renew-approval": "asked the offices to sign again",
    "close-with-policy": "closed it, since the policy retired",
    "name-policy": "said which policy it is about",
    "take-up": "took it up",
    "send-to-ballot": "sent it to the committee",
    "reopen": "opened a second ballot",
    "recuse": "stepped back from the ballot",
    "close": "closed the ballot",
    "keep": "decided that it stays",
    "do-at-once": "mended it on the spot",
    "pass-to-owner": "passed it to the owner",
    "advocate": "takes it up with those who make the rule",
    "withdraw": "took it back",
    "sign": "signed the retirement",
    "refuse": "refused the retirement",
    "send-back": "sent it back to compliance",
    "call-off": "called the retirement off",
    "retire": "retired the policy",
    "add-policy": "brought it into the library",
    "add-edition": "brought in a new edition",
    "restore-edition": "brought back an earlier edition",
    "keep-vanished": "kept it, though its file was not in the newest delivery",
    "mark-gone": "put on record that its source gave it up",
    "hold": "put it under a legal hold",
    "lift-hold": "lifted the legal hold",
}
VOTES = frozenset({"vote"})
TOLD = ("reason", "because", "result")  # texts that belong on a page; votes do not


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline. `seq` is the number of its ledger entry."""

    at: datetime
    sentence: str
    reason: str
    seq: int


def story(session: Session, reader: Person, subjects: Sequence[str]) -> list[Happening]:
    """Tell what happened to `subjects`, oldest first; three queries. Votes are only counted."""
    entries = timeline(session, *subjects)
    people = _people(session, (row for row, _ in entries))
    told: list[Happening] = []
    for is_vote, group in groupby(entries, lambda pair: pair[0].content.verb in VOTES):
        if is_vote:
            told.append(_votes([row for row, _ in group]))
        else:
            told.extend(_happening(row, texts, reader, people) for row, texts in group)
    return told


def who(person: Person | None, reader: Person, *, office: str = "") -> str:
    """ "You", a name where the reader may know it, else a profession and a unit."""
    if person is None:
        return office or "Somebody"
    if person.id == reader.id:
        return "You"
    if SEES_NAMES & reader.role_set:
        return person.name
    return standing(person) or office or "Somebody"


def standing(person: Person) -> str:
    """ "RN, 5 West": all that most people learn of whoever nominated."""
    return ", ".join(part for part in (person.profession, person.unit) if part)


def _people(session: Session, rows: Iterable[LedgerRow]) -> dict[str, Person]:
    actors = {row.content.actor for row in rows}
    ids = [int(actor.partition(":")[2]) for actor in actors if actor.startswith("person:")]
    found = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {f"person:{person.id}": person for person in found}


def _happening(
    row: LedgerRow, texts: dict[str, str], reader: Person, people: dict[str, Person]
) -> Happening:
    entry = row.content
    if entry.actor.startswith("person:"):
        actor = who(people.get(entry.actor), reader)
    else:
        actor = "The clock" if entry.actor == "clock" else "The administrator"
    deed = SAID.get(entry.verb, f"recorded “{entry.verb.replace('-', ' ')}”")
    if office := entry.detail.get("office"):
        deed = f"{deed}, as {office}"
    told = (texts.get(name) or entry.detail.get(name) for name in TOLD)
    reason = next((text for text in told if text), "")
    return Happening(datetime.fromisoformat(entry.at), f"{actor} {deed}.", reason, row.seq)


def _votes(rows: list[LedgerRow]) -> Happening:
    voters = {row.content.actor for row in rows}
    said = "1 person voted." if len(voters) == 1 else f"{len(voters)} people voted."
    last = rows[-1]
    return Happening(datetime.fromisoformat(last.content.at), said, "", last.seq)
