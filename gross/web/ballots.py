"""The page of one ballot, on one phone screen: what goes, what stays, whose words, the vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from wtforms import HiddenField, TextAreaField

from gross.actions import steps
from gross.actions.retirements import Impact, impact
from gross.domain.ballot import Choice, votes_for_quorum
from gross.store import waiting
from gross.store.ballots import Ballot, Elector
from gross.store.db import db
from gross.store.flags import Flag
from gross.store.people import Person
from gross.web.edge import now
from gross.web.evidence import evidence_of
from gross.web.forms import Form, not_longer
from gross.web.loss import loss
from gross.web.nominations import door
from gross.web.timeline import standing
from gross.web.waiting import title_of

SAYS = {
    Choice.RETIRE: "Retire it",
    Choice.KEEP: "Keep it",
    Choice.CHANGE: "Change it…",
    Choice.ABSTAIN: "Abstain",
}
VOTED = {
    Choice.RETIRE: "to retire it",
    Choice.KEEP: "to keep it",
    Choice.CHANGE: "to change it",
    Choice.ABSTAIN: "to abstain",
}
ASKS_WHY = {
    Choice.KEEP: "Why should it stay?",
    Choice.CHANGE: "What should be changed?",
}


class VoteForm(Form):
    choice = HiddenField()
    rationale = TextAreaField("Your reason", [not_longer])


class RecuseForm(Form):
    because = TextAreaField("Why do you step back?", [not_longer])


@dataclass(frozen=True, slots=True)
class Progress:
    """Where this ballot stands among those that this person may vote on: `number` from 1."""

    number: int
    voted: tuple[bool, ...]
    next_id: int | None  # of the next that waits for a vote


def load(ballot_id: int) -> Ballot:
    """The ballot with its roll and papers, in few queries whatever the electorate; or 404."""
    query = select(Ballot).where(Ballot.id == ballot_id).options(*ROLL)
    found: Ballot = db.one_or_404(query)
    return found


ROLL = (
    joinedload(Ballot.nomination),
    selectinload(Ballot.electors).options(joinedload(Elector.person), joinedload(Elector.paper)),
)


def show(ballot: Ballot, *, asked: Choice | None = None, form: VoteForm | None = None) -> str:
    """Render the page; `asked` is a choice that still lacks its reason, in `form`."""
    session, reader, instant = db.session(), current_user.person, now()
    nomination, policy = ballot.nomination, ballot.nomination.policy
    own = next((one for one in ballot.electors if one.person_id == reader.id), None)
    is_open = ballot.closed_at is None and ballot.closes_at > instant
    eligible = ballot.eligible
    flag = db.session.get(Flag, nomination.flag_id) if nomination.flag_id else None
    other = nomination.successor or evidence_of(flag, policy).other
    offers = steps.offers_for(session, reader, nomination, now=instant)
    return render_template(
        "committee/ballot.html",
        ballot=ballot,
        nomination=nomination,
        policy=policy,
        title=f"Retire “{policy.title if policy else title_of(nomination)}”",
        by=standing(nomination.nominator) or "A colleague",
        loss=loss(session, policy, other) if policy and other else None,
        impact=impact(session, policy) if policy else Impact(0, ()),
        own=own,
        may_vote=is_open and own is not None and own.recused_at is None,
        is_open=is_open,
        eligible=len(eligible),
        cast=sum(one.paper is not None for one in eligible),
        quorum=votes_for_quorum(len(eligible), ballot.rule),
        says=SAYS,
        voted=VOTED,
        asks_why=ASKS_WHY,
        asked=asked,
        form=form or VoteForm(formdata=None),
        recuse_form=RecuseForm(formdata=None),
        progress=progress(session, reader, ballot, now=instant),
        tally=ballot.numbers if ballot.closed_at is not None else None,
        bars=bars(ballot) if ballot.closed_at is not None else [],
        roll=_roll(ballot.electors),
        doors=[door(nomination, offers["close"], [ballot])]
        if "close" in offers and ballot.closed_at is None
        else [],
    )


def progress(session: Session, person: Person, ballot: Ballot, *, now: datetime) -> Progress | None:
    """None when the ballot is not among this person's open ones."""
    mine = session.scalars(waiting.of_elector(person, now=now)).all()
    ids = [one.id for one in mine]
    if ballot.id not in ids:
        return None
    missing = {one.id for one in waiting.ballots_to_vote(session, person, now=now)}
    place = ids.index(ballot.id)
    after = [one for one in ids[place + 1 :] + ids[:place] if one in missing]
    return Progress(
        place + 1, tuple(one not in missing for one in ids), after[0] if after else None
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One choice in the picture of a result; `share` of all who could vote, from 0 to 100."""

    choice: str
    says: str
    votes: int
    start: float
    share: float


def bars(ballot: Ballot) -> list[Bar]:
    tally, start, found = ballot.numbers, 0.0, []
    for choice in Choice:
        votes = getattr(tally, choice.value)
        share = 100 * votes / tally.eligible if tally.eligible else 0.0
        found.append(Bar(choice.value, SAYS[choice].rstrip("…"), votes, start, share))
        start += share
    return found


def _roll(electors: Sequence[Elector]) -> list[Elector]:
    return sorted(electors, key=lambda one: (one.recused_at is not None, one.person.name, one.id))
