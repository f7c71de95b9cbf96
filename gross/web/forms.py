"""What every form carries: a CSRF token and an idempotency key."""

from __future__ import annotations

import secrets

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import Length, ValidationError

LONGEST = 2000  # characters that a person may write into one field


class Form(FlaskForm):
    """`once` is made with the page: the same form sent twice has one effect and one answer."""

    once = HiddenField(validators=[Length(max=64)], default=lambda: secrets.token_urlsafe(24))


class ButtonForm(Form):
    """A form whose only field is its button."""


def not_longer(form: Form, field: Field) -> None:
    """Hold a text to LONGEST. The browser is not told: it would cut a pasted text silently."""
    length = len((field.data or "").replace("\r\n", "\n"))
    if length > LONGEST:
        raise ValidationError(f"At most {LONGEST:,} characters, please; this has {length:,}.")
