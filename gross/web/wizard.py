"""The way of an upload: send files, say what they are, see what would happen, do it, undo it."""

from __future__ import annotations

import json

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from gross.actions import jobs as job_deeds
from gross.actions import undo_import
from gross.actions import uploads as acts
from gross.actions.uploads import Sent
from gross.intake.layouts import NAMES
from gross.intake.manifest import FIELDS, Look
from gross.intake.sheets import MAX_COLUMNS
from gross.store.db import db
from gross.store.imports import Import
from gross.store.jobs import newest_about
from gross.web.edge import Answer, now, open_to
from gross.web.forms import ButtonForm
from gross.web.imports import IMPORTERS, JOBS, home, may_touch, seen
from gross.web.upload_request import FILES_MOST, UPLOAD_MOST

bp = Blueprint("wizard", __name__)
FOUND, NONE = "?", ""  # of the manifest's select
CALLED = {
    "file": "File (path or name)",
    "folder": "Folder of the file",
    "key": "What the file’s name begins with",
    "number": "Policy number",
    "title": "Title",
    "owner": "Owner",
    "area": "Department or area",
    "kind": "Kind",
    "status": "Status",
    "version": "Version",
    "originated": "Originated",
    "effective": "Effective",
    "last_reviewed": "Last reviewed or approved",
    "last_revised": "Last revised",
    "next_review": "Next review",
    "expires": "Expires",
    "applies_to": "Applies to",
    "category": "Category or tags",
    "route": "Approval workflow",
    "item_type": "Item type (folders are left out)",
}


@bp.get("/imports/new")
@open_to(*IMPORTERS)
def new() -> Answer:
    return render_template("library/import_new.html", most=UPLOAD_MOST, files_most=FILES_MOST)


@bp.post("/imports")
@open_to(*IMPORTERS)
def upload() -> Answer:
    _pressed()
    found = acts.begin(db.session(), home(), current_user.person, _sent(), now=now())
    return redirect(url_for("imports.imported", import_id=found.id))


@bp.post("/imports/<int:import_id>/files")
@open_to(*IMPORTERS)
def add(import_id: int) -> Answer:
    found = _mine(import_id)
    acts.add(db.session(), home(), found, _sent(), now=now())
    return _back(found)


@bp.post("/imports/<int:import_id>/check")
@open_to(*IMPORTERS)
def check(import_id: int) -> Answer:
    """Keep what was said about the upload; then look at it, or at the manifest's columns."""
    found, session = _mine(import_id), db.session()
    sheet, layout = request.form.get("sheet", FOUND)[:1000], request.form.get("layout", "")
    acts.describe(
        session,
        found,
        sheet=None if sheet == FOUND else sheet,
        layout=layout if layout in NAMES else "",
        is_whole=request.form.get("whole") == "yes",
        now=now(),
    )
    if request.form.get("deed") == "columns":
        return redirect(url_for(".columns", import_id=found.id))
    acts.check(session, current_user.person, found, now=now())
    return _back(found)


@bp.get("/imports/<int:import_id>/columns")
@open_to(*IMPORTERS)
def columns(import_id: int) -> Answer:
    found = _mine(import_id, pressed=False)
    return _columns(found, acts.look(db.session(), home(), found))


@bp.post("/imports/<int:import_id>/columns")
@open_to(*IMPORTERS)
def map_columns(import_id: int) -> Answer:
    found = _mine(import_id)
    mapping: dict[str, int] = {}
    for n in range(MAX_COLUMNS):
        name = request.form.get(f"c{n}", "")
        if name in mapping:
            return _again(import_id, f"Two columns are both “{CALLED[name]}”; choose one of them.")
        if name in FIELDS:
            mapping[name] = n
    at = request.form.get("at", "")[:6]
    row = int(at) if at.isascii() and at.isdecimal() else 0
    if objection := acts.why_not_mapped(mapping, at=row):
        return _again(import_id, objection)
    acts.map_columns(db.session(), found, mapping, at=row, now=now())
    acts.check(db.session(), current_user.person, found, now=now())
    return _back(found)


@bp.post("/imports/<int:import_id>/import")
@open_to(*IMPORTERS)
def start(import_id: int) -> Answer:
    found = _mine(import_id)
    acts.start(db.session(), current_user.person, found, now=now())
    return _back(found)


@bp.post("/imports/<int:import_id>/cancel")
@open_to(*IMPORTERS)
def cancel(import_id: int) -> Answer:
    found = _mine(import_id)
    job = newest_about(db.session(), JOBS, found.id)
    if job is None:
        abort(404)
    job_deeds.cancel(job, now=now())
    flash("It is stopped. What was brought in before stays.")
    return _back(found)


@bp.post("/imports/<int:import_id>/discard")
@open_to(*IMPORTERS)
def discard(import_id: int) -> Answer:
    acts.discard(db.session(), home(), _mine(import_id), now=now())
    flash("The upload is thrown away; nothing of it was kept.")
    return redirect(url_for("imports.imports"))


@bp.post("/imports/<int:import_id>/undo")
@open_to(*IMPORTERS)
def undo(import_id: int) -> Answer:
    found = _mine(import_id)
    undo_import.ask(db.session(), current_user.person, found, now=now())
    return _back(found)


def _mine(import_id: int, *, pressed: bool = True) -> Import:
    found = seen(import_id)
    if not may_touch(found):
        abort(404)
    if pressed:
        _pressed()
    return found


def _pressed() -> None:
    if not ButtonForm().validate_on_submit():
        abort(400)


def _sent() -> list[Sent]:
    """The files of the request; a browser sends an empty one where none was chosen."""
    files = request.files.getlist("files")
    return [Sent(file.filename, file.stream) for file in files if file.filename]


def _back(found: Import) -> Response:
    return redirect(url_for("imports.imported", import_id=found.id))


def _again(import_id: int, error: str) -> tuple[str, int]:
    """The mapping once more; the sheet is read without the lock that a POST begins with."""
    db.session.rollback()
    found = seen(import_id)
    return _columns(found, acts.look(db.session(), home(), found), error), 422


def _columns(found: Import, look: Look, error: str = "") -> str:
    by_column = {column: name for name, column in look.columns.items()}
    if found.columns and not error:
        said = json.loads(found.columns)["columns"]
        by_column = {column: name for name, column in said.items()}
    if error:
        by_column = {n: request.form.get(f"c{n}", "") for n in range(len(look.labels))}
    return render_template(
        "library/import_columns.html",
        record=found,
        look=look,
        fields=[(name, CALLED[name]) for name in FIELDS],
        by_column=by_column,
        error=error or look.objection,
    )
