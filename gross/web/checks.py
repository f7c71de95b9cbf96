"""Before you publish: what a draft would contradict, repeat, or cite that is dead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from flask import Blueprint, Flask, Response, current_app, render_template, stream_template
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from gross.actions.deliveries import shown
from gross.domain.calendar import local_day
from gross.intake import MAX_BYTES
from gross.store.db import db
from gross.web.checking import Checked, Checking, Draft
from gross.web.edge import EVERYBODY, Answer, now, open_to
from gross.web.forms import Form
from gross.web.limits import LIMITER, by_visitor
from gross.web.upload_request import TYPED_MOST
from gross.web.verdict import LINES

bp = Blueprint("checks", __name__)
QUICK_SECONDS = 1.0  # what takes longer says how far it is
PASTED = "The pasted text.txt"


class DraftForm(Form):
    file = FileField("The draft as a file")
    words = TextAreaField("Or its text, pasted")
    number = StringField("Number of the policy that it replaces", [Length(max=80)])

    def validate_file(self, field: FileField) -> None:
        pasted, chosen = bool((self.words.data or "").strip()), bool(field.data)
        if pasted == chosen:
            raise ValidationError(
                "Choose a file or paste the text, not both."
                if chosen
                else "Choose a file, or paste the text."
            )

    def draft(self) -> Draft:
        number = (self.number.data or "").strip()
        if self.file.data:
            name = shown(self.file.data.filename or "").rpartition("/")[2] or "draft"
            return Draft(name[-200:], self.file.data.stream.read(MAX_BYTES + 1), number)
        return Draft(PASTED, (self.words.data or "").encode("utf-8", "replace"), number)


@bp.get("/check")
@open_to(*EVERYBODY)
def draft() -> Answer:
    return _form(DraftForm(formdata=None))


@bp.post("/check")
@open_to(*EVERYBODY)
@LIMITER.limit("12 per minute", key_func=by_visitor)
def check() -> Answer:
    """Answer with the page itself: nothing was changed that a redirect could lead to."""
    db.session.rollback()  # nothing will be written: the lock goes back before the draft is read
    form = DraftForm()
    if not form.validate_on_submit():
        return _form(form), 422
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    work = Checking(app, form.draft(), local_day(now()))
    work.begin()
    if not work.ended_within(QUICK_SECONDS):
        return _streamed(work)
    if refusal := work.outcome.refusal:
        form.file.errors = [refusal]
        return _form(form), 422
    return render_template("staff/checked.html", **_shown(work, ()))


def _form(form: DraftForm) -> str:
    return render_template("staff/check.html", form=form, most=MAX_BYTES, typed_most=TYPED_MOST)


def _shown(work: Checking, said: Iterable[str]) -> dict[str, object]:
    """What the page is drawn from; `outcome` is asked for when all of `said` has been shown."""
    outcome: partial[Checked] = partial(getattr, work, "outcome")
    return {"name": work.draft.filename, "said": said, "outcome": outcome, "at_once": LINES}


def _streamed(work: Checking) -> Response:
    """The page while it grows: what was said last shows, until the findings stand below."""
    pieces = stream_template("staff/checked.html", **_shown(work, iter(work)))
    db.session.expunge_all()  # the page is drawn when the request's session is gone
    response = Response(_grown(pieces, work), mimetype="text/html")
    response.headers["X-Accel-Buffering"] = "no"  # a proxy would keep the progress to itself
    return response


def _grown(pieces: Iterator[str], work: Checking) -> Iterator[str]:
    """Hand on what the template gives word of progress by word, and then the rest at once."""
    kept: list[str] = []
    for piece in pieces:
        kept.append(piece)
        if "</p>" in piece and not work.ended_within(0):
            yield "".join(kept)
            kept = []
    yield "".join(kept)
