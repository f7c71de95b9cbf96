"""The detectors' scorecard: how often each is right, and what was decided of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from gross.actions import detectors as acts
from gross.analysis.detectors import ALL
from gross.analysis.types import Detector
from gross.domain.flag import FlagState, Standing
from gross.domain.precision import Precision, precision
from gross.domain.workflow import Role
from gross.store import detectors as stored
from gross.store.db import db
from gross.store.detectors import DetectorStanding
from gross.web.edge import Answer, now, open_to
from gross.web.forms import Form, not_longer

bp = Blueprint("detectors", __name__)
READERS = frozenset({Role.COMPLIANCE, Role.COMMITTEE, Role.AUDITOR})
DISMISSALS = 10  # the newest, with their reasons


@dataclass(frozen=True, slots=True)
class Card:
    detector: Detector
    precision: Precision
    open: int
    standing: DetectorStanding | None

    @property
    def is_suspended(self) -> bool:
        return self.standing is not None and self.standing.standing == Standing.SUSPENDED


class StandingForm(Form):
    reason = TextAreaField(
        "Why?", [DataRequired("Say why; colleagues and the committee read it."), not_longer]
    )


@bp.get("/detectors")
@open_to(*READERS)
def detectors() -> Answer:
    return render_template("compliance/detectors.html", cards=_cards())


@bp.get("/detectors/<name>")
@open_to(*READERS)
def detector(name: str) -> Answer:
    return _page(name, StandingForm(formdata=None))


@bp.post("/detectors/<name>/suspend")
@open_to(Role.COMPLIANCE)
def suspend(name: str) -> Answer:
    return _decide(name, acts.suspend, "is suspended: it raises nothing, and its open flags wait.")


@bp.post("/detectors/<name>/endorse")
@open_to(Role.COMPLIANCE)
def endorse(name: str) -> Answer:
    return _decide(name, acts.endorse, "is endorsed.")


@bp.post("/detectors/<name>/resume")
@open_to(Role.COMPLIANCE)
def resume(name: str) -> Answer:
    return _decide(name, acts.resume, "is in use like any other.")


def _decide(name: str, act: Callable[..., None], says: str) -> Answer:
    card, form = _card(name), StandingForm()
    if not form.validate_on_submit():
        return _page(name, form), 422
    act(db.session(), current_user.person, name, form.reason.data, now=now())
    flash(f"“{card.detector.label}” {says}")
    return redirect(url_for(".detector", name=name))


def _page(name: str, form: StandingForm) -> str:
    roles = current_user.person.role_set
    return render_template(
        "compliance/detector.html",
        card=_card(name),
        form=form,
        dismissals=stored.newest_dismissals(db.session(), name, DISMISSALS),
        decides=Role.COMPLIANCE in roles,
        reads_flags=bool(roles & {Role.COMPLIANCE, Role.AUDITOR}),
    )


def _card(name: str) -> Card:
    return next((card for card in _cards() if card.detector.name == name), None) or abort(404)


def _cards() -> list[Card]:
    session = db.session()
    counts, standings = stored.counts(session), stored.standings(session)
    return [
        Card(
            each,
            precision(
                counts.get(each.name, {}).get(FlagState.CONFIRMED, 0),
                counts.get(each.name, {}).get(FlagState.DISMISSED, 0),
            ),
            counts.get(each.name, {}).get(FlagState.OPEN, 0),
            standings.get(each.name),
        )
        for each in ALL
    ]
