"""Where a worker meets the rules: the one commit of jobs, and a session to read with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy.orm import Session

from gross.store.db import begin_write, db


@contextmanager
def writing(app: Flask) -> Iterator[Session]:
    """One writing transaction: the only commit that jobs make."""
    with app.app_context():
        begin_write(db.session)
        yield db.session()
        db.session.commit()


@contextmanager
def reading(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
