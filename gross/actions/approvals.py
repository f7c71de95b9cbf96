"""Sign a retirement, refuse it, or send it back: each with the password, over what was read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from gross.actions import ballots as ballot_deeds
from gross.actions import letters, steps
from gross.actions.people import password_fits
from gross.actions.steps import Made
from gross.domain.approval import Decision, Read, meaning
from gross.domain.errors import Refused
from gross.domain.workflow import Stage, Step
from gross.store import approvals, ballots
from gross.store.approvals import Office, Signature
from gross.store.ballots import Ballot
from gross.store.nominations import Nomination
from gross.store.people import Person

__all__ = ["Read", "decide", "state", "voided", "what_is_signed"]


def what_is_signed(session: Session, nomination: Nomination) -> Read:
    """What a signature would cover now; the page hands it out and gets it back.

    Raises:
        Refused: no ballot was counted, or the policy has no text.
    """
    read = approvals.what_is_signed(ballots.newest(session, nomination))
    if read is None:
        raise Refused("There is nothing to sign: no ballot on it was counted.")
    return read


def state(session: Session, nomination: Nomination) -> list[tuple[Office, Signature | None]]:
    """Every office in its order, with the signature that stands for it now."""
    signing = approvals.signing(session, ballots.newest(session, nomination))
    return [(office, signing.valid.get(office.id)) for office in signing.route]


def voided(session: Session, nomination: Nomination) -> list[Signature]:
    """Approvals of this round that no longer stand, because the text changed after them."""
    ballot = ballots.newest(session, nomination)
    if ballot is None:
        return []
    valid = {one.id for one in approvals.signing(session, ballot).valid.values()}
    made = approvals.signatures(session, ballot.id)
    return [one for one in made if one.decision == Decision.SIGN and one.id not in valid]


def decide(
    session: Session,
    actor: Person,
    nomination: Nomination,
    verb: str,
    read: Read,
    *,
    password: str,
    reason: str = "",
    now: datetime,
) -> None:
    """Sign, refuse or send back under the next office of the route.

    Raises:
        Refused: it is not `actor`'s turn, the password is wrong, what was read has changed, or a
            reason is missing.
    """
    if verb not in set(Decision):
        raise Refused("Sign it, refuse it or send it back.")
    decision = Decision(verb)

    def make(_: Step) -> Made:
        if not password_fits(actor, password):
            raise Refused("The password is wrong; nothing was signed.")
        if read != what_is_signed(session, nomination):
            raise Refused("The text or the count changed since you read it; read it again first.")
        ballot = ballots.newest(session, nomination)
        if ballot is None:
            raise Refused("There is nothing to sign: no ballot on it was counted.")
        office = approvals.signing(session, ballot).left[0]
        newer = ballot.edition.digest != read.edition_digest
        signature = Signature(
            ballot_id=ballot.id,
            office=office,
            person=actor,
            decision=decision,
            meaning=meaning(decision, office.name, newer_than_vote=newer),
            edition_digest=read.edition_digest,
            tally_digest=read.tally_digest,
            reason=reason.strip(),
            signed_at=now,
        )
        session.add(signature)
        return Made(_detail(ballot, signature))

    steps.take_step(session, actor, nomination, decision, reason, make=make, now=now)
    _write_letters(session, actor, nomination, decision, now=now)


def _detail(ballot: Ballot, signature: Signature) -> dict[str, str]:
    return {
        "ballot": str(ballot.id),
        "office": signature.office.name,
        "meaning": signature.meaning,
        "edition": signature.edition_digest,
        "tally": signature.tally_digest,
    }


def _write_letters(
    session: Session, actor: Person, nomination: Nomination, decision: Decision, *, now: datetime
) -> None:
    about = letters.about(nomination)
    told = steps.concerned(session, nomination)
    if decision is Decision.REFUSE:
        subject = f"An approver refused to retire {about}"
        letters.tell_all(session, told, subject, "refused", nomination, by=actor.name, now=now)
    elif decision is Decision.SEND_BACK:
        subject = f"An approver sent {about} back to compliance"
        letters.tell_all(session, told, subject, "sent_back", nomination, by=actor.name, now=now)
    elif nomination.stage == Stage.SCHEDULED:
        subject = f"{about} will retire"
        letters.tell_all(session, told, subject, "scheduled", nomination, now=now)
    else:
        ballot_deeds.ask_next_office(session, nomination, now=now)
