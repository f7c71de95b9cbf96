"""Sign in and out, set a first password, choose light or dark."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from gross.actions import people
from gross.home import SAMPLE_PASSWORD
from gross.store.db import db
from gross.store.people import Invitation, Person, SignIn, by_login, signed_in, token_hash
from gross.web.edge import EVERYBODY, Answer, now, open_to, open_to_anyone, write_once
from gross.web.forms import ButtonForm, Form
from gross.web.limits import LIMITER, by_account, sign_in_limit, sign_in_limit_by_account

bp = Blueprint("account", __name__)
THEMES = ("auto", "light", "dark")


class Visitor:
    """Who sits behind a request: Flask-Login's user, known by a server-side session's token."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, token: str, person: Person) -> None:
        self.token, self.person = token, person

    def get_id(self) -> str:
        return self.token


def load_visitor(token: str) -> Visitor | None:
    """Find who the cookie's token stands for, now: a role taken or a logout acts at once."""
    row: SignIn | None = signed_in(db.session(), token, now=now())
    return Visitor(token, row.person) if row else None


class SignInForm(Form):
    login = StringField("Login", [InputRequired("Enter your login."), Length(max=200)])
    password = PasswordField("Password", [InputRequired("Enter your password."), Length(max=256)])


@bp.route("/sign-in", methods=["GET", "POST"])
@LIMITER.limit(sign_in_limit, methods=["POST"])
@LIMITER.limit(sign_in_limit_by_account, key_func=by_account, methods=["POST"])
@open_to_anyone
def sign_in() -> Answer:
    form = SignInForm()
    if form.validate_on_submit():
        person = by_login(db.session(), form.login.data)
        if people.password_fits(person, form.password.data) and person is not None:
            return write_once(lambda: _enter(person.id))
        form.password.errors = ["Login or password is wrong."]
    page = render_template(
        "account/sign_in.html", form=form, samples=_samples(), sample_password=SAMPLE_PASSWORD
    )
    return page, (422 if form.is_submitted() else 200)


@bp.post("/sign-in/sample/<int:person_id>")
@open_to_anyone
def sign_in_as_sample(person_id: int) -> Answer:
    if not current_app.config["GROSS"].settings.demo:
        abort(404)
    if not ButtonForm().validate_on_submit():
        abort(400)
    return write_once(lambda: _enter(person_id))


def _enter(person_id: int) -> Response:
    person = db.session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        abort(404)
    if current_user.is_authenticated:
        people.sign_out(db.session(), current_user.token)
    target = safe_target(request.args.get("next", ""))
    hours = current_app.config["GROSS"].settings.session_hours
    token = people.sign_in(db.session(), person, hours=hours, now=now())
    cookie.clear()  # nothing of the visit before sign-in is carried over
    login_user(Visitor(token, person))
    return redirect(target or url_for("staff.home"))


@bp.post("/sign-out")
@open_to(*EVERYBODY)
def sign_out() -> Answer:
    if not ButtonForm().validate_on_submit():
        abort(400)
    people.sign_out(db.session(), current_user.token)
    logout_user()
    cookie.clear()
    flash("You are signed out.")
    return redirect(url_for(".sign_in"))


class PasswordForm(Form):
    password = PasswordField(
        "New password", [InputRequired("Choose a password."), Length(max=people.PASSWORD_MOST)]
    )


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@LIMITER.limit(sign_in_limit, methods=["POST"])
@open_to_anyone
def accept(token: str) -> Answer:
    invitation = db.session.scalar(
        select(Invitation).where(Invitation.token_hash == token_hash(token))
    )
    if invitation is None or invitation.used_at is not None or invitation.ends_at <= now():
        return render_template("account/no_invitation.html"), 404
    form = PasswordForm()
    if form.validate_on_submit():
        return write_once(lambda: _set_password(token, form.password.data))
    return render_template(
        "account/set_password.html",
        form=form,
        person=invitation.person,
        least=people.PASSWORD_LEAST,
    ), (422 if form.is_submitted() else 200)


def _set_password(token: str, password: str) -> Response:
    invitation = db.session.scalars(
        select(Invitation).where(Invitation.token_hash == token_hash(token))
    ).one()
    people.set_password(db.session(), invitation, password, now=now())
    flash("Your password is set. Sign in with it.")
    return redirect(url_for(".sign_in"))


@bp.post("/theme/<name>")
@open_to_anyone
def choose_theme(name: str) -> Answer:
    if name not in THEMES:
        abort(404)
    if not ButtonForm().validate_on_submit():
        abort(400)
    response = redirect(safe_target(request.form.get("back", "")) or url_for("staff.home"))
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        "theme", name, max_age=365 * 86_400, samesite="Lax", httponly=True, secure=secure
    )
    return response


def safe_target(target: str) -> str:
    """A path of this site, or "": one leading slash, no scheme, no backslash, no control."""
    parts = urlsplit(target)
    plain = target.isprintable() and "\\" not in target and not target.startswith("//")
    return target if target.startswith("/") and plain and not parts.netloc else ""


def _samples() -> list[Person]:
    """In the demonstration, everybody may be somebody: the sample people, by role."""
    if not current_app.config["GROSS"].settings.demo:
        return []
    return list(
        db.session.scalars(
            select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id).limit(50)
        )
    )
