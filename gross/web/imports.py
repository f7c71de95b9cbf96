"""What came in with each import, what was refused and why, and what was missing."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gross.domain.workflow import Role
from gross.store import imports as store
from gross.store.db import db
from gross.store.imports import OUTCOMES, Import, ImportItem
from gross.web.edge import Answer, open_to
from gross.web.paging import page_of

bp = Blueprint("imports", __name__)
PAGE = 25
ITEMS = 100
SEES_IMPORTS = frozenset({Role.COMPLIANCE, Role.STEWARD, Role.ADMIN, Role.AUDITOR})
# What needs somebody comes first.
ORDER = ("refused", "missing", "new", "changed", "same")


@bp.get("/imports")
@open_to(*SEES_IMPORTS)
def imports() -> Answer:
    session = db.session()
    total = session.scalar(select(func.count(Import.id))) or 0
    page = page_of(request.args, total, PAGE)
    found = store.newest(session, skip=page.offset, most=PAGE)
    return render_template(
        "library/imports.html",
        imports=found,
        tallies=store.tallies(session, [each.id for each in found]),
        page=page,
        total=total,
    )


@bp.get("/imports/<int:import_id>")
@open_to(*SEES_IMPORTS)
def imported(import_id: int) -> Answer:
    session, found = db.session(), db.get_or_404(Import, import_id)
    tally = store.tallies(session, [found.id])[found.id]
    first = next((outcome for outcome in ORDER if tally[outcome]), ORDER[0])
    outcome = request.args.get("outcome", first)
    outcome = outcome if outcome in OUTCOMES else first
    page = page_of(request.args, tally[outcome], ITEMS)
    items = session.scalars(
        select(ImportItem)
        .where(ImportItem.import_id == found.id, ImportItem.outcome == outcome)
        .options(joinedload(ImportItem.policy))
        .order_by(ImportItem.source)
        .offset(page.offset)
        .limit(ITEMS)
    ).all()
    return render_template(
        "library/import.html",
        record=found,
        tally=[(each, tally[each]) for each in ORDER],
        outcome=outcome,
        items=items,
        page=page,
    )
