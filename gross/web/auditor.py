"""Pages of auditor."""

from __future__ import annotations

from flask import Blueprint, render_template

from gross.domain.workflow import Role
from gross.web.edge import Answer, open_to

bp = Blueprint("auditor", __name__)


@bp.get("/ledger")
@open_to(*(Role.AUDITOR,))
def ledger() -> Answer:
    return render_template("staff/home.html")
