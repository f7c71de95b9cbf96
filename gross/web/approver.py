"""What waits for a signature, and the page on which what is signed is shown whole."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import HiddenField, PasswordField, TextAreaField
from wtforms.validators import InputRequired, Length

from gross.actions import approvals as acts
from gross.actions import steps
from gross.actions.people import password_fits
from gross.actions.retirements import impact
from gross.domain.approval import Decision, Read
from gross.domain.workflow import Role, Stage
from gross.store import ballots, waiting
from gross.store.db import db
from gross.store.nominations import Nomination
from gross.web import ballots as ballot_page
from gross.web.edge import Answer, now, open_to
from gross.web.forms import Form, not_longer
from gross.web.limits import LIMITER, by_visitor, sign_in_limit_by_account
from gross.web.loss import loss
from gross.web.timeline import standing
from gross.web.waiting import title_of

bp = Blueprint("approver", __name__)
READERS = (Role.APPROVER, Role.COMPLIANCE, Role.STEWARD, Role.AUDITOR)
LATEST = 25  # signed ones that the list still shows


class SignForm(Form):
    edition_digest = HiddenField(validators=[Length(max=64)])
    tally_digest = HiddenField(validators=[Length(max=64)])
    reason = TextAreaField("Your reason (needed to refuse or to send back)", [not_longer])
    password = PasswordField(
        "Your password",
        [InputRequired("Enter your password: it makes this your signature."), Length(max=256)],
    )


@bp.get("/approvals")
@open_to(*READERS)
def approvals() -> Answer:
    session, person = db.session(), current_user.person
    under_way = waiting.in_approval(session)
    signed = session.scalars(
        select(Nomination)
        .where(Nomination.stage.in_((Stage.SCHEDULED, Stage.RETIRED)))
        .order_by(Nomination.moved_at.desc(), Nomination.id.desc())
        .limit(LATEST)
        .options(joinedload(Nomination.policy))
    )
    return render_template(
        "approver/approvals.html",
        mine=[one for one in under_way if waiting.holds(person, one)],
        others=[one for one in under_way if not waiting.holds(person, one)],
        signed=signed.all(),
        title_of=title_of,
    )


@bp.get("/approvals/<int:nomination_id>")
@open_to(*READERS)
def approval(nomination_id: int) -> Answer:
    return _show(db.get_or_404(Nomination, nomination_id))


@bp.post("/approvals/<int:nomination_id>/<verb>")
@LIMITER.limit(sign_in_limit_by_account, key_func=by_visitor)
@open_to(Role.APPROVER)
def decide(nomination_id: int, verb: str) -> Answer:
    found, form = db.get_or_404(Nomination, nomination_id), SignForm()
    if verb not in list(Decision):
        abort(404)
    fits = form.validate_on_submit()
    if verb != Decision.SIGN and not (form.reason.data or "").strip():
        form.reason.errors = ["Give a reason: the nominator and everybody who voted read it."]
        fits = False
    if fits and not password_fits(current_user.person, form.password.data):
        form.password.errors = ["The password is wrong; nothing was signed."]  # a reason is kept
        fits = False
    if not fits:
        return _show(found, form), 422
    acts.decide(
        db.session(),
        current_user.person,
        found,
        verb,
        Read(form.edition_digest.data or "", form.tally_digest.data or ""),
        password=form.password.data,
        reason=form.reason.data or "",
        now=now(),
    )
    flash(DONE[Decision(verb)])
    return redirect(url_for(".approval", nomination_id=nomination_id))


DONE = {
    Decision.SIGN: "Signed. It is on the record.",
    Decision.REFUSE: "Refused. The nominator and everybody who voted read your reason.",
    Decision.SEND_BACK: "Sent back. Compliance, the nominator and the voters read your reason.",
}


def _show(nomination: Nomination, form: SignForm | None = None) -> str:
    """Render everything that a signature covers; 404 before there was a ballot."""
    session, person = db.session(), current_user.person
    newest = ballots.newest(session, nomination)
    policy = nomination.policy
    if newest is None or newest.closed_at is None or policy is None or policy.current is None:
        abort(404)
    ballot = ballot_page.load(newest.id)
    read = acts.what_is_signed(session, nomination)
    offers = steps.offers_for(session, person, nomination, now=now())
    return render_template(
        "approver/approval.html",
        nomination=nomination,
        policy=policy,
        title=f"Retire “{policy.title}”",
        ballot=ballot,
        tally=ballot.numbers,
        bars=ballot_page.bars(ballot),
        read=read,
        newer=ballot.edition_id != policy.current_id,
        impact=impact(session, policy),
        loss=loss(session, policy, nomination.successor) if nomination.successor else None,
        state=acts.state(session, nomination),
        offers={verb: offer for verb, offer in offers.items() if verb in list(Decision)},
        form=form or SignForm(formdata=None),
        by=standing(nomination.nominator) or "A colleague",
        is_open=nomination.stage == Stage.APPROVAL,
    )
