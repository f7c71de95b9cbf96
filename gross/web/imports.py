"""What came in with each import, what was refused and why, and what was missing."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    render_template,
    request,
    send_file,
)
from flask_login import current_user
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from gross.actions import unread, uploads
from gross.actions.workbook import workbook
from gross.domain.workflow import Role
from gross.home import Home
from gross.intake import layouts
from gross.store import imports as store
from gross.store import uploads as bytes_on_disk
from gross.store import vanished
from gross.store.db import db
from gross.store.imports import ORDER, OUTCOMES, Import, ImportItem, ImportState
from gross.store.jobs import Job, newest_about
from gross.store.vanished import Decision
from gross.web.edge import Answer, now, open_to
from gross.web.paging import page_of
from gross.web.upload_request import FILES_MOST, UPLOAD_MOST
from gross.web.work import says

bp = Blueprint("imports", __name__)
PAGE = 25
ITEMS = 100
IMPORTERS = (Role.COMPLIANCE, Role.STEWARD, Role.ADMIN)
SEES_IMPORTS = frozenset({*IMPORTERS, Role.AUDITOR})
NOT_BEGUN = (ImportState.DRAFT, ImportState.CHECKED)
JOBS = (uploads.CHECK, uploads.IMPORT, uploads.UNDO)
EXPLAINS = {
    "new": "Not in the library yet",
    "changed": "In the library with another text: a new edition",
    "same": "In the library with the same bytes: nothing to do",
    "refused": "Could not be read",
    "returned": "An edition of a policy that is retired",
    "missing": "In the manifest, but not among the files",
    "duplicate": "A row of the manifest that repeats another, or an older version of a file",
}


@bp.get("/imports")
@open_to(*SEES_IMPORTS)
def imports() -> Answer:
    session, reader = db.session(), current_user.person
    seen = or_(Import.state.not_in(NOT_BEGUN), Import.person_id == reader.id)
    total = session.scalar(select(func.count(Import.id)).where(seen)) or 0
    page = page_of(request.args, total, PAGE)
    found = store.newest(session, seen, skip=page.offset, most=PAGE)
    return render_template(
        "library/imports.html",
        imports=found,
        tallies=store.tallies(session, [each.id for each in found]),
        order=ORDER,
        page=page,
        total=total,
        unread=store.count_unread(session),
        vanished=vanished.counted(session)[Decision.OPEN],
        may_import=bool(reader.role_set & {*IMPORTERS}),
    )


@bp.get("/imports/<int:import_id>")
@open_to(*SEES_IMPORTS)
def imported(import_id: int) -> Answer:
    return show(seen(import_id))


def show(found: Import) -> str:
    session = db.session()
    job = newest_about(session, JOBS, found.id)
    step = step_of(found, job)
    planned = found.state in NOT_BEGUN
    tally = store.tallies(session, [found.id], planned=planned)[found.id]
    first = next((outcome for outcome in ORDER if tally[outcome]), ORDER[0])
    outcome = request.args.get("outcome", first)
    outcome = outcome if outcome in OUTCOMES else first
    page = page_of(request.args, tally[outcome], ITEMS)
    stays = _stays(found)
    return render_template(
        "library/import.html",
        record=found,
        step=step,
        job=job,
        says=says(job, now=now()) if job else "",
        planned=planned,
        tally=[(each, tally[each]) for each in ORDER],
        to_do=tally["new"] + tally["changed"],
        explains=EXPLAINS,
        outcome=outcome,
        items=_items(found, outcome, page.offset, planned=planned),
        page=page,
        layout=layouts.named(found.layout),
        stays=stays,
        upload=_upload(found) if planned else None,
        layouts=layouts.ALL,
        vanished=vanished.count_of(session, found.id),
        may_import=may_touch(found),
        goes_on=bool(found.upload),
        most=UPLOAD_MOST,
        files_most=FILES_MOST,
    )


@bp.get("/imports/<int:import_id>.json")
@open_to(*SEES_IMPORTS)
def progress(import_id: int) -> Answer:
    found = seen(import_id)
    job = newest_about(db.session(), JOBS, found.id) or abort(404)
    planned = found.state in NOT_BEGUN
    refused = store.tallies(db.session(), [found.id], planned=planned)[found.id]["refused"]
    trouble = f" {refused:,} could not be read so far." if refused else ""
    return jsonify(
        ended=job.has_ended,
        state=job.state,
        done=job.done,
        total=job.total,
        says=f"{says(job, now=now())}{trouble}",
    )


@bp.get("/imports/<int:import_id>/errors.xlsx")
@open_to(*SEES_IMPORTS)
def errors(import_id: int) -> Answer:
    """What was not taken, with its reason and what to do: as a workbook of plain texts."""
    found = seen(import_id)
    rows = db.session.execute(
        select(ImportItem.source, ImportItem.outcome, ImportItem.reason)
        .where(
            ImportItem.import_id == found.id,
            ImportItem.is_planned == (found.state in NOT_BEGUN),
            ImportItem.reason != "",
        )
        .order_by(ImportItem.outcome.desc(), ImportItem.source)
        .execution_options(yield_per=500)
    )
    made = workbook(
        "Not imported",
        ("File", "Outcome", "Why", "What to do"),
        ((row.source, row.outcome, row.reason, unread.advice(row.reason)) for row in rows),
    )
    response: Response = send_file(
        made,
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_attachment=True,
        download_name=f"import-{found.id}-errors.xlsx",
    )
    return response


def seen(import_id: int) -> Import:
    """The import, if this person may look at it: what is only uploaded is its owner's alone."""
    found = db.get_or_404(Import, import_id)
    if found.state in NOT_BEGUN and found.person_id != current_user.person.id:
        abort(404)
    return found


def may_touch(found: Import) -> bool:
    """Whoever uploaded it; what has begun is the steward's too."""
    reader = current_user.person
    if not reader.role_set & {*IMPORTERS}:
        return False
    is_steward = Role.STEWARD in reader.role_set and found.state not in NOT_BEGUN
    return bool(is_steward or found.person_id == reader.id)


def step_of(found: Import, job: Job | None) -> str:
    """Where the import stands, as its page tells it."""
    if job is not None and not job.has_ended:
        return "busy"
    return "stopped" if found.state == ImportState.BEGUN else str(found.state)


def _items(found: Import, outcome: str, offset: int, *, planned: bool) -> list[ImportItem]:
    return list(
        db.session.scalars(
            select(ImportItem)
            .where(
                ImportItem.import_id == found.id,
                ImportItem.outcome == outcome,
                ImportItem.is_planned == planned,
            )
            .options(joinedload(ImportItem.policy))
            .order_by(ImportItem.source)
            .offset(offset)
            .limit(ITEMS)
        )
    )


def _stays(found: Import) -> list[ImportItem]:
    """What an undo left, because somebody has touched it since."""
    if found.state != ImportState.UNDONE:
        return []
    return list(
        db.session.scalars(
            select(ImportItem)
            .where(ImportItem.import_id == found.id, ImportItem.undo == "stays")
            .options(joinedload(ImportItem.policy))
            .order_by(ImportItem.source)
            .limit(ITEMS)
        )
    )


def _upload(found: Import) -> dict[str, object]:
    """What was uploaded, and which of it could be the manifest."""
    session = db.session()
    files, size = bytes_on_disk.weight_of(session, found)
    sheets, chosen, inside = uploads.choices(session, home(), found)
    return {"files": files, "size": size, "sheets": sheets, "chosen": chosen, "inside": inside}


def home() -> Home:
    found: Home = current_app.config["GROSS"]
    return found
