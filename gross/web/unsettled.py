"""What an import leaves to people: files that could not be read, and policies that vanished."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from gross.actions import unread as unread_deeds
from gross.actions import vanished as vanished_deeds
from gross.store import imports as store
from gross.store import vanished as store_vanished
from gross.store.db import db
from gross.store.imports import ImportItem
from gross.store.policies import Edition, Policy
from gross.store.vanished import Decision, Vanished
from gross.web.edge import Answer, now, open_to
from gross.web.forms import ButtonForm, Form, not_longer
from gross.web.imports import IMPORTERS, SEES_IMPORTS
from gross.web.paging import page_of

bp = Blueprint("unsettled", __name__)
PAGE = 50
TEXTLESS = 50  # policies without a word that are listed
DECISIONS = (
    (Decision.OPEN, "To decide"),
    (Decision.KEEP, "Kept"),
    (Decision.NOMINATE, "Nominated"),
    (Decision.GONE, "Given up"),
)


class DealForm(Form):
    reason = TextAreaField(
        "What was done, or why nothing has to be",
        [DataRequired("Say what was done about it, or why nothing has to be."), not_longer],
    )


@bp.get("/imports/unread")
@open_to(*SEES_IMPORTS)
def unread() -> Answer:
    return _unread()


@bp.post("/imports/unread/<int:item_id>/deal")
@open_to(*IMPORTERS)
def deal(item_id: int) -> Answer:
    found, form = db.get_or_404(ImportItem, item_id), DealForm()
    if not form.validate_on_submit():
        return _unread(form, item_id), 422
    unread_deeds.deal_with(db.session(), current_user.person, found, form.reason.data, now=now())
    flash(f"{found.source} is off the list.")
    return redirect(url_for(".unread"))


@bp.get("/imports/vanished")
@open_to(*SEES_IMPORTS)
def vanished() -> Answer:
    session = db.session()
    asked = request.args.get("decision", "")
    decision = Decision(asked) if asked in {*Decision} else Decision.OPEN
    counts = store_vanished.counted(session)
    page = page_of(request.args, counts[decision], PAGE)
    return render_template(
        "library/vanished.html",
        found=store_vanished.listed(session, decision, skip=page.offset, most=PAGE),
        decision=decision,
        is_open=decision == Decision.OPEN,
        decisions=[(each, says, counts[each]) for each, says in DECISIONS],
        page=page,
        may_decide=_may(),
    )


@bp.post("/imports/vanished/<int:vanished_id>/decide")
@open_to(*IMPORTERS)
def decide(vanished_id: int) -> Answer:
    found = db.get_or_404(Vanished, vanished_id)
    said = request.form.get("decision", "")
    if not ButtonForm().validate_on_submit() or said not in {*Decision} - {Decision.OPEN}:
        abort(400)
    decision, reason = Decision(said), request.form.get("reason", "")
    label = found.policy.label
    vanished_deeds.decide(db.session(), current_user.person, found, decision, reason, now=now())
    told = {
        Decision.KEEP: f"“{label}” stays in force.",
        Decision.NOMINATE: f"“{label}” is nominated for retirement.",
        Decision.GONE: f"It is on record that “{label}” was given up. It retires by nomination.",
    }
    flash(told[decision])
    return redirect(url_for(".vanished"))


def _may() -> bool:
    return bool(current_user.person.role_set & {*IMPORTERS})


def _unread(wrong: DealForm | None = None, item_id: int = 0) -> str:
    session = db.session()
    total = store.count_unread(session)
    page = page_of(request.args, total, PAGE)
    items = session.scalars(
        select(ImportItem)
        .where(store.unread())
        .options(joinedload(ImportItem.record), joinedload(ImportItem.policy))
        .order_by(ImportItem.import_id.desc(), ImportItem.source)
        .offset(page.offset)
        .limit(PAGE)
    )
    textless = session.scalars(
        select(Policy)
        .join(Edition, Edition.id == Policy.current_id)
        .where(Policy.retired_at.is_(None), Edition.word_count == 0)
        .order_by(Policy.title, Policy.id)
        .limit(TEXTLESS)
    )
    return render_template(
        "library/unread.html",
        items=[(item, unread_deeds.advice(item.reason)) for item in items],
        textless=textless.all(),
        total=total,
        page=page,
        may_deal=_may(),
        wrong=wrong,
        wrong_id=item_id,
        form=DealForm(formdata=None),
    )
