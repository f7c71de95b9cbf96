"""What policies ask of people, as a ranking with the counts shown; and one policy's, quoted."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for

from gross.analysis.measures import PAGE_WORDS, Measures, from_json
from gross.domain.workflow import Role
from gross.store import measures
from gross.store.db import db
from gross.store.flags import newest_scan
from gross.store.policies import Edition, Policy
from gross.web.edge import Answer, open_to
from gross.web.paging import page_of

bp = Blueprint("burden", __name__)
READERS = (Role.COMPLIANCE, Role.STEWARD, Role.AUDITOR)
PAGE = 50
USUAL_SORT = "offices"
COLUMNS = (  # what is sorted by, its short head, and what it means
    ("offices", "Signatures", "offices that sign for one act, at the most"),
    ("doubled", "Doubled", "places that say themselves that a record repeats another"),
    ("records", "Records", "sentences that ask for a log, checklist or attestation"),
    ("obligations", "Asks", "sentences that oblige somebody"),
    ("per_page", "Asks a page", f"the same for each page of {PAGE_WORDS} words"),
    ("grade", "Grade", "school grade of the text (Flesch-Kincaid)"),
    ("words", "Words", "of the text itself, without header data"),
)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    head: str
    means: str
    url: str
    here: bool
    usual: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a policy's page: who must do what, by when."""

    who: str
    text: str
    when: str
    start: int


@bp.get("/burden")
@open_to(*READERS)
def ranking() -> Answer:
    session = db.session()
    sort = request.args.get("sort", "")
    sort = sort if sort in measures.SORTS else USUAL_SORT
    total = measures.count(session)
    page = page_of(request.args, total, PAGE)
    usual = measures.usual(session)
    return render_template(
        "compliance/burden.html",
        rows=measures.ranking(session, sort, offset=page.offset, limit=PAGE),
        columns=[
            Column(name, head, means, url_for(".ranking", sort=name), name == sort, usual[name])
            for name, head, means in COLUMNS
        ],
        page=page,
        total=total,
        newest=newest_scan(session),
    )


@bp.get("/burden/<int:policy_id>")
@open_to(*READERS)
def policy(policy_id: int) -> Answer:
    session = db.session()
    found = db.get_or_404(Policy, policy_id)
    row = measures.of_policy(session, found)
    edition = session.get(Edition, found.current_id) if found.current_id else None
    if row is None or edition is None or found.retired_at is not None:
        abort(404)
    counted = from_json(row.detail)
    return render_template(
        "compliance/burden_policy.html",
        policy=found,
        row=row,
        counted=counted,
        columns=COLUMNS,
        usual=measures.usual(session),
        asked=_asked(edition.text, counted),
        chains=[
            (len(each.offices), [name for name in each.offices if name], _quote(edition.text, each))
            for each in sorted(counted.approvals, key=lambda each: -len(each.offices))
        ],
        records=[(each.doubles, _quote(edition.text, each)) for each in counted.records],
        cited=list(dict.fromkeys(" ".join(each.text.split()) for each in counted.citations)),
        defined=list(dict.fromkeys(" ".join(each.text.split()) for each in counted.definitions)),
    )


def _asked(text: str, counted: Measures) -> list[Asked]:
    return [
        Asked(each.who, text[each.start : each.end], each.when, each.start)
        for each in counted.obligations
    ]


def _quote(text: str, part: object) -> tuple[str, int]:
    start, end = getattr(part, "start", 0), getattr(part, "end", 0)
    return text[start:end], start
