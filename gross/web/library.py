"""The library: its list, a policy's page with its text and its history, and its original files."""

from __future__ import annotations

import re

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from gross.actions import library as acts
from gross.domain.calendar import local_day
from gross.domain.header import KINDS
from gross.domain.workflow import Role
from gross.store import originals, search
from gross.store.db import db
from gross.store.policies import Edition, Policy, departments, is_overdue
from gross.store.search import Wanted
from gross.web.edge import EVERYBODY, Answer, now, open_to
from gross.web.imports import SEES_IMPORTS
from gross.web.paging import page_of
from gross.web.policy_forms import HoldForm
from gross.web.policy_page import show

bp = Blueprint("library", __name__)
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
STATES = (
    ("", "All"),
    ("in-force", "In force"),
    ("overdue", "Overdue for review"),
    ("retired", "Retired"),
)
SORTS = (
    ("", "Best match, else title"),
    ("title", "Title"),
    ("number", "Number"),
    ("review", "Next review"),
    ("newest", "Newest in the library"),
)


@bp.get("/policies")
@open_to(*EVERYBODY)
def policies() -> Answer:
    session, today, wanted = db.session(), local_day(now()), _wanted()
    total = search.count(session, wanted, today=today)
    page = page_of(request.args, total, search.PAGE)
    hits = search.search(session, wanted, offset=page.offset, today=today)
    return render_template(
        "library/policies.html",
        wanted=wanted,
        total=total,
        page=page,
        hits=hits,
        late={hit.policy.id for hit in hits if is_overdue(hit.policy, today)},
        departments=departments(session),
        kinds=KINDS,
        states=[(value, says, _in_state(wanted, value)) for value, says in STATES],
        sorts=SORTS,
        nearest=search.nearest(session, wanted.words) if wanted.words and not total else "",
        is_filtered=wanted != Wanted(),
        holds_any=bool(total) or session.scalar(select(func.count(Policy.id))) != 0,
        sees_imports=bool(SEES_IMPORTS & current_user.person.role_set),
    )


@bp.get("/policies/<int:policy_id>")
@open_to(*EVERYBODY)
def policy(policy_id: int) -> Answer:
    found = db.get_or_404(Policy, policy_id)
    return show(found, found.current)


@bp.get("/policies/<int:policy_id>/editions/<int:edition_id>")
@open_to(*EVERYBODY)
def edition(policy_id: int, edition_id: int) -> Answer:
    found = _edition(policy_id, edition_id)
    return show(found.policy, found)


@bp.get("/policies/<int:policy_id>/original")
@open_to(*EVERYBODY)
def original(policy_id: int) -> Answer:
    found = db.get_or_404(Policy, policy_id)
    return _download(found.current) if found.current else abort(404)


@bp.get("/policies/<int:policy_id>/editions/<int:edition_id>/original")
@open_to(*EVERYBODY)
def edition_original(policy_id: int, edition_id: int) -> Answer:
    return _download(_edition(policy_id, edition_id))


@bp.post("/policies/<int:policy_id>/hold")
@open_to(Role.STEWARD)
def hold(policy_id: int) -> Answer:
    found, form = db.get_or_404(Policy, policy_id), HoldForm()
    if not form.validate_on_submit():
        return show(found, found.current, hold_form=form), 422
    lifts = request.form.get("deed") == "lift"
    act = acts.lift_hold if lifts else acts.put_on_hold
    act(db.session(), current_user.person, found, form.matter.data, now=now())
    flash("The legal hold is lifted." if lifts else "The policy is under a legal hold.")
    return redirect(url_for(".policy", policy_id=policy_id))


def _wanted() -> Wanted:
    """What the address asks for; a value that is no choice counts as none."""
    args = request.args
    state, sort, kind = args.get("state", ""), args.get("sort", ""), args.get("kind", "")
    return Wanted(
        words=_NO_TEXT.sub(" ", args.get("q", "")).strip()[:2000],
        department=args.get("department", "")[:200],
        kind=kind if kind in KINDS else "",
        state=state if state in search.STATES else "",
        sort=sort if sort in search.SORTS else "",
    )


def _in_state(wanted: Wanted, state: str) -> str:
    """The address of the same list in another state, from its first page."""
    return url_for(
        ".policies",
        q=wanted.words or None,
        department=wanted.department or None,
        kind=wanted.kind or None,
        sort=wanted.sort or None,
        state=state or None,
    )


def _edition(policy_id: int, edition_id: int) -> Edition:
    found = db.get_or_404(Edition, edition_id)
    if found.policy_id != policy_id:
        abort(404)
    return found


def _download(found: Edition) -> Response:
    """Send the bytes to be kept, never to be shown: they came from outside."""
    response = send_file(
        originals.path_of(current_app.config["GROSS"], found.digest),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=found.filename,
        etag=found.digest,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
