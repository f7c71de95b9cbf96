"""What every form carries: a CSRF token and an idempotency key."""

from __future__ import annotations

import secrets

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Length


class Form(FlaskForm):
    """`once` is made with the page: the same form sent twice has one effect and one answer."""

    once = HiddenField(validators=[Length(max=64)], default=lambda: secrets.token_urlsafe(24))


class ButtonForm(Form):
    """A form whose only field is its button."""
