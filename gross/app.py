"""The application factory: settings, extensions, blueprints, in that order; and the command."""

from __future__ import annotations

import os
import time
from datetime import timedelta

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect

from gross.cli import commands
from gross.cli.edge import Wiring
from gross.home import PACKAGE, SHARE, Home
from gross.jobs import worker
from gross.store import schema  # noqa: F401 -- migrations must see every table
from gross.store.db import db
from gross.web import BLUEPRINTS, account, answers, drawing
from gross.web.limits import LIMITER
from gross.web.upload_request import FORM_MOST, TYPED_MOST, UploadRequest

MIGRATIONS = SHARE / "migrations"


def create_app(home: Home, *, testing: bool = False) -> Flask:
    """Build the app around a home folder; from then on the process tells the hospital's time."""
    if home.settings.timezone:
        os.environ["TZ"] = home.settings.timezone
        time.tzset()
    app = Flask(
        "gross",
        template_folder=str(SHARE / "templates"),
        static_folder=str(PACKAGE / "web" / "static"),
    )
    app.config.update(
        GROSS=home,
        TESTING=testing,
        SECRET_KEY=home.secret,
        SQLALCHEMY_DATABASE_URI=home.database_url,
        MAX_CONTENT_LENGTH=FORM_MOST,
        MAX_FORM_MEMORY_SIZE=TYPED_MOST,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=home.settings.session_hours),
        SESSION_COOKIE_NAME="gross",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=home.settings.behind_https,
        TRUSTED_HOSTS=[host.strip() for host in home.settings.hosts.split(",") if host.strip()]
        or None,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a ballot may stay open over lunch
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
    )
    app.request_class = UploadRequest
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    CSRFProtect(app)
    LIMITER.init_app(app)
    logins = LoginManager(app)
    logins.login_view = "account.sign_in"
    logins.login_message = "Sign in to go on."
    logins.session_protection = None  # the session is a row on the server
    logins.user_loader(account.load_visitor)
    answers.init(app)
    drawing.init(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def main() -> None:
    """The `gross` command. It hands the factory down, so that no command imports upwards."""
    commands(obj=Wiring(create_app, worker.start), prog_name="gross")
