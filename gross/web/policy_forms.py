"""The forms on a policy's page."""

from __future__ import annotations

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from gross.domain.errors import Refused
from gross.domain.header import FIELDS, corrected
from gross.web.forms import Form, not_longer


class HoldForm(Form):
    matter = TextAreaField(
        "What is it about?", [DataRequired("Say what the legal hold is about."), not_longer]
    )


class CorrectForm(Form):
    field = SelectField("Which value?", choices=[SelectChoice(*each) for each in FIELDS.items()])
    value = StringField("What is right?", [DataRequired("Say what the value is."), not_longer])

    def validate_value(self, value: StringField) -> None:
        """Say beside the field what the domain would refuse on a page of its own."""
        try:
            corrected(self.field.data, value.data or "")
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
