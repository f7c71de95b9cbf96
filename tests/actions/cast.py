"""The people of a nomination's life, and short ways to each of its stages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import count

from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gross.actions import approvals, ballots, nominations, retirements
from gross.actions.ballots import Terms
from gross.domain.ballot import Choice
from gross.domain.ledger import first_break
from gross.store import ledger
from gross.store.approvals import Office, OfficeHolder
from gross.store.ballots import Ballot
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from gross.store.outbox import Letter
from gross.store.people import Person
from gross.store.policies import Edition, Policy
from tests.actions.racing import PASSWORD, WEEK
from tests.conftest import NOW

# The parameters lie in the hash itself: signing is as real as ever, and quick.
CHEAP_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
YES, NO = Choice.RETIRE, Choice.KEEP
_numbers = count(1)


@dataclass
class Cast:
    """nurse nominates, reviewer is compliance, members vote, cno and then cmo sign."""

    session: Session
    nurse: Person
    reviewer: Person
    members: list[Person]
    cno: Person
    cmo: Person
    steward: Person
    policy: Policy
    now: datetime = NOW
    offices: list[Office] = field(default_factory=list)

    def nominated(self, nominator: Person | None = None, **more) -> Nomination:
        more = {"policy": self.policy, "what": "Badges", "why": "Nobody looks."} | more
        return nominations.nominate(self.session, nominator or self.nurse, now=self.now, **more)

    def terms(self, **changed) -> Terms:
        usual = {
            "closes_at": self.now + WEEK,
            "quorum": Fraction(1, 2),
            "threshold": Fraction(2, 3),
            "notice_days": 14,
            "successor": None,
        }
        return Terms(**(usual | changed))

    def on_ballot(self, nomination: Nomination | None = None, **terms) -> Ballot:
        nomination = nomination or self.nominated()
        return ballots.open_ballot(
            self.session, self.reviewer, nomination, self.terms(**terms), now=self.now
        )

    def vote(self, ballot: Ballot, *choices: Choice) -> None:
        for member, choice in zip(self.members, choices, strict=False):
            ballots.vote(self.session, member, ballot, choice, "Because.", now=self.now)

    def closed(self, *choices: Choice, **terms) -> Nomination:
        """Voted on, and counted when its time was over."""
        ballot = self.on_ballot(**terms)
        self.vote(ballot, *choices)
        self.now = ballot.closes_at
        ballots.close(self.session, None, ballot, now=self.now)
        return ballot.nomination

    def in_approval(self, **terms) -> Nomination:
        return self.closed(YES, YES, YES, **terms)

    def decide(self, person: Person, nomination: Nomination, verb: str = "sign", **more) -> None:
        read = approvals.what_is_signed(self.session, nomination)
        more = {"password": PASSWORD, "now": self.now} | more
        approvals.decide(self.session, person, nomination, verb, read, **more)

    def scheduled(self, **terms) -> Nomination:
        nomination = self.in_approval(**terms)
        self.decide(self.cno, nomination)
        self.decide(self.cmo, nomination)
        return nomination

    def retired(self, **terms) -> Nomination:
        nomination = self.scheduled(**terms)
        self.now += timedelta(days=nomination.notice_days)
        retirements.retire(self.session, None, nomination, now=self.now)
        return nomination

    def new_edition(self, policy: Policy | None = None, text: str = "Badges are green.") -> None:
        policy = policy or self.policy
        edition = Edition(
            policy_id=policy.id,
            digest=f"{next(_numbers):f>64}",
            filename="new.txt",
            size_bytes=len(text),
            text=text,
            word_count=3,
            imported_at=self.now,
        )
        self.session.add(edition)
        self.session.flush()
        policy.current = edition
        self.session.flush()

    def entries(self) -> int:
        self.session.flush()
        return self.session.scalar(select(func.count()).select_from(LedgerRow))

    def last_entry(self):
        _, seal = ledger.head(self.session)
        return self.session.scalar(select(LedgerRow).where(LedgerRow.seal == seal)).content

    def chain_holds(self) -> bool:
        return first_break(ledger.rows(self.session)) is None

    def letters_to(self, person: Person) -> list[Letter]:
        self.session.flush()
        query = select(Letter).where(Letter.person_id == person.id).order_by(Letter.id)
        return list(self.session.scalars(query))

    def subjects_to(self, person: Person) -> list[str]:
        return [letter.subject for letter in self.letters_to(person)]


def make_cast(session: Session) -> Cast:
    def person(login: str, roles: str, **more) -> Person:
        made = Person(
            login=login,
            name=login.title(),
            roles=f"staff {roles}".strip(),
            email=f"{login}@example.org",
            password_hash=CHEAP_HASH,
            **more,
        )
        session.add(made)
        session.flush()
        return made

    policy = make_policy(session, "HR-7", "Badge Colours")
    cast = Cast(
        session=session,
        nurse=person("nurse", ""),
        reviewer=person("reviewer", "compliance"),
        members=[person(f"member{n}", "committee", profession="nurse") for n in (1, 2, 3)],
        cno=person("cno", "approver"),
        cmo=person("cmo", "approver"),
        steward=person("steward", "steward"),
        policy=policy,
    )
    for position, (name, holder) in enumerate((("CNO", cast.cno), ("CMO", cast.cmo)), start=1):
        office = Office(name=name, position=position, holders=[OfficeHolder(person=holder)])
        session.add(office)
        cast.offices.append(office)
    session.flush()
    return cast


def make_policy(
    session: Session, number: str, title: str, *, cites: tuple[tuple[str, str], ...] = (), **columns
) -> Policy:
    policy = Policy(source=f"{next(_numbers)}.txt", number=number, title=title, **columns)
    session.add(policy)
    session.flush()
    policy.current = Edition(
        policy_id=policy.id,
        digest=f"{next(_numbers):0>64}",
        filename="a.txt",
        size_bytes=9,
        text="Badges are blue.",
        word_count=3,
        refs=json.dumps([[0, 1, number, title] for number, title in cites]),
        imported_at=NOW,
    )
    session.flush()
    return policy
