"""Take a nomination's next step: the one place that moves it, and what the guards look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from gross.actions import letters
from gross.domain.ballot import Rule, why_no_quorum
from gross.domain.calendar import local_day
from gross.domain.errors import Refused
from gross.domain.steps import ALL
from gross.domain.workflow import Facts, Offer, Role, Stage, Step, choose, offers
from gross.intake.clean import clean
from gross.store import approvals, ballots, ledger, nominations, people
from gross.store.ballots import Ballot
from gross.store.ledger import Deed
from gross.store.nominations import Nomination
from gross.store.people import Person

TEXT_MOST = 2000  # characters of one answer
# Steps with an action of their own: a ballot's terms, its count or a signature come with them.
OWN_DEEDS = {
    "send-to-ballot": "A ballot needs its terms; open it on its own page.",
    "reopen": "A ballot needs its terms; open it on its own page.",
    "close": "A ballot is closed on its own page.",
    "sign": "A signature needs your password; sign on the approval's own page.",
    "refuse": "A refusal needs your password; refuse on the approval's own page.",
    "send-back": "Sending back needs your password; do it on the approval's own page.",
    "retire": "Retire the policy on its own page.",
    "close-with-policy": "This closes by itself when its policy retires.",
}
# What the nominator is told when a step of the table is all there is to it.
_LETTERS = {
    "take-up": ("Compliance is looking at your nomination of {about}", "taken_up"),
    "keep": ("An answer to your nomination of {about}: it stays", "answered"),
    "do-at-once": ("An answer to your nomination of {about}: done", "answered"),
    "pass-to-owner": ("An answer to your nomination of {about}: its owner revises it", "answered"),
    "advocate": ("An answer to your nomination of {about}: the rule is not ours", "answered"),
    "call-off": ("The retirement of {about} is called off", "called_off"),
    "renew-approval": ("The text of {about} changed; it is signed again", "approval_renewed"),
}
_TOLD_TO_VOTERS = frozenset({"call-off"})


@dataclass(frozen=True, slots=True)
class Made:
    """What an action of its own wrote with a step: the entry's details, and the answer if any."""

    detail: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""


def take_step(
    session: Session,
    actor: Person | None,
    nomination: Nomination,
    verb: str,
    reason: str = "",
    *,
    make: Callable[[Step], Made] | None = None,
    now: datetime,
) -> None:
    """Move `nomination` along by `verb`; `actor` is None when the clock takes the step.

    `make` writes what comes with the step, once the step is known to be allowed; a verb with an
    action of its own is refused without it, so that a posted verb skips no ballot or signature.

    Raises:
        Refused: the workflow has no such step here, a guard objects, or a reason is missing.
    """
    known = facts(session, actor, nomination, now=now)
    step = choose(ALL, Stage(nomination.stage), verb, known)
    if make is None and verb in OWN_DEEDS:
        raise Refused(OWN_DEEDS[verb])
    reason = clean(reason).strip()
    if step.needs_reason and not reason:
        raise Refused(f"Give a reason to {verb.replace('-', ' ')}; the nominator reads it.")
    if len(reason) > TEXT_MOST:
        raise Refused(f"Keep the reason under {TEXT_MOST:,} characters.")
    made = make(step) if make is not None else Made()
    nomination.stage = step.target
    nomination.moved_at = now
    nomination.answer = reason or made.answer or nomination.answer
    _set_days(nomination, step.target, now=now)
    detail = {"from": step.source, "to": step.target, **made.detail}
    record(session, actor, verb, nomination, detail, {"reason": reason} if reason else {}, now=now)
    _write_letters(session, nomination, step, now=now)


def facts(
    session: Session, actor: Person | None, nomination: Nomination, *, now: datetime
) -> Facts:
    """Gather what the guards look at."""
    policy = nomination.policy
    held = ballots.of(session, nomination)
    newest = held[-1] if held else None
    signing = approvals.signing(session, newest)
    next_office = signing.left[0] if signing.left else None
    return Facts(
        roles=roles_of(actor),
        today=local_day(now),
        is_nominator=actor is not None and actor.id == nomination.nominator_id,
        is_owner=actor is not None and policy is not None and actor.id == policy.owner_id,
        names_policy=policy is not None,
        policy_retired=policy is not None and policy.retired_at is not None,
        other_under_way=policy is not None
        and bool(nominations.others(session, nomination, policy.id, nominations.UNDER_WAY)),
        legal_hold=policy is not None and policy.legal_hold,
        electors=sum(not because for _, because in committee(session, nomination)),
        tally=newest.numbers if newest else None,
        rule=newest.rule if newest else Rule(),
        ballot_over=newest is not None and is_over(newest, now=now),
        reopened=len(held) > 1 and why_no_quorum(held[-2].numbers, held[-2].rule) is not None,
        offices_left=tuple(office.name for office in signing.left),
        holds_next_office=next_office is not None and actor in next_office.people,
        has_signed=actor is not None and actor.id in signing.signers,
        text_signed=signing.text_signed,
        retire_on=nomination.retire_on,
    )


def offers_for(
    session: Session, actor: Person, nomination: Nomination, *, now: datetime
) -> dict[str, Offer]:
    """Every verb that `actor` has here, with the sentence that greys it where a guard objects."""
    known = facts(session, actor, nomination, now=now)
    return offers(ALL, Stage(nomination.stage), known)


def committee(session: Session, nomination: Nomination) -> list[tuple[Person, str]]:
    """Everybody on the committee now, each with why they must not vote on this, or ""."""
    owner_id = nomination.policy.owner_id if nomination.policy else None
    because = {owner_id: "Owns the policy.", nomination.nominator_id: "Nominated it."}
    return [
        (person, because.get(person.id, "")) for person in people.holding(session, Role.COMMITTEE)
    ]


def is_over(ballot: Ballot, *, now: datetime) -> bool:
    """Say whether an open ballot may be counted: its time has passed, or everybody has voted."""
    voted = all(elector.paper is not None for elector in ballot.eligible)
    return now >= ballot.closes_at or voted


def concerned(session: Session, nomination: Nomination) -> list[Person]:
    """The nominator, and who was on the roll of its newest ballot."""
    ballot = ballots.newest(session, nomination)
    voters = [elector.person for elector in ballot.eligible] if ballot else []
    return [nomination.nominator, *voters]


def roles_of(actor: Person | None) -> frozenset[Role]:
    """The roles that count now: the clock's for nobody, none for a disabled person."""
    if actor is None:
        return frozenset({Role.CLOCK})
    return actor.role_set if actor.disabled_at is None else frozenset()


def _set_days(nomination: Nomination, target: Stage, *, now: datetime) -> None:
    if target is Stage.SCHEDULED:
        nomination.retire_on = local_day(now) + timedelta(days=nomination.notice_days)
    elif target is Stage.RETIRED:
        nomination.retired_at = now
    else:
        nomination.retire_on = None  # called off, or to be signed again


def _write_letters(session: Session, nomination: Nomination, step: Step, *, now: datetime) -> None:
    if step.verb not in _LETTERS:
        return
    subject, template = _LETTERS[step.verb]
    voters = step.verb in _TOLD_TO_VOTERS
    told = concerned(session, nomination) if voters else [nomination.nominator]
    subject = subject.format(about=letters.about(nomination))
    letters.tell_all(session, told, subject, template, nomination, verb=step.verb, now=now)


def record(
    session: Session,
    actor: Person | None,
    verb: str,
    nomination: Nomination,
    detail: Mapping[str, str],
    texts: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    """Append the deed's one entry to the ledger."""
    deed = Deed(
        f"person:{actor.id}" if actor else "clock",
        verb,
        f"nomination:{nomination.id}",
        detail,
        texts,
    )
    ledger.append(session, deed, now=now)
