"""A policy's page: its header, its text opened at a passage, what is said of it, its history."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass

from flask import render_template, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from gross.actions.corrections import CORRECTORS
from gross.domain.calendar import local_day
from gross.domain.flag import FlagState
from gross.domain.workflow import Role, Stage
from gross.store import ledger, policies
from gross.store.db import db
from gross.store.flags import Flag, FlagPolicy
from gross.store.nominations import Nomination
from gross.store.policies import Edition, PassageRow, Policy
from gross.web import policy_header
from gross.web.edge import now
from gross.web.paging import Page, page_of
from gross.web.policy_forms import CorrectForm, HoldForm
from gross.web.stages import label
from gross.web.timeline import story
from gross.web.waiting import title_of

PASSAGES = 400  # on one page of a long text
MENTIONS = 50  # flags or nominations that are listed
SEES_HOLD = frozenset({Role.STEWARD, Role.COMPLIANCE, Role.ADMIN, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage as drawn. `is_here`: the address asked for this place."""

    start: int
    kind: str
    text: str
    is_here: bool


def show(
    policy: Policy,
    edition: Edition | None,
    *,
    hold_form: HoldForm | None = None,
    correct_form: CorrectForm | None = None,
) -> str:
    """Draw the page; a form that was sent and cannot stand is shown again with its errors."""
    session, reader = db.session(), current_user.person
    roles = reader.role_set
    nominations = _nominations(policy)
    page, pieces = pieces_of(edition)
    subjects = [f"policy:{policy.id}", *(f"nomination:{one.id}" for one in nominations)]
    return render_template(
        "library/policy.html",
        policy=policy,
        edition=edition,
        is_current=edition is not None and edition.id == policy.current_id,
        is_late=policies.is_overdue(policy, local_day(now())),
        dates=policy_header.dates(session, policy, edition),
        lines=policy_header.lines(session, policy, edition, reader),
        approvals=policy_header.approvals(edition),
        corrects=bool(CORRECTORS & roles) and policy.retired_at is None,
        correct_form=correct_form or CorrectForm(formdata=None),
        warnings=json.loads(edition.warnings) if edition else [],
        pieces=pieces,
        page=page,
        editions=policies.editions_of(session, policy),
        flags=_flags(policy),
        reviews=Role.COMPLIANCE in roles,
        nominations=[(one, title_of(one), label(Stage(one.stage))) for one in nominations],
        happenings=story(session, reader, subjects),
        audits=Role.AUDITOR in roles,
        matter=_matter(policy) if roles & SEES_HOLD else "",
        holds=Role.STEWARD in roles,
        hold_form=hold_form or HoldForm(formdata=None),
    )


def pieces_of(edition: Edition | None) -> tuple[Page, list[Piece]]:
    """The page of passages that the address asks for: by page, or by a place in the text."""
    if edition is None:
        return page_of(request.args, 0, PASSAGES), []
    rows = db.session.execute(
        select(PassageRow.start, PassageRow.end, PassageRow.kind)
        .where(PassageRow.edition_id == edition.id)
        .order_by(PassageRow.start)
    ).all()
    here = _index_at([row.start for row in rows])
    asked = request.args
    if here is not None and "page" not in asked:
        asked = MultiDict({"page": str(here // PASSAGES + 1)})
    page = page_of(asked, len(rows), PASSAGES)
    shown = list(enumerate(rows))[page.offset : page.offset + PASSAGES]
    return page, [
        Piece(row.start, row.kind, edition.text[row.start : row.end], n == here) for n, row in shown
    ]


def _index_at(starts: list[int]) -> int | None:
    """Which passage `at=` means: the last that begins at or before that code point."""
    asked = request.args.get("at", "")[:12]
    if not starts or not (asked.isascii() and asked.isdecimal()):
        return None
    return max(0, bisect_right(starts, int(asked)) - 1)


def _nominations(policy: Policy) -> list[Nomination]:
    return list(
        db.session.scalars(
            select(Nomination)
            .where(Nomination.policy_id == policy.id)
            .options(joinedload(Nomination.policy))
            .order_by(Nomination.id.desc())
            .limit(MENTIONS)
        )
    )


def _flags(policy: Policy) -> list[Flag]:
    return list(
        db.session.scalars(
            select(Flag)
            .join(FlagPolicy, FlagPolicy.flag_id == Flag.id)
            .where(
                FlagPolicy.policy_id == policy.id,
                Flag.state.in_((FlagState.OPEN, FlagState.CONFIRMED)),
            )
            .order_by(Flag.score.desc(), Flag.id)
            .limit(MENTIONS)
        )
    )


def _matter(policy: Policy) -> str:
    """What the newest legal hold is about; not everybody may read it."""
    if not policy.legal_hold:
        return ""
    told = ledger.timeline(db.session(), f"policy:{policy.id}")
    return next((texts["matter"] for row, texts in reversed(told) if "matter" in texts), "")
