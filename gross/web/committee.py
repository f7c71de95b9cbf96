"""The committee's ballots: which wait for me, the vote, stepping back; and how one is opened."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from fractions import Fraction

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from gross.actions import ballots as acts
from gross.actions import steps
from gross.domain.ballot import NEEDS_RATIONALE, Choice
from gross.domain.calendar import local_day, moment
from gross.domain.workflow import Role
from gross.store import naming, waiting
from gross.store.ballots import Ballot
from gross.store.db import db
from gross.store.nominations import Nomination
from gross.store.policies import Policy
from gross.web import ballots as page
from gross.web import detectors
from gross.web.edge import Answer, now, open_to
from gross.web.forms import ButtonForm, Form
from gross.web.nominations import SEE_BALLOTS
from gross.web.paging import page_of
from gross.web.waiting import title_of

bp = Blueprint("committee", __name__)
PER_PAGE = 25
VOTES_TO = tuple(SEE_BALLOTS)

SHARES = [
    SelectChoice("1/2", "half"),
    SelectChoice("3/5", "three fifths"),
    SelectChoice("2/3", "two thirds"),
    SelectChoice("3/4", "three quarters"),
    SelectChoice("1", "all"),
]


@bp.get("/ballots")
@open_to(*VOTES_TO)
def ballots() -> Answer:
    session, person, instant = db.session(), current_user.person, now()
    mine = waiting.ballots_to_vote(session, person, now=instant)
    known = {ballot.id for ballot in mine}
    with_policy = joinedload(Ballot.nomination).joinedload(Nomination.policy)
    others = session.scalars(
        select(Ballot)
        .where(Ballot.closed_at.is_(None))
        .order_by(Ballot.closes_at, Ballot.id)
        .options(with_policy)
    )
    total = waiting.closed_ballots(session)
    at = page_of(request.args, total, PER_PAGE)
    closed = session.scalars(
        select(Ballot)
        .where(Ballot.closed_at.is_not(None))
        .order_by(Ballot.closed_at.desc(), Ballot.id.desc())
        .offset(at.offset)
        .limit(PER_PAGE)
        .options(with_policy)
    )
    return render_template(
        "committee/ballots.html",
        mine=mine,
        others=[ballot for ballot in others if ballot.id not in known],
        closed=closed.all(),
        page=at,
        title_of=title_of,
        now=instant,
        knows_detectors=bool(person.role_set & detectors.READERS),
    )


@bp.get("/ballots/<int:ballot_id>")
@open_to(*VOTES_TO)
def ballot(ballot_id: int) -> Answer:
    asked = request.args.get("choice", "")
    return page.show(page.load(ballot_id), asked=Choice(asked) if asked in page.ASKS_WHY else None)


@bp.post("/ballots/<int:ballot_id>/vote")
@open_to(Role.COMMITTEE)
def vote(ballot_id: int) -> Answer:
    found, form = page.load(ballot_id), page.VoteForm()
    if form.choice.data not in list(Choice):
        abort(400)
    choice = Choice(form.choice.data)
    fits = form.validate_on_submit()
    if choice in NEEDS_RATIONALE and not (form.rationale.data or "").strip():
        if "rationale" in request.form:
            form.rationale.errors = ["Give your reason; it is shown after the ballot closes."]
            return page.show(found, asked=choice, form=form), 422
        return page.show(found, asked=choice, form=form)
    if not fits:
        return page.show(found, asked=choice, form=form), 422
    acts.vote(
        db.session(), current_user.person, found, choice, form.rationale.data or "", now=now()
    )
    flash(f"Thank you. You voted {page.VOTED[choice]}.")
    return redirect(url_for(".ballot", ballot_id=ballot_id))


@bp.post("/ballots/<int:ballot_id>/recuse")
@open_to(Role.COMMITTEE)
def recuse(ballot_id: int) -> Answer:
    found, form = page.load(ballot_id), page.RecuseForm()
    if not form.validate_on_submit():
        return page.show(found), 422
    acts.recuse(db.session(), current_user.person, found, form.because.data or "", now=now())
    flash("You stepped back from this ballot. You count for neither quorum nor threshold.")
    return redirect(url_for(".ballot", ballot_id=ballot_id))


@bp.post("/ballots/<int:ballot_id>/close")
@open_to(Role.COMPLIANCE)
def close(ballot_id: int) -> Answer:
    found = page.load(ballot_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    acts.close(db.session(), current_user.person, found, now=now())
    flash(f"The ballot is closed. {found.result}")
    return redirect(url_for(".ballot", ballot_id=ballot_id))


HOURS = [SelectChoice(str(hour), f"{hour:02d}:00") for hour in range(24)]


class OpenForm(Form):
    closes_on = DateField("Closes on", [InputRequired("Say on which day it closes.")])
    closes_hour = SelectField("at", choices=HOURS)
    quorum = SelectField("Quorum: how many must vote", choices=SHARES)
    threshold = SelectField("Threshold: how many must say “retire”", choices=SHARES)
    notice_days = IntegerField(
        "Days of notice",
        [
            InputRequired("Say how many days of notice."),
            NumberRange(0, 365, "Between 0 and 365 days."),
        ],
    )
    successor = StringField("What to follow instead (its number)", [Length(max=200)])

    def validate_closes_on(self, field: DateField) -> None:
        """Days that no time zone can tell; whether it is too soon or late, the rules say."""
        if not 1900 < field.data.year < 9999:
            raise ValidationError("Choose a day within the next months.")

    @property
    def closes_at(self) -> datetime:
        """The hour is the hospital's, as all times on the pages are."""
        return datetime.combine(self.closes_on.data, time(int(self.closes_hour.data))).astimezone()


@bp.route("/nominations/<int:nomination_id>/ballot", methods=["GET", "POST"])
@open_to(Role.COMPLIANCE)
def open_ballot(nomination_id: int) -> Answer:
    nomination = db.get_or_404(Nomination, nomination_id)
    form = OpenForm(data=_proposed(nomination))
    if form.validate_on_submit():
        successor = _successor(form)
        if not form.successor.errors:
            made = acts.open_ballot(
                db.session(), current_user.person, nomination, _terms(form, successor), now=now()
            )
            flash(f"The ballot is open until {moment(form.closes_at)}.")
            return redirect(url_for(".ballot", ballot_id=made.id))
    session = db.session()
    offers = steps.offers_for(session, current_user.person, nomination, now=now())
    offer = offers.get("send-to-ballot") or offers.get("reopen")
    committee = steps.committee(session, nomination)
    rendered = render_template(
        "committee/open_ballot.html",
        nomination=nomination,
        title=title_of(nomination),
        form=form,
        offer=offer,
        voters=[person for person, because in committee if not because],
        recused=[(person, because) for person, because in committee if because],
    )
    return rendered, 422 if form.is_submitted() else 200


def _proposed(nomination: Nomination) -> dict[str, object]:
    settings = current_app.config["GROSS"].settings
    day = local_day(now() + timedelta(days=settings.ballot_days))
    return {
        "closes_on": day,
        "closes_hour": "17",
        "quorum": settings.quorum,
        "threshold": settings.threshold,
        "notice_days": settings.notice_days,
        "successor": nomination.successor.number if nomination.successor else "",
    }


def _successor(form: OpenForm) -> Policy | None:
    """The policy whose number was given; the form learns of a number that is nobody's."""
    number = (form.successor.data or "").strip()
    found = naming.by_number(db.session(), number) if number else None
    if number and found is None:
        form.successor.errors = [f"No single policy has the number “{number}”."]
    return found


def _terms(form: OpenForm, successor: Policy | None) -> acts.Terms:
    return acts.Terms(
        closes_at=form.closes_at,
        quorum=Fraction(form.quorum.data),
        threshold=Fraction(form.threshold.data),
        notice_days=form.notice_days.data,
        successor=successor,
    )
