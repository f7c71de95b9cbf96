"""What happened in the demonstration before the newcomer looks: real deeds, a few weeks of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from gross.actions import approvals, ballots, nominations, retirements, steps
from gross.actions.ballots import Terms
from gross.domain.ballot import Choice
from gross.home import SAMPLE_PASSWORD
from gross.store.ballots import Ballot
from gross.store.nominations import Nomination
from gross.store.people import Person
from gross.store.policies import Policy

BEGAN_DAYS_AGO = 24
COMMITTEE = (
    "icu.nurse",
    "ed.nurse",
    "or.nurse",
    "hospitalist",
    "emergency.physician",
    "pharmacist",
    "respiratory.therapist",
)
ROUTE = ("owners.director", "cno", "cmo")


@dataclass(frozen=True, slots=True)
class Voice:
    """A nomination as it was written."""

    who: str
    number: str
    what: str
    why: str
    where_met: str = ""


PAGERS = Voice(
    "unit.clerk",
    "ADM-007",
    "The form for pager batteries",
    "Our pagers went back two years ago. I still get the monthly form, and finance still asks why "
    "we did not send it.",
    "At the desk on 3 East, first Monday of the month",
)
HANDS = Voice(
    "night.nurse",
    "NUR-231",
    "Two hand washing policies",
    "Infection Prevention has a policy and nursing has its own. One says 20 seconds and the other "
    "40. We sign a paper log that nobody reads.",
    "Every shift, every room",
)
FIRE = Voice(
    "night.nurse",
    "EDU-022",
    "Annual life-safety e-learning on top of the fire attestation",
    "I answer the same fire questions twice a year, in two systems, and their scores differ.",
    "Each spring, at home, unpaid",
)
FRIDGE = Voice(
    "evs.lead",
    "FAC-072",
    "Two logs for one refrigerator",
    "Dietary writes the temperature on their sheet and we write it on ours. It is the same door.",
    "Nourishment rooms",
)
BAKE_SALE = Voice(
    "unit.clerk",
    "ADM-019",
    "Eight signatures for a bake sale",
    "By the time the last one signs, the cake is stale. Could the manager just say yes?",
)
CONSENT = Voice(
    "night.nurse",
    "NUR-101",
    "Asking for two identifiers each time",
    "The patient thinks I am losing my memory.",
    "At the bedside",
)


def tell(writing: Callable[[], AbstractContextManager[Session]], *, now: datetime) -> None:
    """Let the weeks pass. Each deed is a transaction of its own, at a time of its own."""
    for days_ago, deed in WEEKS:
        at = now - timedelta(days=days_ago)
        with writing() as session:
            deed(session, at)


def nominate(session: Session, voice: Voice, at: datetime) -> None:
    policy = _policy(session, voice.number)
    nominations.nominate(
        session,
        _person(session, voice.who),
        what=voice.what,
        why=voice.why,
        where_met=voice.where_met,
        policy=policy,
        now=at,
    )


def answer(session: Session, voice: Voice, verb: str, reason: str, at: datetime) -> None:
    director = _person(session, "compliance.director")
    steps.take_step(session, director, _nomination(session, voice), verb, reason, now=at)


def open_ballot(
    session: Session, voice: Voice, successor: str, days: float, notice_days: int, at: datetime
) -> None:
    terms = Terms(
        closes_at=at + timedelta(days=days),
        quorum=Fraction(1, 2),
        threshold=Fraction(2, 3),
        notice_days=notice_days,
        successor=_policy(session, successor) if successor else None,
    )
    director = _person(session, "compliance.director")
    ballots.open_ballot(session, director, _nomination(session, voice), terms, now=at)


def vote(
    session: Session, voice: Voice, votes: dict[str, tuple[Choice, str]], at: datetime
) -> None:
    ballot = _ballot(session, voice)
    for minute, (login, (choice, rationale)) in enumerate(votes.items()):
        when = at + timedelta(minutes=minute)
        ballots.vote(session, _person(session, login), ballot, choice, rationale, now=when)


def close(session: Session, voice: Voice, at: datetime) -> None:
    ballots.close(session, None, _ballot(session, voice), now=at)


def sign(session: Session, voice: Voice, login: str, at: datetime) -> None:
    nomination = _nomination(session, voice)
    approvals.decide(
        session,
        _person(session, login),
        nomination,
        "sign",
        approvals.what_is_signed(session, nomination),
        password=SAMPLE_PASSWORD,
        now=at,
    )


def retire(session: Session, voice: Voice, at: datetime) -> None:
    retirements.retire(session, None, _nomination(session, voice), now=at)


def _person(session: Session, login: str) -> Person:
    return session.scalars(select(Person).where(Person.login == login)).one()


def _policy(session: Session, number: str) -> Policy:
    return session.scalars(select(Policy).where(Policy.number == number)).one()


def _ballot(session: Session, voice: Voice) -> Ballot:
    nomination = _nomination(session, voice)
    return session.scalars(select(Ballot).where(Ballot.nomination_id == nomination.id)).one()


def _nomination(session: Session, voice: Voice) -> Nomination:
    return session.scalars(select(Nomination).where(Nomination.what == voice.what)).one()


AYE = (Choice.RETIRE, "")
Deed = Callable[[Session, datetime], None]
WEEKS: tuple[tuple[float, Deed], ...] = (
    (20, lambda s, at: nominate(s, PAGERS, at)),
    (19, lambda s, at: nominate(s, HANDS, at)),
    (19, lambda s, at: answer(s, PAGERS, "take-up", "", at)),
    (18, lambda s, at: open_ballot(s, PAGERS, "IT-041", 5, 2, at)),
    (17, lambda s, at: vote(s, PAGERS, dict.fromkeys(COMMITTEE[:6], AYE), at)),
    (16, lambda s, at: nominate(s, CONSENT, at)),
    (
        15,
        lambda s, at: answer(
            s,
            CONSENT,
            "keep",
            "Two identifiers each time are a safety rule that we choose to keep. Tell patients why "
            "you ask; a card for the bedside is on its way.",
            at,
        ),
    ),
    (13, lambda s, at: close(s, PAGERS, at)),
    (12, lambda s, at: sign(s, PAGERS, ROUTE[0], at)),
    (11, lambda s, at: sign(s, PAGERS, ROUTE[1], at)),
    (10, lambda s, at: open_ballot(s, HANDS, "IC-014", 6, 14, at)),
    (
        9,
        lambda s, at: vote(
            s,
            HANDS,
            {
                **dict.fromkeys(COMMITTEE[:4], AYE),
                "pharmacist": (Choice.ABSTAIN, ""),
                "respiratory.therapist": (
                    Choice.CHANGE,
                    "Keep the part about jewelry until IC-014 has it.",
                ),
            },
            at,
        ),
    ),
    (8, lambda s, at: sign(s, PAGERS, ROUTE[2], at)),
    (6, lambda s, at: retire(s, PAGERS, at)),
    (5, lambda s, at: nominate(s, FIRE, at)),
    (4, lambda s, at: close(s, HANDS, at)),
    (3, lambda s, at: open_ballot(s, FIRE, "HR-310", 7, 7, at)),
    (2, lambda s, at: vote(s, FIRE, dict.fromkeys(COMMITTEE[:2], AYE), at)),
    (1, lambda s, at: sign(s, HANDS, ROUTE[0], at)),
    (1, lambda s, at: nominate(s, BAKE_SALE, at)),
    (0.2, lambda s, at: nominate(s, FRIDGE, at)),
)
