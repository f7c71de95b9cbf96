"""Pages of compliance."""

from __future__ import annotations

from flask import Blueprint, render_template

from gross.domain.workflow import Role
from gross.web.edge import Answer, open_to

bp = Blueprint("compliance", __name__)


@bp.get("/flags")
@open_to(*(Role.COMPLIANCE,))
def flags() -> Answer:
    return render_template("staff/home.html")
