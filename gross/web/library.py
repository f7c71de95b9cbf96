"""Pages of library."""

from __future__ import annotations

from flask import Blueprint, render_template

from gross.web.edge import EVERYBODY, Answer, open_to

bp = Blueprint("library", __name__)


@bp.get("/policies")
@open_to(*EVERYBODY)
def policies() -> Answer:
    return render_template("staff/home.html")
