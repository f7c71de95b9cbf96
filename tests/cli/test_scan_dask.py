"""A scan on a real Dask cluster of two workers: the same flags, whatever becomes of a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date
from functools import partial

import pytest
from sqlalchemy import delete, func, select

from gross.actions import dask_place, dask_tasks, scans
from gross.cli.edge import reading, writing
from gross.domain.errors import Refused
from gross.store.db import db
from gross.store.flags import Flag
from gross.store.measures import Measure
from gross.store.policies import Edition, Prepared
from tests.analysis.makers import text
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
DASK = str(os.path.join(os.path.dirname(sys.executable), "dask"))


def start(*arguments):
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([DASK, *arguments], **silent)


def end(process):
    process.kill()
    process.wait(10)


@contextmanager
def scheduler(folder):
    """A scheduler without workers, and where it is."""
    path = folder / "scheduler.json"
    process = start(
        *("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
        *("--scheduler-file", str(path)),
    )
    try:
        for _ in range(600):
            if path.exists() and path.read_text().strip().endswith("}"):
                break
            time.sleep(0.1)
        yield process, json.loads(path.read_text())["address"]
    finally:
        end(process)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with scheduler(tmp_path_factory.mktemp("dask")) as (_, where):
        yield where


@contextmanager
def worker(address, name):
    process = start(
        *("worker", address, "--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard"),
    )
    try:
        yield process
    finally:
        end(process)


@pytest.fixture(scope="module")
def workers(address):
    with worker(address, "first") as first, worker(address, "second") as second:
        yield first, second


@pytest.fixture
def library(make_policy, monkeypatch):
    """Families, conflicts, dead references and burdens, in more parts than there are workers."""
    monkeypatch.setattr(scans, "BATCH", 3)
    monkeypatch.setattr(dask_place, "PAIRS", 4)
    asks = (
        "\nThe form is signed by the nurse, the manager, the director, the CEO and the board."
        "\nThe nurse rounds every 2 hours on each patient of the unit and signs the bedside log."
        "\nSee policy NUR-999 and the JCAHO standard."
    )
    for family in range(4):
        for copy in range(3):
            said = asks.replace("2 hours", f"{2 + family} hours")
            body = text(f"family {family}", 240) + text(f"own {family} {copy}", 12 * copy)
            make_policy(f"Rounds {family} {copy}", body + said, number=f"NUR-{family}{copy}0")
    gone = make_policy("Retired", text("retired", 60), number="NUR-777")
    gone.retired_at, gone.tombstone = NOW, "Nothing."
    db.session.commit()


def scan(app, place=None, progress=lambda stage, done, total: None):
    doors = scans.Doors(partial(reading, app), partial(writing, app))
    return scans.run_scan(doors, None, today=TODAY, now=lambda: NOW, progress=progress, place=place)


def taken():
    """All flags as they were written; then as if the library had never been looked at."""
    db.session.rollback()
    found = db.session.execute(
        select(Flag.key, Flag.sentence, Flag.passages, Flag.score).order_by(Flag.key)
    ).all()
    made = dict(db.session.execute(select(Prepared.edition_id, Prepared.blob)).all())
    counted = dict(db.session.execute(select(Measure.edition_id, Measure.detail)).all())
    for table in (Prepared, Measure):
        db.session.execute(delete(table))
    db.session.commit()
    return found, made, counted


def test_without_a_worker_it_says_so(address, home, monkeypatch):
    monkeypatch.setattr(dask_place, "WAIT_SECONDS", 4)
    with (
        pytest.raises(Refused, match=r"has no worker; start one with dask worker tcp://"),
        dask_place.connected(address, home.database_url),
    ):
        pass


def test_the_command_finds_the_same_as_here_to_the_letter(
    gross, app, home, library, address, workers
):
    scan(app)
    here = taken()
    assert len(here[0]) > 8

    result = gross("scan", "--engine", address, "--today", "2026-11-23", "--json")

    assert result.exit_code == 0, result.output
    assert '"new": 0, "gone": 0' in result.stdout
    assert taken() == here


def test_text_goes_from_the_store_to_the_workers_and_not_through_here(
    app, home, library, address, workers, monkeypatch
):
    """Whatever is sent to the cluster holds no text of the library."""
    sent = []
    with dask_place.connected(address, home.database_url) as place:
        submit = place.client.submit

        def noted(*each, **options):
            sent.append(each)
            return submit(*each, **options)

        monkeypatch.setattr(place.client, "submit", noted)
        scan(app, place)

    assert len(sent) > 10
    words = db.session.scalar(select(Edition.text).where(Edition.text.like("%JCAHO%"))).split()[:6]
    assert " ".join(words) not in repr(sent)
    assert {each[0] for each in sent} == {
        dask_tasks.same,
        dask_tasks.prepared,
        dask_tasks.measured,
        dask_tasks.aligned,
        dask_tasks.detected,
    }


def test_workers_cannot_write_to_the_store(home, session):
    session.commit()
    engine = dask_tasks.opened_to_read(home.database_url)
    with engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.execute(delete(Edition))


def test_what_a_lost_worker_had_is_computed_again(app, home, library, address, workers):
    """A worker is stopped as parts are handed out, holds some, and is killed with nine."""
    scan(app)
    here = taken()
    held, killed = [], threading.Event()

    with worker(address, "lost") as lost, dask_place.connected(address, home.database_url) as place:
        place.client.wait_for_workers(3, timeout=60)

        def kill():
            held.extend(place.client.processing().values())
            lost.send_signal(signal.SIGKILL)
            killed.set()

        def progress(stage, done, total):
            if (stage, done) == ("prepare", 0) and not killed.is_set():
                lost.send_signal(signal.SIGSTOP)
                threading.Timer(2.0, kill).start()

        outcome = scan(app, place, progress)

    assert killed.is_set()
    assert any(held), "the lost worker held nothing"
    assert (outcome.new, outcome.gone) == (0, 0)
    assert taken() == here
    assert db.session.scalar(select(func.count()).select_from(Flag)) == len(here[0])


def test_a_store_that_workers_cannot_open_is_named(gross, address, workers, library):
    result = gross("scan", "--engine", address, "--store", "sqlite:////nowhere/gross.sqlite")

    assert result.exit_code == 1
    assert result.stderr == (
        "A worker cannot read the library at sqlite:////nowhere/gross.sqlite; give --store the "
        "address by which the workers reach it.\n"
    )


def test_a_worker_of_another_version_is_refused(address, workers, home, monkeypatch, session):
    session.commit()
    monkeypatch.setattr(dask_tasks, "PIPELINE_VERSION", 999)
    with (
        pytest.raises(Refused, match=r"^A worker runs another version of GROSS; install the same"),
        dask_place.connected(address, home.database_url),
    ):
        pass


def test_a_place_where_nobody_answers_is_named(gross, library, monkeypatch):
    monkeypatch.setattr(dask_place, "WAIT_SECONDS", 1)
    result = gross("scan", "--engine", "tcp://127.0.0.1:9")

    assert (result.exit_code, result.stderr) == (
        1,
        "No Dask scheduler answers at tcp://127.0.0.1:9.\n",
    )


def test_without_the_extra_it_is_one_sentence(gross, library, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = gross("scan", "--engine", "tcp://127.0.0.1:9")

    assert result.exit_code == 1
    assert result.stderr == (
        "To scan at tcp://127.0.0.1:9 the extra “dask” is needed: pip install 'gross[dask]'.\n"
    )


def test_a_store_without_an_engine_is_refused(gross, library):
    result = gross("scan", "--store", "sqlite:///x")

    assert result.exit_code == 1
    assert "--store is for the workers of --engine ADDRESS" in result.stderr


def test_a_scheduler_that_goes_is_told_and_nothing_is_half_written(app, home, library, tmp_path):
    with scheduler(tmp_path) as (process, where), worker(where, "only"):

        def progress(stage, done, total):
            if stage == "prepare":
                end(process)

        with (
            pytest.raises(Refused) as refusal,
            dask_place.connected(where, home.database_url) as place,
        ):
            scan(app, place, progress)

    assert str(refusal.value) == dask_place.LOST
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Flag)) == 0
