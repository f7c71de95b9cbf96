"""The terms that scans look for: the shipped list, and what compliance and the steward add."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from gross.actions import terms as acts
from gross.analysis.knowledge import superseded_terms
from gross.domain.workflow import Role
from gross.store import terms
from gross.store.db import db
from gross.store.terms import OwnTerm
from gross.web.answers import LARGEST_ID
from gross.web.edge import Answer, now, open_to
from gross.web.forms import ButtonForm, Form, not_longer
from gross.web.paging import page_of

bp = Blueprint("terms", __name__)
KEEPERS = (Role.COMPLIANCE, Role.STEWARD)
PAGE = 25


class TermForm(Form):
    name = StringField("What the old thing is called", [InputRequired("Say what it is called.")])
    spellings = TextAreaField(
        "Spellings to look for", [InputRequired("Write at least one spelling."), not_longer]
    )
    replacement = StringField("What took its place")
    effective = StringField("Since when", [InputRequired("Write a year, month or day.")])
    source = StringField(
        "Where the change is written down", [InputRequired("Say where it is written down.")]
    )
    exceptions = TextAreaField("Phrases in which it is still right", [not_longer])


@bp.get("/terms")
@open_to(*KEEPERS, Role.AUDITOR)
def listed() -> Answer:
    return _page(TermForm(formdata=None))


@bp.post("/terms")
@open_to(*KEEPERS)
def add() -> Answer:
    form = TermForm()
    if not form.validate_on_submit():
        return _page(form), 422
    new = acts.NewTerm(
        form.name.data,
        form.spellings.data,
        form.replacement.data or "",
        form.effective.data,
        form.source.data,
        form.exceptions.data or "",
    )
    added = acts.add(db.session(), current_user.person, new, now=now())
    flash(f"“{added.name}” is looked for from the next scan on.")
    return redirect(url_for(".listed"))


@bp.post("/terms/<code>/on")
@open_to(*KEEPERS)
def switch_on(code: str) -> Answer:
    return _switch(code, on=True)


@bp.post("/terms/<code>/off")
@open_to(*KEEPERS)
def switch_off(code: str) -> Answer:
    return _switch(code, on=False)


@bp.post("/terms/<int:term_id>/take-back")
@open_to(*KEEPERS)
def take_back(term_id: int) -> Answer:
    found = db.session.get(OwnTerm, term_id) if term_id <= LARGEST_ID else None
    if not ButtonForm().validate_on_submit():
        abort(400)
    if found is None:
        abort(404)
    acts.take_back(db.session(), current_user.person, found, now=now())
    flash(f"“{found.name}” is taken back; the next scan looks for it no more.")
    return redirect(url_for(".listed"))


def _switch(code: str, *, on: bool) -> Answer:
    if not ButtonForm().validate_on_submit():
        abort(400)
    acts.switch(db.session(), current_user.person, code, on=on, now=now())
    flash(f"The term is {'on' if on else 'off'} from the next scan on.")
    return redirect(url_for(".listed", page=request.args.get("page", "1")[:12]))


def _page(form: TermForm) -> str:
    session = db.session()
    switched = terms.switches(session)
    shipped = [
        (row, acts.is_on(row, switched)) for row in superseded_terms.rows() if row["pattern"]
    ]
    page = page_of(request.args, len(shipped), PAGE)
    return render_template(
        "compliance/terms.html",
        own=terms.own_terms(session),
        shipped=shipped[page.offset : page.offset + PAGE],
        on=sum(is_on for _, is_on in shipped),
        total=len(shipped),
        page=page,
        form=form,
        keeps=bool(set(KEEPERS) & current_user.person.role_set),
    )
