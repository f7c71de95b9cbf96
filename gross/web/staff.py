"""What any member of staff does: nominate stupid stuff, and follow what becomes of it."""

from __future__ import annotations

from flask import Blueprint, render_template

from gross.web.edge import EVERYBODY, Answer, open_to

bp = Blueprint("staff", __name__)


@bp.get("/")
@open_to(*EVERYBODY)
def home() -> Answer:
    return render_template("staff/home.html")


@bp.get("/nominations")
@open_to(*EVERYBODY)
def nominations() -> Answer:
    return render_template("staff/home.html")
