"""Open a ballot on a nomination, vote, step back, and count it once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from gross.actions import letters, steps
from gross.actions.steps import TEXT_MOST, Made, roles_of
from gross.domain.ballot import (
    NEEDS_RATIONALE,
    Choice,
    Count,
    Rule,
    canonical,
    digest,
    sentence,
    why_not_a_rule,
)
from gross.domain.errors import Refused
from gross.domain.workflow import Role, Stage, Step
from gross.intake.clean import clean
from gross.store import approvals, ballots, ledger
from gross.store.ballots import Ballot, Elector, Paper
from gross.store.ledger import Deed
from gross.store.nominations import Nomination
from gross.store.people import Person
from gross.store.policies import Policy

OPEN_LEAST = timedelta(hours=1)
OPEN_MOST = timedelta(days=90)
NOTICE_MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Terms:
    """What a ballot is held by, settled at its opening and never relaxed afterwards."""

    closes_at: datetime
    quorum: Fraction
    threshold: Fraction
    notice_days: int  # from the last signature to retirement
    successor: Policy | None = None  # what to follow instead


def open_ballot(
    session: Session, actor: Person, nomination: Nomination, terms: Terms, *, now: datetime
) -> Ballot:
    """Freeze the electorate and ask it; a ballot without quorum is opened again the same way.

    Raises:
        Refused: the step is not to be had here, or the terms cannot be held.
    """
    opened: list[Ballot] = []

    def make(_: Step) -> Made:
        _check(nomination, terms, now=now)
        ballot = _ballot(session, nomination, terms, now=now)
        nomination.successor = terms.successor
        nomination.notice_days = terms.notice_days
        opened.append(ballot)
        return Made(_terms_detail(ballot, terms))

    again = nomination.stage == Stage.NO_QUORUM
    verb = "reopen" if again else "send-to-ballot"
    steps.take_step(session, actor, nomination, verb, make=make, now=now)
    ballot = opened[0]
    about = letters.about(nomination)
    letters.tell_all(
        session,
        [elector.person for elector in ballot.eligible],
        f"Your vote, please: {about}",
        "vote_asked",
        nomination,
        path=page_of(ballot),
        closes_at=ballot.closes_at,
        now=now,
    )
    subject = f"The committee votes on {about}"
    letters.tell(
        session,
        nomination.nominator,
        subject,
        "ballot_opened",
        nomination,
        closes_at=ballot.closes_at,
        now=now,
    )
    return ballot


def vote(
    session: Session,
    actor: Person,
    ballot: Ballot,
    choice: Choice,
    rationale: str = "",
    *,
    now: datetime,
) -> Paper:
    """Cast a vote, or replace the one cast before.

    The ledger holds the choice as a commitment: whoever reads it before the close learns nothing.

    Raises:
        Refused: `actor` may not vote on this, it is too late, or the choice needs a rationale.
    """
    elector = _elector(session, actor, ballot, now=now)
    if Role.COMMITTEE not in roles_of(actor):
        raise Refused("Your roles no longer include voting.")
    rationale = clean(rationale).strip()
    if choice in NEEDS_RATIONALE and not rationale:
        raise Refused("Say why: a vote to keep it or to change it needs a rationale.")
    if len(rationale) > TEXT_MOST:
        raise Refused(f"Keep the rationale under {TEXT_MOST:,} characters.")
    paper = elector.paper
    if paper is None:
        paper = elector.paper = Paper(elector_id=elector.id)
    paper.choice, paper.rationale, paper.cast_at = choice, rationale, now
    texts = {"choice": str(choice)} | ({"rationale": rationale} if rationale else {})
    _record(session, actor, "vote", ballot, {}, texts, now=now)
    return paper


def recuse(session: Session, actor: Person, ballot: Ballot, because: str, *, now: datetime) -> None:
    """Step aside: a vote already cast is withdrawn, and the quorum's base shrinks.

    Raises:
        Refused: `actor` is not on the roll or stepped back before, it is too late, or no reason.
    """
    elector = _elector(session, actor, ballot, now=now)
    because = clean(because).strip()
    if not because:
        raise Refused("Say why you step back.")
    if len(because) > TEXT_MOST:
        raise Refused(f"Keep the reason under {TEXT_MOST:,} characters.")
    withdrew = elector.paper is not None
    elector.paper = None
    elector.recused_at, elector.recused_because = now, because
    detail = {"withdrew_vote": "yes" if withdrew else "no"}
    _record(session, actor, "recuse", ballot, detail, {"because": because}, now=now)


def close(session: Session, actor: Person | None, ballot: Ballot, *, now: datetime) -> None:
    """Count a ballot, once; `actor` is None when the clock does it.

    Raises:
        Refused: it is closed, it is not over, or it is not `actor`'s to close.
    """
    if ballot.closed_at is not None:
        raise Refused("The ballot is closed already.")
    if now < ballot.opened_at:
        raise Refused("The server's clock stands before the ballot's opening; nothing was counted.")
    nomination = ballot.nomination

    def make(_: Step) -> Made:
        tally = ballot.numbers
        ballot.result = sentence(tally, ballot.rule)
        ballot.tally = canonical(
            Count(ballot.id, ballot.edition.digest, ballot.rule, tally, _roll(ballot))
        )
        ballot.closed_at = now
        detail = {"ballot": str(ballot.id), "tally": digest(ballot.tally), "result": ballot.result}
        return Made(detail, answer=ballot.result)

    steps.take_step(session, actor, nomination, "close", make=make, now=now)
    subject = f"The result of the ballot on {letters.about(nomination)}"
    told = steps.concerned(session, nomination)
    letters.tell_all(
        session, told, subject, "ballot_closed", nomination, result=ballot.result, now=now
    )
    if nomination.stage == Stage.APPROVAL:
        ask_next_office(session, nomination, now=now)


def ask_next_office(session: Session, nomination: Nomination, *, now: datetime) -> None:
    """Write to the holders of the office whose signature is next."""
    left = approvals.signing(session, ballots.newest(session, nomination)).left
    if left:
        about = letters.about(nomination)
        letters.tell_all(
            session,
            [person for person in left[0].people if person.id != nomination.nominator_id],
            f"Your signature, please: {about}",
            "signature_asked",
            nomination,
            path=f"/approvals/{nomination.id}",
            office=left[0].name,
            now=now,
        )


def page_of(ballot: Ballot) -> str:
    return f"/ballots/{ballot.id}"


def _check(nomination: Nomination, terms: Terms, *, now: datetime) -> None:
    if not now + OPEN_LEAST <= terms.closes_at <= now + OPEN_MOST:
        raise Refused("A ballot closes at least an hour and at most 90 days from now.")
    if (wrong := why_not_a_rule(Rule(terms.quorum, terms.threshold))) is not None:
        raise Refused(wrong)
    if not 0 <= terms.notice_days <= NOTICE_MOST_DAYS:
        raise Refused(f"The notice is from 0 to {NOTICE_MOST_DAYS} days.")
    if terms.successor is None:
        return
    if terms.successor.id == nomination.policy_id:
        raise Refused("A policy cannot be its own successor.")
    if terms.successor.retired_at is not None:
        raise Refused(f"The successor “{terms.successor.label}” is retired; choose another.")


def _ballot(session: Session, nomination: Nomination, terms: Terms, *, now: datetime) -> Ballot:
    policy = nomination.policy
    if policy is None or policy.current is None:
        raise Refused("The policy has no text that could be voted on.")
    roll = [
        Elector(
            person=person,
            profession=person.profession,
            recused_at=now if because else None,
            recused_because=because,
        )
        for person, because in steps.committee(session, nomination)
    ]
    ballot = Ballot(
        nomination=nomination,
        edition=policy.current,
        opened_at=now,
        closes_at=terms.closes_at,
        quorum=str(terms.quorum),
        threshold=str(terms.threshold),
        electors=roll,
    )
    session.add(ballot)
    session.flush()  # the ledger needs ballot.id
    return ballot


def _terms_detail(ballot: Ballot, terms: Terms) -> dict[str, str]:
    recused = [elector for elector in ballot.electors if elector.recused_at is not None]
    return {
        "ballot": str(ballot.id),
        "edition": ballot.edition.digest,
        "closes_at": ballot.closes_at.isoformat(timespec="seconds"),
        "quorum": ballot.quorum,
        "threshold": ballot.threshold,
        "notice_days": str(terms.notice_days),
        "successor": str(terms.successor.id) if terms.successor else "",
        "electors": " ".join(f"person:{elector.person_id}" for elector in ballot.eligible),
        "recused": "; ".join(f"person:{one.person_id} {one.recused_because}" for one in recused),
    }


def _elector(session: Session, actor: Person, ballot: Ballot, *, now: datetime) -> Elector:
    elector = ballots.elector(session, ballot, actor)
    if elector is None:
        raise Refused("You are not on the roll of this ballot.")
    if elector.recused_at is not None:
        raise Refused("You stepped back from this ballot.")
    if ballot.closed_at is not None:
        raise Refused("The ballot is closed.")
    if now >= ballot.closes_at:
        raise Refused("The ballot's closing time has passed.")
    if now < ballot.opened_at:
        raise Refused("The server's clock stands before the ballot's opening; nothing was changed.")
    return elector


def _roll(ballot: Ballot) -> tuple[tuple[int, str], ...]:
    def said(elector: Elector) -> str:
        if elector.recused_at is not None:
            return "recused"
        return elector.paper.choice if elector.paper else ""

    return tuple((elector.person_id, said(elector)) for elector in ballot.electors)


def _record(
    session: Session,
    actor: Person,
    verb: str,
    ballot: Ballot,
    detail: dict[str, str],
    texts: dict[str, str],
    *,
    now: datetime,
) -> None:
    known = {"nomination": str(ballot.nomination_id), **detail}
    deed = Deed(f"person:{actor.id}", verb, f"ballot:{ballot.id}", known, texts)
    ledger.append(session, deed, now=now)
