"""Where a command meets the rules: its home, its app, the one commit, and how it says no."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from gross.domain.errors import Refused
from gross.home import Home, Settings, default_path, open_home
from gross.store.db import begin_write, db

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Wiring:
    """What `app.py` hands down, so that no command imports upwards or sideways.

    `start_worker` starts the embedded job worker and returns what stops it.
    """

    create_app: Callable[[Home], Flask]
    start_worker: Callable[[Flask], Callable[[], None]]


today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Judge dates as of this day.  [default: the hospital's today]",
)


def says_no(command: Callable[P, None]) -> Callable[P, None]:
    """A refusal is one sentence on stderr and exit status 1."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Refused as refusal:
            click.echo(str(refusal), err=True)
            raise SystemExit(1) from None

    return guarded


def wiring(context: click.Context) -> Wiring:
    found: Wiring = context.find_root().obj
    return found


def open_app(context: click.Context, home: Home | None = None) -> Flask:
    """Build the app around a home, which is made and brought up to date where needed."""
    log_to_stderr()
    app = wiring(context).create_app(home or open_home(default_path()))
    with app.app_context():
        upgrade()
    return app


def settings_here() -> Settings:
    """As the home is set; what only reads a file makes no home where there is none."""
    path = default_path()
    return open_home(path).settings if (path / "secret").exists() else Settings()


def log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("alembic", "flask_migrate", "waitress", "flask-limiter"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


@contextmanager
def writing(app: Flask) -> Iterator[Session]:
    """One writing transaction: the only commit that the command line makes."""
    with app.app_context():
        begin_write(db.session)
        yield db.session()
        db.session.commit()


@contextmanager
def reading(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
