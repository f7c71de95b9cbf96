"""Retirements: what leaves on which day, and what has left."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gross.actions import retirements as acts
from gross.domain import steps
from gross.domain.calendar import local_day
from gross.domain.workflow import Facts, Offer, Role, Stage, offers
from gross.store import waiting
from gross.store.db import db
from gross.store.nominations import Nomination
from gross.web.edge import Answer, now, open_to
from gross.web.forms import ButtonForm
from gross.web.nominations import ReasonForm
from gross.web.paging import page_of
from gross.web.waiting import title_of

bp = Blueprint("steward", __name__)
PER_PAGE = 25


@bp.get("/retirements")
@open_to(Role.STEWARD, Role.COMPLIANCE, Role.AUDITOR)
def retirements() -> Answer:
    session = db.session()
    is_retired = Nomination.stage == Stage.RETIRED
    total = session.scalar(select(func.count(Nomination.id)).where(is_retired)) or 0
    page = page_of(request.args, total, PER_PAGE)
    retired = session.scalars(
        select(Nomination)
        .where(is_retired)
        .order_by(Nomination.retired_at.desc(), Nomination.id.desc())
        .offset(page.offset)
        .limit(PER_PAGE)
        .options(joinedload(Nomination.policy), joinedload(Nomination.successor))
    )
    return render_template(
        "steward/retirements.html",
        scheduled=[(one, _offers(one)) for one in waiting.to_retire(session)],
        retired=retired.all(),
        total=total,
        page=page,
        title_of=title_of,
        reason_form=ReasonForm(formdata=None),
        is_steward=Role.STEWARD in current_user.person.role_set,
    )


@bp.post("/retirements/<int:nomination_id>/retire")
@open_to(Role.STEWARD)
def retire(nomination_id: int) -> Answer:
    found = db.get_or_404(Nomination, nomination_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    acts.retire(db.session(), current_user.person, found, now=now())
    flash(f"“{title_of(found)}” is retired. Everybody concerned is told.")
    return redirect(url_for(".retirements"))


def _offers(nomination: Nomination) -> dict[str, Offer]:
    """Retire and call off, from what the list has at hand; the deed itself looks at everything."""
    policy = nomination.policy
    facts = Facts(
        roles=current_user.person.role_set,
        today=local_day(now()),
        legal_hold=policy is not None and policy.legal_hold,
        policy_retired=policy is not None and policy.retired_at is not None,
        retire_on=nomination.retire_on,
    )
    found = offers(steps.ALL, Stage.SCHEDULED, facts)
    return {verb: offer for verb, offer in found.items() if verb in {"retire", "call-off"}}
