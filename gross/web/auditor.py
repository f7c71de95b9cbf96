"""What the auditor reads: the ledger, entry by entry, and an export to check elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from flask import Blueprint, Response, render_template, request, stream_with_context
from sqlalchemy import func, select

from gross.domain.ledger import first_break
from gross.domain.workflow import Role
from gross.store.db import db
from gross.store.ledger import LedgerRow, head, rows
from gross.web.edge import Answer, open_to
from gross.web.paging import page_of

bp = Blueprint("auditor", __name__)
PAGE = 50


@bp.get("/ledger")
@open_to(Role.AUDITOR)
def ledger() -> Answer:
    subject = request.args.get("subject", "")[:100]
    chosen = [LedgerRow.subject == subject] if subject else []
    total = db.session.scalar(select(func.count(LedgerRow.seq)).where(*chosen)) or 0
    page = page_of(request.args, total, PAGE)
    found = db.session.scalars(
        select(LedgerRow)
        .where(*chosen)
        .order_by(LedgerRow.seq.desc())
        .offset(page.offset)
        .limit(PAGE)
    ).all()
    return render_template(
        "auditor/ledger.html",
        entries=found,
        page=page,
        total=total,
        subject=subject,
        head=head(db.session())[1].hex(),
    )


@bp.get("/ledger/check")
@open_to(Role.AUDITOR)
def check() -> Answer:
    """Read the whole chain; O(n) in entries, about 100,000 a second."""
    broken = first_break(rows(db.session()))
    count, newest = head(db.session())
    return render_template("auditor/check.html", broken=broken, count=count, head=newest.hex())


@bp.get("/ledger/export")
@open_to(Role.AUDITOR)
def export() -> Answer:
    """One JSON object a line, as `gross verify --export` reads it."""

    def lines() -> Iterator[str]:
        for entry, sealed in rows(db.session()):
            yield json.dumps({"entry": asdict(entry), "seal": sealed.hex()}) + "\n"

    return Response(
        stream_with_context(lines()),
        mimetype="application/jsonl",
        headers={"Content-Disposition": 'attachment; filename="gross-ledger.jsonl"'},
    )
