"""The board: what was nominated, what became of it, and nobody's name; also for a wall screen."""

from __future__ import annotations

import hashlib
import hmac

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask_login import current_user

from gross.domain.workflow import Role, Stage
from gross.store.board import Board, read_board
from gross.store.db import db
from gross.store.nominations import Nomination
from gross.web.edge import EVERYBODY, Answer, now, open_to, open_to_anyone
from gross.web.paging import page_of
from gross.web.stages import SENTENCES

bp = Blueprint("board", __name__)
PER_PAGE = 20
ON_THE_WALL = 4  # answers that can be read from four metres
HANGS_IT = frozenset({Role.COMPLIANCE, Role.STEWARD, Role.ADMIN})


@bp.get("/board")
@open_to(*EVERYBODY)
def board() -> Answer:
    counted = read_board(db.session(), start=0, most=0)
    page = page_of(request.args, counted.total, PER_PAGE)
    shown = read_board(db.session(), start=page.offset, most=PER_PAGE)
    hangs = HANGS_IT & current_user.person.role_set
    address = url_for(".wall", token=wall_token()) if hangs else ""
    return render_template("staff/board.html", board=shown, page=page, says=says, address=address)


@bp.get("/board/<token>")
@open_to_anyone
def wall(token: str) -> Answer:
    """For a screen that nobody signs in to; whoever has the address may read it, and only it."""
    if not hmac.compare_digest(token.encode(), wall_token().encode()):
        abort(404)
    shown: Board = read_board(db.session(), start=0, most=ON_THE_WALL)
    return render_template("staff/wall.html", board=shown, says=says, now=now())


def wall_token() -> str:
    """Made from the home's secret: the address holds until the secret changes."""
    secret: str = current_app.config["GROSS"].secret
    return hmac.new(secret.encode(), b"gross-wall-1", hashlib.sha256).hexdigest()[:32]


def says(nomination: Nomination) -> str:
    """What became of it, in a sentence."""
    return SENTENCES[Stage(nomination.stage)]
