"""The forms with which flags are answered, one or several at once."""

from __future__ import annotations

from collections.abc import Iterable

from flask import abort, request
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from gross.actions import flags as acts
from gross.store import flag_queue
from gross.store.db import db
from gross.store.flags import Flag
from gross.web.answers import LARGEST_ID
from gross.web.forms import Form

NO_REASON = "Choose why the flag is not so."
CONFIRM, DISMISS = "confirm", "dismiss"
_CHOICES = [SelectChoice(value, says) for value, says in acts.REASONS.items()]
_TOO_LONG = Length(max=acts.WORDS_MOST, message=f"Use at most {acts.WORDS_MOST:,} characters.")


class DismissForm(Form):
    reason = RadioField("Why is it not so?", [InputRequired(NO_REASON)], choices=_CHOICES)
    words = TextAreaField("In your words (needed for “something else”)", [_TOO_LONG])

    def validate_words(self, field: TextAreaField) -> None:
        _other_needs_words(self.reason.data, field)


class ManyForm(Form):
    """Answers all marked flags alike; its buttons say how. Only a dismissal needs a reason."""

    because = RadioField("Why are they not so?", choices=_CHOICES, validate_choice=False)
    said = TextAreaField("More words (needed for “something else”)", [_TOO_LONG])

    def validate_because(self, field: RadioField) -> None:
        if self.dismisses and field.data not in acts.REASONS:
            raise ValidationError(NO_REASON)

    def validate_said(self, field: TextAreaField) -> None:
        if self.dismisses:
            _other_needs_words(self.because.data, field)

    @property
    def answer(self) -> str:
        return request.form.get("answer", "")

    @property
    def dismisses(self) -> bool:
        return self.answer == DISMISS


def asked_flags(texts: Iterable[str]) -> list[Flag]:
    """The flags whose ids these are; what is no id of a flag is no page."""
    wanted = set()
    for text in texts:
        if not text:
            continue
        known = text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_ID
        wanted.add(int(text) if known else abort(404))
    found = flag_queue.some(db.session(), wanted)
    return found if len(found) == len(wanted) else abort(404)


def _other_needs_words(reason: str | None, field: TextAreaField) -> None:
    if reason == acts.OTHER and not (field.data or "").strip():
        raise ValidationError("Say in a few words why the flag is not so.")
