"""What compliance does with flags: read the queue, look at one, answer it; and start a scan."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from gross.actions import flags as acts
from gross.actions import jobs as job_acts
from gross.analysis.clusters import TYING
from gross.domain.flag import FlagState
from gross.domain.workflow import Role
from gross.store import flag_queue
from gross.store.db import db
from gross.store.detectors import hidden_flags, suspended
from gross.store.flags import Flag, newest_scan
from gross.store.jobs import under_way
from gross.store.nominations import about_policies
from gross.store.people import Person
from gross.web.answers import LARGEST_ID
from gross.web.edge import Answer, now, open_to
from gross.web.flag_filter import DETECTORS, QueuePage, chips, in_address, orders, read_filter
from gross.web.flag_forms import DismissForm, ManyForm, asked_flags
from gross.web.forms import ButtonForm
from gross.web.paging import page_of

bp = Blueprint("compliance", __name__)
READERS = (Role.COMPLIANCE, Role.STEWARD, Role.AUDITOR)
MOST_QUOTES = 6  # pairs of passages in the pane; the comparison shows all
MOST_VOICES = 5
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage in the pane: where it stands in which of the flag's policies."""

    place: int
    start: int
    text: str


@bp.get("/flags")
@open_to(*READERS)
def flags() -> Answer:
    return queue_page(_chosen(request.args.get("flag")))


@bp.get("/flags/<int:flag_id>")
@open_to(*READERS)
def flag(flag_id: int) -> Answer:
    """One flag's own address: the queue of its state with it chosen."""
    found = db.get_or_404(Flag, flag_id)
    chosen = flag_queue.Filter(state=found.state)
    return redirect(url_for(".flags", **in_address(chosen), flag=flag_id))


@bp.post("/flags/<int:flag_id>/confirm")
@open_to(Role.COMPLIANCE)
def confirm(flag_id: int) -> Answer:
    found = db.get_or_404(Flag, flag_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    acts.confirm(db.session(), current_user.person, found, now=now())
    return _to_the_next(found)


@bp.post("/flags/<int:flag_id>/dismiss")
@open_to(Role.COMPLIANCE)
def dismiss(flag_id: int) -> Answer:
    found = db.get_or_404(Flag, flag_id)
    form = DismissForm()
    if not form.validate_on_submit():
        return queue_page(found, form), 422
    acts.dismiss(
        db.session(),
        current_user.person,
        found,
        form.reason.data,
        form.words.data or "",
        now=now(),
    )
    return _to_the_next(found)


@bp.post("/flags/<int:flag_id>/undo")
@open_to(Role.COMPLIANCE)
def undo(flag_id: int) -> Answer:
    found = db.get_or_404(Flag, flag_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    acts.undo(db.session(), current_user.person, found, now=now())
    flash("Your answer is taken back; the flag waits again.")
    return redirect(url_for(".flags", **in_address(read_filter(request.args)), flag=flag_id))


@bp.post("/scans")
@open_to(Role.COMPLIANCE, Role.STEWARD)
def scan() -> Answer:
    if not ButtonForm().validate_on_submit():
        abort(400)
    if under_way(db.session(), job_acts.SCAN) is not None:
        flash("A scan is under way already; this is how far it is.")
    job = job_acts.ask(db.session(), current_user.person, job_acts.SCAN, now=now())
    return redirect(url_for("work.job", job_id=job.id))


def _to_the_next(answered: Flag) -> Response:
    """Land on the next flag of the same queue, with the way back for the one just answered."""
    chosen = read_filter(request.args)
    following = flag_queue.after(db.session(), chosen, answered)
    address: dict[str, Any] = {**in_address(chosen), "answered": answered.id}
    if following is not None:
        address["flag"] = following
    return redirect(url_for(".flags", **address))


def queue_page(
    shown: Flag | None,
    form: DismissForm | None = None,
    many: ManyForm | None = None,
    *,
    marked: Collection[int] = (),
    late: Sequence[Flag] = (),
) -> str:
    """The queue with `shown`, or its first flag, in the pane.

    `marked` are the ids whose boxes are ticked; `late`, what somebody answered meanwhile.
    """
    session, chosen = db.session(), read_filter(request.args)
    facets = flag_queue.facets(session, chosen)
    total = sum(facets["kind"].values()) if not chosen.kind else facets["kind"].get(chosen.kind, 0)
    asked = page_of(request.args, total, flag_queue.PAGE)
    number = asked.number
    if shown is not None and "page" not in request.args:
        number = min(asked.pages, flag_queue.page_of(session, chosen, shown))
    listed = flag_queue.page(session, chosen, number)
    asked_for = shown is not None
    shown = shown or (listed[0] if listed else None)
    roles = current_user.person.role_set
    return render_template(
        "compliance/flags.html",
        flags=listed,
        total=total,
        orders=orders(chosen),
        gives_back=flag_queue.gives_back(session, listed),
        chips=chips(chosen, facets),
        page=QueuePage(number, asked.pages, chosen),
        address=in_address(chosen),
        newest=newest_scan(session),
        now=now(),
        asked_for=asked_for,
        flag=shown,
        form=form or DismissForm(formdata=None),
        many=many or ManyForm(formdata=None),
        marked=marked or (all_of(listed) if request.args.get("mark") == "all" else ()),
        late=late,
        several=answered_together(),
        hidden=hidden_flags(session),
        answers=Role.COMPLIANCE in roles,
        scans=bool(roles & {Role.COMPLIANCE, Role.STEWARD}),
        answered=_answered(),
        knows_detectors=bool(roles & {Role.COMPLIANCE, Role.AUDITOR}),
        labels=DETECTORS,
        **(_pane(shown, chosen) if shown is not None else {}),
    )


def all_of(flags: Sequence[Flag]) -> set[int]:
    return {flag.id for flag in flags if flag.state == FlagState.OPEN}


def answered_together() -> list[Flag]:
    """The flags just answered together by this person, while that can be undone as one."""
    found = asked_flags(request.args.get("several", "").split(".")[: acts.MANY_MOST])
    mine = [flag for flag in found if flag.answered_by == current_user.person.id]
    return mine if len(mine) == len(found) else []


def _pane(shown: Flag, chosen: flag_queue.Filter) -> dict[str, object]:
    """What the right side tells of a flag."""
    session = db.session()
    passages = json.loads(shown.passages)
    is_open, pair = shown.state == FlagState.OPEN, len(shown.policies) > 1
    return {
        "quotes": [_quotes(passage) for passage in passages[:MOST_QUOTES]],
        "more_quotes": max(0, len(passages) - MOST_QUOTES),
        "voices": about_policies(session, [each.id for each in shown.policies], MOST_VOICES),
        "following": flag_queue.after(session, chosen, shown),
        "earlier": flag_queue.before(session, chosen, shown),
        "answerer": session.get(Person, shown.answered_by) if shown.answered_by else None,
        "is_open": is_open,
        "is_answered": shown.state in {FlagState.CONFIRMED, FlagState.DISMISSED},
        "is_gone": shown.state == FlagState.GONE,
        "is_hidden": is_open and shown.detector in suspended(session),
        "cluster": shown.policies[0].id if is_open and shown.kind in TYING and pair else None,
    }


def _quotes(passage: dict[str, Any]) -> list[Quote]:
    sides = [side for side in ("a", "b") if side in passage]
    return [
        Quote(place, passage[side]["start"], _BLANK_LINES.sub("\n", passage[side]["text"]))
        for place, side in zip(passage.get("of", [0, 1]), sides, strict=False)
    ]


def _answered() -> Flag | None:
    """The flag just answered by this person, while that can be undone."""
    found = _chosen(request.args.get("answered"))
    person: Person = current_user.person
    return found if found is not None and found.answered_by == person.id else None


def _chosen(text: str | None) -> Flag | None:
    """The flag that an address names; none named is None, an unknown one is no page."""
    if text is None:
        return None
    known = text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_ID
    found = flag_queue.one(db.session(), int(text)) if known else None
    return found or abort(404)
