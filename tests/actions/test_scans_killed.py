"""A scan killed with nine at any point, or that writes while people review, loses nothing."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from gross.actions import flags, scans
from gross.actions import jobs as acts
from gross.domain.errors import Refused
from gross.jobs import worker
from gross.jobs.task import Task
from gross.store import ledger
from gross.store.db import begin_write, db
from gross.store.flags import Flag, FlagPolicy, Scan
from gross.store.jobs import STALE_AFTER, Job
from gross.store.measures import Measure
from gross.store.people import Person
from gross.store.policies import Policy, Prepared
from tests.actions.test_scans import HANDS
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
POLICIES = 7
MOMENTS = {  # where the scan is killed: how many editions were prepared and counted by then
    "prepare": (2, 0),
    "measure": (POLICIES, 2),
    "read": (POLICIES, POLICIES),
    "families": (POLICIES, POLICIES),
    "verify": (POLICIES, POLICIES),
    "near_duplicate": (POLICIES, POLICIES),
    "length": (POLICIES, POLICIES),
    "write": (POLICIES, POLICIES),
    "commit": (POLICIES, POLICIES),
    "committed": (POLICIES, POLICIES),
}


@pytest.fixture
def library(make_policy, monkeypatch):
    """Seven policies with three things to flag; two editions between two commits."""
    monkeypatch.setattr(scans, "BATCH", 2)
    make_policy("Hand Hygiene", HANDS, number="IC-014")
    make_policy("Hand Washing", HANDS.replace("20 seconds", "60 seconds"), number="N-2")
    for number, said in enumerate(
        (
            "The JCAHO surveyor reads it.",
            "See IC-099.",
            "Badges are blue.",
            "Bins are red.",
            "Ends.",
        )
    ):
        make_policy(f"Policy {number}", f"Subject {number * 7919}. {said}", number=f"P-{number}")
    db.session.commit()


@contextmanager
def _reading(app):
    with app.app_context():
        yield db.session()


@contextmanager
def _writing(app, before_commit=lambda: None):
    with app.app_context():
        begin_write(db.session)
        yield db.session()
        before_commit()
        db.session.commit()


def scan(app, progress=lambda stage, done, total: None, before_commit=lambda: None, *, days=0):
    doors = scans.Doors(lambda: _reading(app), lambda: _writing(app, before_commit))
    at = NOW + timedelta(days=days)
    return scans.run_scan(doors, None, today=TODAY, now=lambda: at, progress=progress)


def killed(app, act):
    """Run `act(here)` in a process of its own; kill it with nine when it says it is here."""
    db.session.remove()
    db.engine.dispose()
    told, tell = os.pipe()
    process = os.fork()
    if process == 0:
        with suppress(BaseException):  # whatever happens, the child never goes on as the tests do
            try:
                act(lambda: (os.write(tell, b"here"), signal.pause()))
                os.write(tell, b"over")
                signal.pause()
            except BaseException:
                os.write(tell, traceback.format_exc().encode())
        os._exit(1)
    said = os.read(told, 10_000)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    os.close(told)
    os.close(tell)
    assert os.WTERMSIG(status) == signal.SIGKILL, said.decode()
    return said.decode()


def scan_until(app, moment):
    """A scan that waits for its end at that moment."""

    def act(here):
        stages = []

        def progress(stage, done, total):
            stages.append(stage)
            is_batch = stage in {"prepare", "measure"} and total == POLICIES
            if stage == moment and (done or not is_batch):
                here()

        def before_commit():
            if moment == "commit" and "write" in stages:
                db.session.flush()
                here()

        scan(app, progress, before_commit)

    return act


def found():
    db.session.rollback()
    db.session.expire_all()
    return Counter(
        (flag.detector, flag.sentence, flag.passages, flag.state)
        for flag in db.session.scalars(select(Flag))
    )


def counted(table):
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_scan_killed_with_nine_resumes_and_doubles_no_flag(moment, app, library):
    said = killed(app, scan_until(app, moment))

    assert said == ("over" if moment == "committed" else "here")
    db.session.rollback()
    assert (counted(Prepared), counted(Measure)) == MOMENTS[moment]
    had = found()
    assert bool(had) == (moment == "committed")
    done_before = counted(Scan)
    parts = Counter()

    outcome = scan(app, lambda stage, done, total: parts.update({(stage, total): 1}), days=1)

    flagged = found()
    assert sum(flagged.values()) == sum(outcome.flags.values()) == len(flagged) >= 3
    assert {state for *_, state in flagged} == {"open"}
    assert not had or flagged == had
    assert outcome.new == (0 if had else len(flagged))
    left = {each: total for each, total in parts if each in {"prepare", "measure"}}
    assert parts["prepare", POLICIES] == 1  # the engine's own look; nothing is prepared twice
    assert (("prepare", POLICIES - 2) in parts) == (moment == "prepare")
    assert left.get("measure") == {"prepare": POLICIES, "measure": POLICIES - 2}.get(moment)
    assert counted(Scan) == done_before + 1
    assert len(list(ledger.rows(db.session()))) == done_before + 1
    links = select(FlagPolicy.flag_id, FlagPolicy.position)
    assert len(db.session.execute(links).all()) == len(set(db.session.execute(links).all()))


def test_a_worker_killed_amid_a_scan_is_followed_by_one_that_ends_it(
    app, library, make_person, monkeypatch
):
    reviewer = make_person("Reviewer", roles="staff compliance")
    job_id = acts.ask(db.session(), reviewer, acts.SCAN, now=NOW).id
    db.session.commit()
    tell = Task.tell

    def act(here):
        def until_verify(task, stage, done, total, at_hand=""):
            if stage == "verify":
                here()
            tell(task, stage, done, total, at_hand)

        monkeypatch.setattr(Task, "tell", until_verify)
        worker.Worker(app, beats=()).do_next(threading.Event())

    assert killed(app, act) == "here"
    assert found() == Counter()
    one = worker.Worker(app, beats=())
    assert not one.do_next(threading.Event()), "its beat is fresh: it may still live"
    db.session.rollback()
    begin_write(db.session)
    job = db.session.get(Job, job_id)
    assert (job.state, job.attempts) == ("running", 1)
    job.beat_at = datetime.now(UTC) - STALE_AFTER - timedelta(seconds=1)
    db.session.commit()

    assert one.do_next(threading.Event())

    flagged = found()
    assert set(flagged.values()) == {1}
    assert len(flagged) >= 3
    job = db.session.get(Job, job_id)
    assert (job.state, job.attempts) == ("done", 2)
    assert counted(Scan) == 1


class Review:
    """Somebody who answers flag after flag without a pause, in a thread of their own."""

    def __init__(self, app, reviewer_id, waiting):
        self.app, self.reviewer_id, self.waiting = app, reviewer_id, waiting
        self.answered, self.refused = {}, {}
        self.writing = threading.Event()  # a scan is about to write
        self.thread = threading.Thread(target=self.run)

    def run(self):
        for number, flag_id in enumerate(self.waiting):
            self.writing.wait(0.1)
            try:
                self.answered[flag_id] = self.answer(number, flag_id)
            except Refused as refusal:
                self.refused[flag_id] = str(refusal)

    def answer(self, number, flag_id):
        with _writing(self.app) as session:
            flag, actor = session.get(Flag, flag_id), session.get(Person, self.reviewer_id)
            if number % 2:
                flags.confirm(session, actor, flag, now=NOW)
                return "confirmed"
            flags.dismiss(session, actor, flag, "scope", f"Number {number}", now=NOW)
            return "dismissed"

    def progress(self, stage, done, total):
        (self.writing.set if stage == "write" else self.writing.clear)()


def test_no_answer_is_lost_while_scans_write(app, make_policy, make_person):
    """The library is scanned again and again and policies retire while somebody confirms and
    dismisses; each answer that was taken stands, with its one entry.
    """
    reviewer_id = make_person("Reviewer", roles="staff compliance").id
    texts = (f"Subject {n * 7919} is for the JCAHO surveyor." for n in range(40))
    retiring = [make_policy(f"Policy {n}", said).id for n, said in enumerate(texts)][::4]
    db.session.commit()
    scan(app)
    review = Review(app, reviewer_id, sorted(db.session.scalars(select(Flag.id))))
    db.session.rollback()

    review.thread.start()
    rounds = 0
    while review.thread.is_alive() or retiring:
        rounds += 1
        if retiring:
            with _writing(app) as session:
                policy = session.get_one(Policy, retiring.pop())
                policy.retired_at, policy.tombstone = NOW, "Nothing."
        scan(app, review.progress, days=rounds)
    review.thread.join(60)

    db.session.rollback()
    db.session.expire_all()
    states = {flag.id: flag.state for flag in db.session.scalars(select(Flag))}
    assert len(states) == len(review.answered) + len(review.refused) == 40
    assert {each: states[each] for each in review.answered} == review.answered
    assert {states[each] for each in review.refused} <= {"gone"}
    deeds = Counter(entry.subject for entry, _ in ledger.rows(db.session()) if entry.verb != "scan")
    assert deeds == {f"flag:{each}": 1 for each in review.answered}
