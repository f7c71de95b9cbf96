"""How far long work is: a page that works without scripts, and what its script asks for."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, url_for

from gross.actions import jobs as acts
from gross.actions import uploads
from gross.domain.workflow import Role
from gross.store.db import db
from gross.store.jobs import Job, JobState
from gross.store.people import Person
from gross.web.edge import Answer, now, open_to
from gross.web.forms import ButtonForm

bp = Blueprint("work", __name__)
IMPORTING = frozenset({uploads.CHECK, uploads.IMPORT, uploads.UNDO})
WORKERS = (Role.COMPLIANCE, Role.STEWARD)  # who starts, sees and cancels long work

TITLES = {
    acts.SCAN: "Scan of the library",
    uploads.CHECK: "Check of an upload",
    uploads.IMPORT: "Import of an upload",
    uploads.UNDO: "Undoing of an import",
}
STAGES = {
    "": "Beginning",
    "check": "Checking what it would do",
    "import": "Bringing it in",
    "prepare": "Preparing what is new",
    "measure": "Counting what is new",
    "read": "Reading the library",
    "gather": "Gathering words",
    "families": "Finding families of copies",
    "boilerplate": "Setting boilerplate aside",
    "candidates": "Finding what may be alike",
    "verify": "Comparing passages",
    "verify copies": "Comparing the copies of families",
    "rewording": "Looking for rewording",
    "widespread": "Looking for passages that stand in many policies",
    "write": "Writing the flags",
    "lay side by side": "Laying the passages side by side",
    "done": "Finishing",
}


@bp.get("/jobs/<int:job_id>")
@open_to(*WORKERS)
def job(job_id: int) -> Answer:
    found = db.get_or_404(Job, job_id)
    asker = db.session.get(Person, found.asked_by) if found.asked_by else None
    return render_template(
        "compliance/job.html",
        job=found,
        title=TITLES.get(found.name, found.name.capitalize()),
        asker=asker,
        says=says(found, now=now()),
        import_id=found.about if found.name in IMPORTING else None,
        is_done=found.state == JobState.DONE,
    )


@bp.get("/jobs/<int:job_id>.json")
@open_to(*WORKERS)
def progress(job_id: int) -> Answer:
    found = db.get_or_404(Job, job_id)
    return jsonify(
        ended=found.has_ended,
        state=found.state,
        done=found.done,
        total=found.total,
        says=says(found, now=now()),
    )


@bp.post("/jobs/<int:job_id>/cancel")
@open_to(*WORKERS)
def cancel(job_id: int) -> Answer:
    found = db.get_or_404(Job, job_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    acts.cancel(found, now=now())
    name = TITLES.get(found.name, found.name)
    flash(f"The {name[0].lower()}{name[1:]} is cancelled.")
    return redirect(url_for(".job", job_id=job_id))


def says(job: Job, *, now: datetime) -> str:
    """How far it is, in one sentence; when it has ended, how."""
    if job.has_ended:
        return job.outcome
    if job.state == JobState.WAITING:
        return "Waiting for a worker."
    at_hand = f" Now: {job.at_hand}" if job.at_hand else ""
    return stage_says(job.doing, job.done, job.total, _left(job, now=now)) + at_hand


def stage_says(stage: str, done: int, total: int, left: str = "") -> str:
    """ "Comparing passages: 1,024 of 20,480, about 8 s left." """
    named = STAGES.get(stage, f"Looking for: {stage.replace('_', ' ')}")
    return f"{named}: {done:,} of {total:,}{left}." if total > 1 else f"{named}."


def _left(job: Job, *, now: datetime) -> str:
    """The time left in this stage, once enough of it is done to say."""
    if job.doing_at is None or not job.done:
        return ""
    spent = (now - job.doing_at).total_seconds()
    seconds = round(spent / job.done * (job.total - job.done))
    if spent < 2:
        return ""
    return f", about {seconds} s left" if seconds < 90 else f", about {seconds // 60} min left"
