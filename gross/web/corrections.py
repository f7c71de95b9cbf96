"""Corrections: a person puts right what was read of a policy's header, or takes that back."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask_login import current_user

from gross.actions import corrections as acts
from gross.domain.header import FIELDS
from gross.domain.workflow import Role
from gross.store.corrections import Correction
from gross.store.db import db
from gross.store.policies import Policy
from gross.web.edge import Answer, now, open_to
from gross.web.policy_forms import CorrectForm
from gross.web.policy_page import show

bp = Blueprint("corrections", __name__)


@bp.post("/policies/<int:policy_id>/corrections")
@open_to(Role.COMPLIANCE, Role.STEWARD)
def correct(policy_id: int) -> Answer:
    found, form = db.get_or_404(Policy, policy_id), CorrectForm()
    if not form.validate_on_submit():
        return show(found, found.current, correct_form=form), 422
    name = form.field.data
    acts.correct(db.session(), current_user.person, found, name, form.value.data, now=now())
    flash(f"{FIELDS[name]} is corrected. It stays so when the file is imported again.")
    return redirect(url_for("library.policy", policy_id=policy_id))


@bp.post("/policies/<int:policy_id>/corrections/<int:correction_id>/take-back")
@open_to(Role.COMPLIANCE, Role.STEWARD)
def take_back(policy_id: int, correction_id: int) -> Answer:
    found = db.get_or_404(Policy, policy_id)
    here = db.session.get(Correction, correction_id)
    if here is None or here.policy_id != policy_id:
        abort(404)
    name = here.field
    acts.take_back(db.session(), current_user.person, found, name, now=now())
    flash(f"The correction is taken back. {FIELDS[name]} is what was read.")
    return redirect(url_for("library.policy", policy_id=policy_id))
