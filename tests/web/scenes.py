"""Makers of the states that pages of the decision are tested in, through the real actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from gross.actions import approvals, ballots, nominations, people
from gross.domain.ballot import Choice
from gross.store.approvals import Office, OfficeHolder

PASSWORD = "correct horse battery"
NOW = datetime.now(UTC).replace(microsecond=0)  # pages read the real clock


def nominated(session, nurse, policy=None, *, what="The log", why="Nobody reads it.", **more):
    made = nominations.nominate(
        session, nurse, what=what, why=why, policy=policy, now=NOW - timedelta(days=9), **more
    )
    session.flush()
    return made


def balloted(session, reviewer, nomination, *, opened_days_ago=1, closes_in_days=6, successor=None):
    opened = NOW - timedelta(days=opened_days_ago)
    terms = ballots.Terms(
        NOW + timedelta(days=closes_in_days), Fraction(1, 2), Fraction(2, 3), 14, successor
    )
    ballot = ballots.open_ballot(session, reviewer, nomination, terms, now=opened)
    session.flush()
    session.expire_all()
    return ballot


def voted(session, ballot, *members, choice=Choice.RETIRE, rationale="", now=NOW):
    for member in members:
        ballots.vote(session, member, ballot, choice, rationale, now=now)
        session.flush()
    session.expire_all()


def carried(session, reviewer, nomination, *members, successor=None):
    """A ballot on which all `members` voted to retire, closed yesterday."""
    ballot = balloted(
        session, reviewer, nomination, opened_days_ago=8, closes_in_days=-1, successor=successor
    )
    voted(session, ballot, *members, now=NOW - timedelta(days=3))
    ballots.close(session, reviewer, ballot, now=NOW - timedelta(hours=20))
    session.flush()
    session.expire_all()
    return ballot


def office(session, name, *holders, position=1):
    made = Office(name=name, position=position)
    session.add(made)
    session.flush()
    session.add_all(OfficeHolder(office_id=made.id, person_id=one.id) for one in holders)
    session.flush()
    session.expire_all()
    return made


def with_password(session, person):
    person.password_hash = people._HASHER.hash(PASSWORD)
    session.flush()
    return person


def signed(session, approver, nomination):
    read = approvals.what_is_signed(session, nomination)
    approvals.decide(session, approver, nomination, "sign", read, password=PASSWORD, now=NOW)
    session.flush()
    session.expire_all()
