"""What a process of its own does to the tests' database: race another one, or work until killed.

It imports no more than it needs: such processes are started often.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from flask import Flask
from sqlalchemy import select

from gross.actions import approvals, ballots, nominations, retirements, steps
from gross.domain.ballot import Choice
from gross.domain.errors import Refused
from gross.store import ballots as stored
from gross.store import ledger
from gross.store.db import begin_write, db
from gross.store.nominations import Nomination
from gross.store.people import Person

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
WEEK = timedelta(days=7)
PASSWORD = "correct horse battery"
CLOSES = NOW + WEEK


def person(session, login):
    return session.scalars(select(Person).where(Person.login == login)).one()


def vote(choice, login="member1", now=CLOSES - timedelta(seconds=1)):
    def act(session, nomination):
        ballot = stored.newest(session, nomination)
        ballots.vote(session, person(session, login), ballot, choice, "So.", now=now)

    return act


def close(session, nomination):
    ballots.close(session, None, stored.newest(session, nomination), now=CLOSES)


def recuse(session, nomination):
    ballot = stored.newest(session, nomination)
    now = CLOSES - timedelta(seconds=1)
    ballots.recuse(session, person(session, "member1"), ballot, "Friend.", now=now)


def sign(login):
    def act(session, nomination):
        read = approvals.what_is_signed(session, nomination)
        approvals.decide(
            session, person(session, login), nomination, "sign", read, password=PASSWORD, now=CLOSES
        )

    return act


def retire(login):
    def act(session, nomination):
        actor = person(session, login) if login else None
        retirements.retire(session, actor, nomination, now=CLOSES)

    return act


def step(verb, login="reviewer"):
    def act(session, nomination):
        actor = person(session, login)
        steps.take_step(session, actor, nomination, verb, "So.", now=NOW)

    return act


def open_ballot(session, nomination):
    terms = ballots.Terms(CLOSES, Fraction(1, 2), Fraction(2, 3), 0)
    ballots.open_ballot(session, person(session, "reviewer"), nomination, terms, now=NOW)


RACES = {
    "vote and close": (vote(Choice.RETIRE), close),
    "two votes of one person": (vote(Choice.RETIRE), vote(Choice.KEEP)),
    "vote and recusal": (vote(Choice.RETIRE), recuse),
    "close and close": (close, close),
    "two holders of one office": (sign("cno"), sign("steward")),
    "clock and steward retire": (retire(None), retire("steward")),
    "two answers": (step("keep"), step("pass-to-owner")),
    "withdrawal and ballot": (step("withdraw", "nurse"), open_ballot),
    "two ballots": (open_ballot, open_ballot),
}


def open_app(database_url):
    app = Flask("racer")
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    db.init_app(app)
    return app


@contextmanager
def writing(app: Flask) -> Iterator:
    """A writing transaction as every edge makes it."""
    with app.app_context():
        begin_write(db.session)
        yield db.session()
        db.session.commit()


def race(database_url, name, side, nomination_ids, barrier, said):
    """Meet the other process at the barrier before each deed, and say how each ended."""
    app = open_app(database_url)
    act = RACES[name][side]
    for nomination_id in nomination_ids:
        barrier.wait(60)
        said.put((side, nomination_id, attempt(app, act, nomination_id)))


def attempt(app, act, nomination_id):
    try:
        with writing(app) as session:
            act(session, session.get_one(Nomination, nomination_id))
    except Refused as refusal:
        return f"refused: {refusal}"
    except Exception as error:
        return f"bug: {type(error).__name__}: {error}"
    return "done"


def work_until_killed(database_url, kind, nomination_id, said):
    """Commit deed after deed; say the ledger's newest number only after each commit."""
    app = open_app(database_url)
    turn = 0
    while True:
        turn += 1
        with writing(app) as session:
            {"votes": _one_vote, "steps": _one_step}[kind](session, nomination_id, turn)
            seq, _ = ledger.head(session)
        said.send(seq)


def _one_vote(session, nomination_id, turn):
    choice = list(Choice)[turn % 4]
    nomination = session.get_one(Nomination, nomination_id)
    vote(choice, f"member{turn % 3 + 1}")(session, nomination)


def _one_step(session, nomination_id, turn):
    newest = session.scalars(select(Nomination).order_by(Nomination.id.desc())).first()
    if newest.stage == "submitted":
        step("take-up")(session, newest)
    elif newest.stage == "triage":
        step("keep")(session, newest)
    else:
        nurse = person(session, "nurse")
        nominations.nominate(session, nurse, what=f"Badge {turn}", why="So.", now=NOW)
