"""What the administrator does: let people in, give them roles, see them out."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import func, select
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from gross.actions import people as deeds
from gross.domain.workflow import PEOPLE, Role
from gross.store.db import db
from gross.store.people import Person
from gross.web.edge import Answer, now, open_to
from gross.web.forms import ButtonForm, Form
from gross.web.paging import page_of

bp = Blueprint("admin", __name__)
PAGE = 25
ADDRESS = r"^[^@\s]+@[^@\s]+$"


class PersonForm(Form):
    login = StringField("Login", [InputRequired("Enter a login."), Length(max=100)])
    name = StringField("Name", [InputRequired("Enter a name."), Length(max=200)])
    email = StringField(
        "Mail address",
        [Optional(), Length(max=200), Regexp(ADDRESS, message="Enter a mail address.")],
    )
    profession = StringField("Profession", [Length(max=100)])
    unit = StringField("Unit", [Length(max=100)])


class RolesForm(Form):
    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice(role.value, role.value.capitalize()) for role in PEOPLE],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class NewPersonForm(PersonForm, RolesForm):
    """Who it is and what they may do."""


@bp.get("/people")
@open_to(Role.ADMIN)
def people() -> Answer:
    total = db.session.scalar(select(func.count(Person.id))) or 0
    page = page_of(request.args, total, PAGE)
    rows = db.session.scalars(
        select(Person).order_by(Person.name, Person.id).offset(page.offset).limit(PAGE)
    ).all()
    return render_template("admin/people.html", people=rows, page=page, total=total)


@bp.route("/people/new", methods=["GET", "POST"])
@open_to(Role.ADMIN)
def add_person() -> Answer:
    form = NewPersonForm()
    if form.validate_on_submit():
        added = deeds.add_person(
            db.session(),
            current_user.person,
            form.login.data,
            form.name.data,
            roles=_roles(form),
            email=form.email.data or "",
            profession=form.profession.data or "",
            unit=form.unit.data or "",
            now=now(),
        )
        flash(f"{added.name} is added. Make an invitation so that they can set a password.")
        return redirect(url_for(".person", person_id=added.id))
    return render_template("admin/add_person.html", form=form), (422 if form.errors else 200)


@bp.get("/people/<int:person_id>")
@open_to(Role.ADMIN)
def person(person_id: int) -> Answer:
    row = db.get_or_404(Person, person_id)
    form = RolesForm(data={"roles": [role.value for role in row.role_set]})
    return render_template("admin/person.html", row=row, form=form)


@bp.post("/people/<int:person_id>/roles")
@open_to(Role.ADMIN)
def change_roles(person_id: int) -> Answer:
    row = db.get_or_404(Person, person_id)
    form = RolesForm()
    if form.validate_on_submit():
        deeds.change_roles(db.session(), current_user.person, row, _roles(form), now=now())
        flash(f"The roles of {row.name} are changed; they hold from the next page on.")
        return redirect(url_for(".person", person_id=row.id))
    return render_template("admin/person.html", row=row, form=form), 422


@bp.post("/people/<int:person_id>/invite")
@open_to(Role.ADMIN)
def invite(person_id: int) -> Answer:
    row = db.get_or_404(Person, person_id)
    if not ButtonForm().validate_on_submit():
        return render_template("admin/person.html", row=row, form=RolesForm()), 422
    token = deeds.invite(db.session(), row, now=now())
    base = current_app.config["GROSS"].settings.base_url.rstrip("/")
    flash(f"Give this link to {row.name}; it works once, for 72 hours: {base}/invitations/{token}")
    return redirect(url_for(".person", person_id=row.id))


@bp.post("/people/<int:person_id>/disable")
@open_to(Role.ADMIN)
def disable(person_id: int) -> Answer:
    row = db.get_or_404(Person, person_id)
    if ButtonForm().validate_on_submit():
        deeds.disable(db.session(), current_user.person, row, now=now())
        flash(f"{row.name} is signed out everywhere and cannot sign in any more.")
    return redirect(url_for(".person", person_id=row.id))


def _roles(form: RolesForm) -> frozenset[Role]:
    return frozenset(Role(role) for role in form.roles.data)
