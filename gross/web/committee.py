"""Pages of committee."""

from __future__ import annotations

from flask import Blueprint, render_template

from gross.domain.workflow import Role
from gross.web.edge import Answer, open_to

bp = Blueprint("committee", __name__)


@bp.get("/ballots")
@open_to(*(Role.COMMITTEE,))
def ballots() -> Answer:
    return render_template("staff/home.html")
