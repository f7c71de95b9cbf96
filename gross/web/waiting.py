"""The home page's sections: what waits for this person, by role, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from gross.domain.calendar import day, local_day, moment
from gross.domain.workflow import Role, Stage
from gross.store import waiting
from gross.store.nominations import Nomination
from gross.store.people import Person
from gross.web.drawing import count
from gross.web.stages import SENTENCES, label, reply_clock


@dataclass(frozen=True, slots=True)
class Item:
    url: str
    title: str
    detail: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing that waits. `total` may be more than are shown; `url` leads to all."""

    title: str
    total: int
    items: tuple[Item, ...]
    url: str
    all_says: str


def sections(session: Session, person: Person, *, now: datetime) -> list[Section]:
    """Only sections with something in them; the number of queries does not grow with the rows."""
    roles = person.role_set
    makers: tuple[tuple[Role | None, Callable[[Session, Person, datetime], Section]], ...] = (
        (Role.COMMITTEE, _votes),
        (Role.APPROVER, _signatures),
        (Role.STEWARD, _retirements),
        (Role.COMPLIANCE, _triage),
        (Role.COMPLIANCE, _flags),
        (None, _replies),
    )
    found = (make(session, person, now) for role, make in makers if role is None or role in roles)
    return [section for section in found if section.total]


def title_of(nomination: Nomination) -> str:
    """The policy's number and title, or the nominator's words as one line."""
    if nomination.policy is not None:
        return nomination.policy.label
    line = " ".join(nomination.what.split())
    return line if len(line) <= 90 else f"{line[:90].rsplit(' ', 1)[0]} …"


def _votes(session: Session, person: Person, now: datetime) -> Section:
    ballots = waiting.ballots_to_vote(session, person, now=now)
    items = (
        Item(
            url_for("committee.ballot", ballot_id=ballot.id),
            f"Retire “{title_of(ballot.nomination)}”?",
            f"Closes {moment(ballot.closes_at)}",
        )
        for ballot in ballots[: waiting.MOST]
    )
    return Section(
        "Ballots to vote on",
        len(ballots),
        tuple(items),
        url_for("committee.ballots"),
        "All ballots",
    )


def _signatures(session: Session, person: Person, now: datetime) -> Section:
    mine = [one for one in waiting.in_approval(session) if waiting.holds(person, one)]
    items = (
        Item(
            url_for("approver.approval", nomination_id=one.nomination.id),
            f"Retire “{title_of(one.nomination)}”",
            f"{one.ballot.result} You sign as {one.left[0].name}.".strip(),
        )
        for one in mine[: waiting.MOST]
    )
    return Section(
        "Waiting for your signature",
        len(mine),
        tuple(items),
        url_for("approver.approvals"),
        "All approvals",
    )


def _retirements(session: Session, person: Person, now: datetime) -> Section:
    due = [
        one
        for one in waiting.to_retire(session)
        if one.retire_on is not None and one.retire_on <= local_day(now)
    ]
    items = (
        Item(
            url_for("staff.nomination", nomination_id=one.id),
            title_of(one),
            f"Its day was {day(one.retire_on)}",
        )
        for one in due[: waiting.MOST]
    )
    return Section(
        "Retirements due", len(due), tuple(items), url_for("steward.retirements"), "All retirements"
    )


def _triage(session: Session, person: Person, now: datetime) -> Section:
    items = (
        Item(
            url_for("staff.nomination", nomination_id=one.id),
            title_of(one),
            f"Nominated {day(one.submitted_at)}",
            reply_clock(one, now=now) or "in triage",
        )
        for one in waiting.to_triage(session)
    )
    return Section(
        "Nominations to answer",
        waiting.triage_count(session),
        tuple(items),
        url_for("staff.nominations", stage=Stage.SUBMITTED.value),
        "All that nobody has looked at",
    )


def _flags(session: Session, person: Person, now: datetime) -> Section:
    number = waiting.open_flags(session)
    item = Item(
        url_for("compliance.flags"),
        f"{count(number, 'flag')} to review",
        "Redundant, overlapping, conflicting or outdated, each with its evidence",
    )
    return Section("Flags", number, (item,), url_for("compliance.flags"), "")


def _replies(session: Session, person: Person, now: datetime) -> Section:
    mine = waiting.replies(session, person)
    items = tuple(_reply(one) for one in mine)
    return Section(
        "What became of your nominations",
        len(mine),
        items,
        url_for("staff.nominations", mine=1),
        "All your nominations",
    )


def _reply(nomination: Nomination) -> Item:
    said = " ".join(_words(nomination))
    return Item(
        url_for("staff.nomination", nomination_id=nomination.id),
        title_of(nomination),
        said,
        label(Stage(nomination.stage)),
    )


def _words(nomination: Nomination) -> Iterator[str]:
    yield SENTENCES[Stage(nomination.stage)]
    if nomination.answer:
        yield f"“{nomination.answer}”"
