"""An upload's jobs survive a worker that is killed: they go on where it was, and double nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gross.actions import uploads
from gross.actions.uploads import Sent
from gross.domain.ledger import first_break
from gross.store import ledger
from gross.store.db import begin_write, db
from gross.store.imports import Import, ImportItem
from gross.store.jobs import Job
from gross.store.policies import Edition, Policy

ROOT = Path(__file__).parents[2]
FILES = 90
# A worker of its own process that takes over at once what another left behind.
WORKER = """
from datetime import timedelta
from gross.store import jobs
jobs.STALE_AFTER = timedelta(seconds=0)
from gross.app import main
main()
"""


@pytest.fixture
def record_id(session, home, make_person):
    """An upload of many files that was checked, and whose import was asked for."""
    steward = make_person("Sam Steward", roles="staff steward")
    files = [
        Sent(f"{n:03}.txt", BytesIO(f"Title: Room {n}\n\n{'Clean it. ' * 200}".encode()))
        for n in range(FILES)
    ]
    now = datetime.now(UTC)
    record = uploads.begin(session(), home, steward, files, now=now)
    record.state = "checked"
    session.flush()
    uploads.start(session(), steward, record, now=now)
    session.commit()
    return record.id


def brought(home):
    with closing(sqlite3.connect(home.database, timeout=30)) as connection:
        return connection.execute("SELECT count(*) FROM policy").fetchone()[0]


def work_until(home, is_enough):
    """Run a real worker until that is so; kill it as a power cut would."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, "work"],
        env={**os.environ, "GROSS_HOME": str(home.path)},
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 240
        while not is_enough():
            assert process.poll() is None, "the worker ended by itself"
            assert time.monotonic() < deadline, "the import does not get on"
            time.sleep(0.02)
    finally:
        process.kill()
        process.wait()


def test_an_import_whose_worker_is_killed_goes_on_and_doubles_nothing(home, record_id):
    db.session.rollback()
    work_until(home, lambda: brought(home) >= 40)
    kept = brought(home)
    assert 0 < kept < FILES

    def is_over():
        db.session.rollback()
        return db.session.scalar(select(Import.state).where(Import.id == record_id)) == "done"

    work_until(home, lambda: is_over() and db.session.scalars(select(Job.state)).one() == "done")

    db.session.rollback()
    assert db.session.scalar(select(func.count(Policy.id))) == FILES
    assert db.session.scalar(select(func.count(Edition.id))) == FILES
    items = db.session.scalars(select(ImportItem)).all()
    assert {item.outcome for item in items} == {"new"}
    assert len({item.source for item in items}) == len(items) == FILES
    assert first_break(ledger.rows(db.session())) is None
    assert len(list(ledger.rows(db.session()))) == FILES
    assert not list((home.path / "uploads").iterdir())


def test_a_job_that_never_comes_back_is_tried_three_times(home, record_id):
    db.session.rollback()
    begin_write(db.session)
    job = db.session.scalars(select(Job)).one()
    job.state, job.attempts = "running", 3
    job.began_at = job.beat_at = datetime(2026, 1, 1, tzinfo=UTC)
    db.session.commit()

    def is_over():
        db.session.rollback()
        return db.session.scalars(select(Job.state)).one() == "failed"

    work_until(home, is_over)

    db.session.rollback()
    outcome = db.session.scalars(select(Job.outcome)).one()
    assert outcome.startswith("It ended its worker 3 times and was given up.")
    assert brought(home) == 0
