"""Clusters: policies that open flags tie together, ranked by what would go, settled at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from gross.actions import clusters as acts
from gross.actions.flags import MANY_MOST
from gross.analysis.clusters import Cluster
from gross.analysis.obligations import obligations
from gross.analysis.types import Document
from gross.analysis.unique import Share, shares
from gross.domain.workflow import Role
from gross.store import clusters as stored
from gross.store import flag_queue, prepared
from gross.store.db import db
from gross.store.flags import Flag
from gross.store.policies import Policy
from gross.web.answers import LARGEST_ID
from gross.web.compliance import READERS, answered_together
from gross.web.drawing import count
from gross.web.edge import Answer, now, open_to
from gross.web.evidence import short
from gross.web.flag_forms import ManyForm
from gross.web.forms import Form, not_longer
from gross.web.paging import page_of
from gross.web.together import answer_all

bp = Blueprint("clusters", __name__)
PER_PAGE = 20
MOST_READ = 20  # policies of a cluster whose texts are compared for its page
MOST_QUOTES = 8  # passages that only one policy has
NAMED = 4  # policies of a cluster that the list names


@dataclass(frozen=True, slots=True)
class Listed:
    """A cluster in the list; `obligations` of its copies: what would go with them."""

    cluster: Cluster
    policies: list[Policy]  # the first few
    obligations: int


@dataclass(frozen=True, slots=True)
class Member:
    """A policy of a cluster beside the others. `share` is None where texts were not compared."""

    policy: Policy
    is_copy: bool
    share: Share | None
    own: list[tuple[int, str]]  # where a passage stands, and its words
    nomination: int | None


class CopiesForm(Form):
    why = TextAreaField(
        "Why should the copies go?", [DataRequired("Say why the copies should go."), not_longer]
    )


@bp.get("/clusters")
@open_to(*READERS)
def clusters() -> Answer:
    session = db.session()
    found = acts.gather(session)
    page = page_of(request.args, len(found), PER_PAGE)
    shown = found[page.offset : page.offset + PER_PAGE]
    named = stored.policies(session, [each for one in shown for each in one.policies[:NAMED]])
    texts = stored.texts(session, [copy for one in shown for copy in one.copies])
    return render_template(
        "compliance/clusters.html",
        listed=[
            Listed(
                one,
                [named[policy] for policy in one.policies[:NAMED]],
                sum(obligations(texts[copy]) for copy in one.copies),
            )
            for one in shown
        ],
        page=page,
        total=len(found),
        several=answered_together(),
        words=sum(one.words for one in found),
        copies=sum(len(one.copies) for one in found),
    )


@bp.get("/clusters/<int:policy_id>")
@open_to(*READERS)
def cluster(policy_id: int) -> Answer:
    return _page(policy_id)


@bp.post("/clusters/<int:policy_id>/answers")
@open_to(Role.COMPLIANCE)
def answer(policy_id: int) -> Answer:
    """Answer the flags that the reviewer saw; one that was answered meanwhile stops them all."""
    db.get_or_404(Policy, policy_id)

    def redraw(form: ManyForm, chosen: Sequence[Flag], late: Sequence[Flag]) -> str:
        return _page(policy_id, form, late=late)

    return answer_all(redraw, lambda ids: url_for(".clusters", several=ids))


@bp.post("/clusters/<int:policy_id>/copies")
@open_to(Role.COMPLIANCE)
def nominate(policy_id: int) -> Answer:
    """Nominate the marked copies; `stays` is to be followed instead."""
    db.get_or_404(Policy, policy_id)
    form = CopiesForm()
    stays, marked = request.form.get("stays", ""), request.form.getlist("copy")
    if not form.validate_on_submit():
        return _page(policy_id, copies=form, marked=frozenset(marked)), 422
    copies = [_policy(each) for each in dict.fromkeys(marked)]
    found = _around(policy_id)
    flags = flag_queue.some(db.session(), found.flags) if found else []
    acts.nominate_copies(
        db.session(), current_user.person, _policy(stays), copies, form.why.data, flags, now=now()
    )
    flash(f"{count(len(copies), 'policy is', 'policies are')} nominated to retire.")
    return redirect(url_for(".cluster", policy_id=policy_id))


def _around(policy_id: int) -> Cluster | None:
    found = acts.gather(db.session())
    return next((one for one in found if policy_id in one.policies), None)


def _policy(text: str) -> Policy:
    known = text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_ID
    return (db.session.get(Policy, int(text)) if known else None) or abort(404)


def _page(
    policy_id: int,
    form: ManyForm | None = None,
    *,
    copies: CopiesForm | None = None,
    marked: frozenset[str] | None = None,
    late: Sequence[Flag] = (),
) -> str:
    policy = db.get_or_404(Policy, policy_id)
    found = _around(policy_id)
    if found is None:
        return render_template("compliance/no_cluster.html", policy=policy, late=late)
    session = db.session()
    members = list(_members(found))
    suggested = frozenset(str(copy) for copy in found.copies)
    return render_template(
        "compliance/cluster.html",
        cluster=found,
        members=members,
        by_id={member.policy.id: member.policy for member in members},
        read=min(len(members), MOST_READ),
        most_quotes=MOST_QUOTES,
        flags=[(flag, _quotes(flag)) for flag in flag_queue.some(session, found.flags)[:MANY_MOST]],
        binding=sum(obligations(text) for text in stored.texts(session, found.copies).values()),
        answers=Role.COMPLIANCE in current_user.person.role_set,
        form=form or ManyForm(formdata=None),
        copies_form=copies or CopiesForm(formdata=None),
        marked=suggested if marked is None else marked,
        late=late,
    )


def _members(found: Cluster) -> Iterator[Member]:
    """The policies, the suggested primary first; texts of the first MOST_READ are compared."""
    session = db.session()
    policies = stored.policies(session, found.policies)
    nominated = stored.under_nomination(session, found.policies)
    documents = _documents([policies[each] for each in found.policies[:MOST_READ]])
    shared = shares(list(documents.values()))
    for each in found.policies:
        share = shared.get(each)
        own = share.own[:MOST_QUOTES] if share else ()
        yield Member(
            policies[each],
            each in found.copies,
            share,
            [(span.start, short(documents[each].text[span.start : span.end])) for span in own],
            nominated.get(each),
        )


def _documents(policies: Sequence[Policy]) -> dict[int, Document]:
    """Current editions as the analysis reads them, in two queries whatever their number."""
    session = db.session()
    texts = stored.texts(session, [policy.id for policy in policies])
    editions = [policy.current_id for policy in policies if policy.current_id is not None]
    passages = prepared.passages_of(session, editions)
    return {
        policy.id: Document(
            policy.id,
            "",
            policy.number,
            policy.title,
            texts[policy.id],
            passages[policy.current_id],
        )
        for policy in policies
        if policy.current_id is not None
    }


def _quotes(flag: Flag) -> list[tuple[Policy, int, str]]:
    """The first pair of sentences that a flag quotes, each with its policy and place."""
    passages = json.loads(flag.passages)
    if not passages:
        return []
    first = passages[0]
    return [
        (flag.policies[place], first[side]["start"], short(first[side]["text"]))
        for place, side in zip(first.get("of", [0, 1]), ("a", "b"), strict=False)
        if side in first
    ]
