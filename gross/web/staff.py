"""What any member of staff does: nominate stupid stuff, and follow what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from gross.actions import nominations as deeds
from gross.actions import steps
from gross.domain.steps import ALL
from gross.domain.workflow import Role, Stage
from gross.store import naming
from gross.store import nominations as stored
from gross.store.db import Base, db
from gross.store.flags import Flag
from gross.store.nominations import Nomination
from gross.store.policies import Policy
from gross.web.edge import EVERYBODY, Answer, now, open_to
from gross.web.forms import Form, not_longer
from gross.web.nominations import PLAIN, SEE_BALLOTS, ReasonForm, show
from gross.web.paging import page_of
from gross.web.stages import REPLY_DAYS, label, reply_clock
from gross.web.timeline import who
from gross.web.waiting import sections, title_of

bp = Blueprint("staff", __name__)
PER_PAGE = 25
# Where nominations go on, for those who may read it there.
ALSO = (
    ("Ballots", "committee.ballots", SEE_BALLOTS),
    ("Approvals", "approver.approvals", SEE_BALLOTS - {Role.COMMITTEE}),
    ("Retirements", "steward.retirements", SEE_BALLOTS - {Role.COMMITTEE, Role.APPROVER}),
)
T = TypeVar("T", bound=Base)


@bp.get("/")
@open_to(*EVERYBODY)
def home() -> Answer:
    found = sections(db.session(), current_user.person, now=now())
    return render_template("staff/home.html", sections=found)


class NominateForm(Form):
    what = TextAreaField("What is it?", [DataRequired("Say what it is."), not_longer])
    why = TextAreaField(
        "Why does it waste your time?", [DataRequired("Say why it wastes your time."), not_longer]
    )
    where_met = TextAreaField("Where do you meet it? (you can leave this out)", [not_longer])


@bp.route("/nominations/new", methods=["GET", "POST"])
@open_to(*EVERYBODY)
def nominate() -> Answer:
    policy, flag = _named(Policy, request.args, "policy"), _named(Flag, request.args, "flag")
    form = NominateForm()
    if form.validate_on_submit():
        made = deeds.nominate(
            db.session(),
            current_user.person,
            what=form.what.data,
            why=form.why.data,
            where_met=form.where_met.data or "",
            policy=policy,
            flag=flag,
            now=now(),
        )
        flash(f"Thank you. Compliance answers within {REPLY_DAYS} days; you follow it here.")
        return redirect(url_for(".nomination", nomination_id=made.id))
    page = render_template("staff/nominate.html", form=form, policy=policy, flag=flag)
    return page, 422 if form.is_submitted() else 200


@bp.get("/nominations")
@open_to(*EVERYBODY)
def nominations() -> Answer:
    session, reader = db.session(), current_user.person
    mine = request.args.get("mine") == "1"
    nominator_id = reader.id if mine else None
    stage = next((one for one in Stage if one.value == request.args.get("stage")), None)
    counts = stored.counted(session, nominator_id=nominator_id)
    total = counts.get(stage, 0) if stage else sum(counts.values())
    page = page_of(request.args, total, PER_PAGE)
    rows = stored.listed(
        session,
        nominator_id=nominator_id,
        stage=stage,
        start=page.offset,
        most=PER_PAGE,
    )
    return render_template(
        "nominations/list.html",
        rows=[_row(one) for one in rows],
        counts=[(one, label(one), counts[one]) for one in Stage if one in counts],
        all=sum(counts.values()),
        stage=stage,
        mine=mine,
        also=[(says, url_for(end)) for says, end, roles in ALSO if roles & reader.role_set],
        total=total,
        page=page,
    )


@bp.get("/nominations/<int:nomination_id>")
@open_to(*EVERYBODY)
def nomination(nomination_id: int) -> Answer:
    return show(db.get_or_404(Nomination, nomination_id))


@bp.post("/nominations/<int:nomination_id>/policy")
@open_to(Role.COMPLIANCE)
def name_policy(nomination_id: int) -> Answer:
    found = db.get_or_404(Nomination, nomination_id)
    words = request.form.get("policy", "").strip()[:200]
    policy = _named(Policy, request.form, "policy_id") or naming.by_number(db.session(), words)
    if policy is None:
        return show(found, words=words, matches=naming.matching(db.session(), words)), 422
    deeds.name_policy(db.session(), current_user.person, found, policy, now=now())
    flash(f"The nomination is about {policy.label}.")
    return redirect(url_for(".nomination", nomination_id=nomination_id))


@bp.post("/nominations/<int:nomination_id>/<verb>")
@open_to(*EVERYBODY)
def take_step(nomination_id: int, verb: str) -> Answer:
    found = db.get_or_404(Nomination, nomination_id)
    if verb not in PLAIN:
        abort(404)
    if not current_user.person.role_set & {step.role for step in ALL if step.verb == verb}:
        abort(403)
    form = ReasonForm()
    if not form.validate_on_submit():
        return show(found, wrong=(verb, form)), 422
    session, person = db.session(), current_user.person
    steps.take_step(session, person, found, verb, form.reason.data or "", now=now())
    flash(f"Done. The nomination is now: {label(Stage(found.stage)).lower()}.")
    return redirect(url_for(".nomination", nomination_id=nomination_id))


def is_id(text: str) -> bool:
    """Could this be a row's number? ASCII digits, and no more than a database holds."""
    return text.isascii() and text.isdecimal() and len(text) <= 18


def _named(table: type[T], given: Mapping[str, str], name: str) -> T | None:
    """The row that was named, None when none was, 404 when there is no such row."""
    asked = given.get(name, "")
    if not asked:
        return None
    if not is_id(asked):
        abort(404)
    return db.get_or_404(table, int(asked))


def _row(one: Nomination) -> dict[str, object]:
    return {
        "nomination": one,
        "title": title_of(one),
        "by": who(one.nominator, current_user.person),
        "stage": label(Stage(one.stage)),
        "clock": reply_clock(one, now=now()),
    }
