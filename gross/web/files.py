"""A file's page: the original beside what was read of it, with the reader's warnings."""

from __future__ import annotations

import base64
import json

from flask import Blueprint, abort, current_app, render_template, request

from gross.actions.pictures import drawn
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
    picture, trouble = drawn(current_app.config["GROSS"], found, number)
    page, pieces = pieces_of(found)
    return render_template(
        "library/file.html",
        edition=found,
        policy=found.policy,
        picture=base64.b64encode(picture.png).decode() if picture else "",
        pages=picture.pages if picture else 0,
        number=number,
        trouble=trouble,
        warnings=json.loads(found.warnings),
        page=page,
        pieces=pieces,
    )
