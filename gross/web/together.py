"""Several flags answered at once, all or none; and all of those answers taken back at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_login import current_user

from gross.actions import flags as acts
from gross.domain.workflow import Role
from gross.store.db import db
from gross.store.flags import Flag
from gross.web.compliance import all_of, queue_page
from gross.web.drawing import count
from gross.web.edge import Answer, now, open_to
from gross.web.flag_filter import in_address, read_filter
from gross.web.flag_forms import CONFIRM, DISMISS, ManyForm, asked_flags
from gross.web.forms import ButtonForm

bp = Blueprint("together", __name__)
Redraw = Callable[[ManyForm, Sequence[Flag], Sequence[Flag]], str]  # form, chosen, answered by now


@bp.post("/flags/answers")
@open_to(Role.COMPLIANCE)
def answer() -> Answer:
    """Answer the marked ones. When somebody was faster nothing is changed, and the rest stays
    marked.
    """
    address = in_address(read_filter(request.args))

    def redraw(form: ManyForm, chosen: Sequence[Flag], late: Sequence[Flag]) -> str:
        return queue_page(None, many=form, marked=all_of(chosen), late=late)

    return answer_all(redraw, lambda ids: url_for("compliance.flags", **address, several=ids))


@bp.post("/flags/answers/undo")
@open_to(Role.COMPLIANCE)
def undo() -> Answer:
    if not ButtonForm().validate_on_submit():
        abort(400)
    chosen = asked_flags(request.form.getlist("flag")[: acts.MANY_MOST + 1])
    acts.undo_all(db.session(), current_user.person, chosen, now=now())
    flash(f"{count(len(chosen), 'answer is', 'answers are')} taken back; the flags wait again.")
    if request.args.get("to") == "clusters":
        return redirect(url_for("clusters.clusters"))
    return redirect(url_for("compliance.flags", **in_address(read_filter(request.args))))


def answer_all(redraw: Redraw, address: Callable[[str], str]) -> Answer:
    """Do what the pressed button says to the flags of the form, or draw the page again."""
    form = ManyForm()
    chosen = asked_flags(request.form.getlist("flag")[: acts.MANY_MOST + 1])
    valid = form.validate_on_submit() and form.answer in {CONFIRM, DISMISS}
    if not chosen:
        form.form_errors.append("Mark at least one flag.")
        valid = False
    late = acts.not_open(chosen)
    if late:
        return redraw(form, chosen, late), 409
    if not valid:
        return redraw(form, chosen, ()), 422
    session, person, words = db.session(), current_user.person, form.said.data or ""
    if form.dismisses:
        acts.dismiss_all(session, person, chosen, form.because.data, words, now=now())
    else:
        acts.confirm_all(session, person, chosen, words, now=now())
    return redirect(address(".".join(str(flag.id) for flag in chosen)))
