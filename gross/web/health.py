"""Is the server up, and can it read its database? For a load balancer, not for people."""

from __future__ import annotations

from flask import Blueprint, jsonify
from sqlalchemy import text

from gross.store.db import db
from gross.web.edge import Answer, open_to_anyone

bp = Blueprint("health", __name__)


@bp.get("/health")
@open_to_anyone
def health() -> Answer:
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
