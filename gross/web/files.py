"""A file's page: the original beside what was read of it, with the reader's warnings."""

from __future__ import annotations

import json

from flask import Blueprint, abort, current_app, render_template, request

from gross.domain.errors import Refused
from gross.intake import guarded
from gross.intake.child import ReaderProcess
from gross.intake.picture import Picture
from gross.store import originals
from gross.store.db import db
from gross.store.policies import Edition
from gross.web.edge import EVERYBODY, Answer, open_to
from gross.web.limits import LIMITER, by_visitor
from gross.web.policy_page import pieces_of

bp = Blueprint("files", __name__)


@bp.get("/policies/<int:policy_id>/editions/<int:edition_id>/file")
@open_to(*EVERYBODY)
@LIMITER.limit("60 per minute", key_func=by_visitor)
def file(policy_id: int, edition_id: int) -> Answer:
    """Originals are only ever downloads; a PDF's page is shown as a picture drawn apart."""
    found = db.get_or_404(Edition, edition_id)
    if found.policy_id != policy_id:
        abort(404)
    asked = request.args.get("sheet", "1")[:6]
    number = max(1, int(asked)) if asked.isascii() and asked.isdecimal() else 1
    picture, trouble = _picture(found, number)
    page, pieces = pieces_of(found)
    return render_template(
        "library/file.html",
        edition=found,
        policy=found.policy,
        picture=picture,
        number=number,
        trouble=trouble,
        warnings=json.loads(found.warnings),
        page=page,
        pieces=pieces,
    )


def _picture(edition: Edition, number: int) -> tuple[Picture | None, str]:
    """The page of a PDF, or why there is none; other formats have no pages of their own."""
    if not edition.filename.lower().endswith(".pdf"):
        return None, ""
    try:
        path = originals.path_of(current_app.config["GROSS"], edition.digest)
        with ReaderProcess() as reader:
            return guarded.picture(reader, edition.filename, path.read_bytes(), page=number), ""
    except Refused as refused:
        return None, str(refused)
