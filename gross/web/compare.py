"""Two policies side by side: those of a flag, or any two."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from gross.analysis.types import Kind
from gross.domain.flag import FlagState
from gross.domain.workflow import Role
from gross.store import flag_queue
from gross.store.db import db
from gross.store.flags import Flag
from gross.store.policies import Policy
from gross.web.answers import LARGEST_ID
from gross.web.comparing import SHOWS, side_by_side
from gross.web.compliance import READERS
from gross.web.edge import EVERYBODY, Answer, open_to
from gross.web.evidence import Evidence, evidence_of

bp = Blueprint("compare", __name__)
MOST_CONFLICTS = 6  # pairs of passages above the comparison


@bp.get("/compare")
@open_to(*EVERYBODY)
def policies() -> Answer:
    a, b = (_policy(request.args.get(name, "")) for name in ("a", "b"))
    return _page(a, b, url=lambda **more: url_for(".policies", a=a.id, b=b.id, **more))


@bp.get("/flags/<int:flag_id>/compare")
@open_to(*READERS)
def flag(flag_id: int) -> Answer:
    found = flag_queue.one(db.session(), flag_id) or abort(404)
    if len(found.policies) < 2:
        abort(404)  # one policy has nothing to stand beside
    a, b = _pair(found)
    return _page(
        a,
        b,
        flag=found,
        answers=Role.COMPLIANCE in current_user.person.role_set and found.state == FlagState.OPEN,
        url=lambda **more: url_for(".flag", flag_id=found.id, a=a.id, b=b.id, **more),
    )


def _pair(flag: Flag) -> tuple[Policy, Policy]:
    """The two that the address names, else the two that the first quotes are from."""
    if "a" in request.args or "b" in request.args:
        a, b = (_policy(request.args.get(name, "")) for name in ("a", "b"))
        if not {a.id, b.id} <= {policy.id for policy in flag.policies}:
            abort(404)
        return a, b
    passages = json.loads(flag.passages)
    places = passages[0].get("of", [0, 1]) if passages else [0, 1]
    first, second = places if len(places) == 2 else (0, 1)
    return flag.policies[first], flag.policies[second]


def _policy(text: str) -> Policy:
    known = text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_ID
    return (db.session.get(Policy, int(text)) if known else None) or abort(404)


def _page(
    a: Policy,
    b: Policy,
    *,
    url: Callable[..., str],
    flag: Flag | None = None,
    answers: bool = False,
) -> str:
    show = request.args.get("show", "all")
    show = show if show in SHOWS else "all"
    sides = side_by_side(db.session(), a, b)
    return render_template(
        "compliance/compare.html",
        a=a,
        b=b,
        flag=flag,
        answers=answers,
        conflict=_conflict(flag, a, b),
        sides=sides,
        lines=sides.showing(show),
        show=show,
        shows=SHOWS,
        url=url,
    )


def _conflict(flag: Flag | None, a: Policy, b: Policy) -> Evidence:
    """What a conflict rests on: its passages may match in subject and share few words, and then
    stand in no row of the comparison together.
    """
    if flag is None or flag.kind != Kind.CONFLICTING:
        return Evidence()
    found = evidence_of(flag, a)
    return Evidence(tuple(pair for pair in found.pairs if pair.other.id == b.id)[:MOST_CONFLICTS])
