"""Pages of admin."""

from __future__ import annotations

from flask import Blueprint, render_template

from gross.domain.workflow import Role
from gross.web.edge import Answer, open_to

bp = Blueprint("admin", __name__)


@bp.get("/people")
@open_to(*(Role.ADMIN,))
def people() -> Answer:
    return render_template("staff/home.html")
