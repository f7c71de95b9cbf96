"""What the auditor reads: the ledger, entry by entry, and an export to check elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from flask import Blueprint, Response, render_template, request, stream_with_context
from sqlalchemy import func, select

from gross.actions import proofs
from gross.domain.ledger import first_break
from gross.domain.workflow import Role
from gross.home import PACKAGE
from gross.store.db import db
from gross.store.ledger import LedgerRow, head, rows
from gross.store.nominations import Nomination
from gross.web.edge import Answer, open_to
from gross.web.paging import page_of

bp = Blueprint("auditor", __name__)
PAGE = 50
VERIFIER = PACKAGE / "verifier.py"


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
    return render_template(
        "auditor/check.html",
        broken=broken,
        count=count,
        head=newest.hex(),
        root=proofs.tree_head(db.session())[1],
    )


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


@bp.get("/ledger/decisions/<int:nomination_id>")
@open_to(Role.AUDITOR)
def decision(nomination_id: int) -> Answer:
    """The proof of one decision; `since` is the size of a ledger whose root was kept."""
    found = db.get_or_404(Nomination, nomination_id)
    asked = request.args.get("since", "0")
    since = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else 0
    proof = proofs.of_decision(db.session(), found, since=since)
    return _attachment(
        json.dumps(proof, ensure_ascii=False),
        "application/json",
        f"gross-decision-{nomination_id}.json",
    )


@bp.get("/ledger/verifier")
@open_to(Role.AUDITOR)
def verifier() -> Answer:
    """The program that checks both kinds of export elsewhere: one file, standard library only."""
    return _attachment(VERIFIER.read_text(), "text/x-python", "verifier.py")


def _attachment(content: str, kind: str, name: str) -> Response:
    shown = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=kind, headers=shown)
