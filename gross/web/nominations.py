"""The page of one nomination: its way so far, its story, and what the reader may do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask_login import current_user
from wtforms import TextAreaField

from gross.actions import steps
from gross.domain.workflow import Offer, Role, Stage
from gross.store import approvals, ballots
from gross.store.ballots import Ballot
from gross.store.db import db
from gross.store.flags import Flag
from gross.store.nominations import Nomination
from gross.store.policies import Policy
from gross.web.edge import now
from gross.web.evidence import evidence_of
from gross.web.forms import Form, not_longer
from gross.web.stages import SENTENCES, label, reply_clock, stops
from gross.web.timeline import story, who
from gross.web.waiting import title_of

# Verbs that need no more than a reason; the others have a page of their own.
PLAIN = frozenset(
    [
        "take-up",
        "keep",
        "do-at-once",
        "pass-to-owner",
        "advocate",
        "withdraw",
        "call-off",
        "renew-approval",
    ]
)
_NAMES_POLICY = frozenset({Stage.SUBMITTED, Stage.TRIAGE})


class ReasonForm(Form):
    reason = TextAreaField("Your reason", [not_longer])


@dataclass(frozen=True, slots=True)
class Door:
    """An offer as drawn. `kind`: "press", "reason" (asks why first) or "page" (leads on)."""

    verb: str
    says: str
    hint: str
    url: str
    kind: str
    refusal: str | None


def show(
    nomination: Nomination,
    *,
    words: str = "",
    matches: Sequence[Policy] = (),
    wrong: tuple[str, ReasonForm] | None = None,
) -> str:
    """Render the page; `wrong` is a verb whose form did not pass, `matches` what a search found."""
    session, reader, instant = db.session(), current_user.person, now()
    rounds = ballots.of(session, nomination)
    signed = bool(rounds and approvals.signatures(session, rounds[-1].id))
    stage = Stage(nomination.stage)
    flag = db.session.get(Flag, nomination.flag_id) if nomination.flag_id else None
    offers = steps.offers_for(session, reader, nomination, now=instant)
    subjects = [f"nomination:{nomination.id}", *(f"ballot:{one.id}" for one in rounds)]
    return render_template(
        "nominations/nomination.html",
        nomination=nomination,
        title=title_of(nomination),
        stage=label(stage),
        sentence=SENTENCES[stage],
        stops=stops(stage, voted=bool(rounds), signed=signed),
        clock=reply_clock(nomination, now=instant),
        by=who(nomination.nominator, reader),
        flag=flag,
        evidence=evidence_of(flag, nomination.policy),
        rounds=rounds,
        sees_ballots=bool(reader.role_set & SEE_BALLOTS),
        takes_proof=Role.AUDITOR in reader.role_set,
        doors=[
            door(nomination, offer, rounds)
            for verb, offer in offers.items()
            if verb != "withdraw" or nomination.nominator_id == reader.id
        ],
        story=story(session, reader, subjects),
        may_name=Role.COMPLIANCE in reader.role_set and stage in _NAMES_POLICY,
        words=words,
        matches=matches,
        wrong=wrong or ("", None),
        reason_form=ReasonForm(formdata=None),
    )


SEE_BALLOTS = frozenset(
    {Role.COMMITTEE, Role.COMPLIANCE, Role.APPROVER, Role.STEWARD, Role.AUDITOR}
)
SAYS = {"close": "Close the ballot", "retire": "Retire the policy", "reopen": "Open a new ballot"}
_PAGES = {
    "send-to-ballot": "committee.open_ballot",
    "reopen": "committee.open_ballot",
    "sign": "approver.approval",
    "refuse": "approver.approval",
    "send-back": "approver.approval",
}


def door(nomination: Nomination, offer: Offer, rounds: Sequence[Ballot]) -> Door:
    """Where a step is taken: here, or on the page that shows what it rests on."""
    verb = offer.step.verb
    if verb in _PAGES:
        kind, url = "page", url_for(_PAGES[verb], nomination_id=nomination.id)
    elif verb == "close" and rounds:
        kind, url = "press", url_for("committee.close", ballot_id=rounds[-1].id)
    elif verb == "retire":
        kind, url = "press", url_for("steward.retire", nomination_id=nomination.id)
    else:
        kind = "reason" if offer.step.needs_reason else "press"
        url = url_for("staff.take_step", nomination_id=nomination.id, verb=verb)
    return Door(verb, SAYS.get(verb, offer.step.says), offer.step.hint, url, kind, offer.refusal)
