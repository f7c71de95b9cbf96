"""Workers and the jobs' rows: claimed once, cancelled, taken over, and told how they ended."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from gross.actions import jobs as acts
from gross.domain.errors import Refused
from gross.jobs import ALL, worker
from gross.jobs.edge import writing
from gross.jobs.worker import FAILED, Worker
from gross.store.db import begin_write, db
from gross.store.flags import Scan
from gross.store.jobs import Job
from tests.conftest import NOW


@pytest.fixture
def ask(make_person):
    """Queue a job of that name, committed; give its id."""
    reviewer = make_person("Reviewer", roles="staff compliance")

    def queue(name="count"):
        job = acts.ask(db.session(), reviewer, name, now=NOW)
        db.session.commit()
        begin_write(db.session)
        return job.id

    return queue


def _job(job_id):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Job, job_id)


def _work(app, *jobs, **named):
    """Do every waiting job once, in this thread."""
    db.session.rollback()
    stop = threading.Event()
    one = Worker(app, work=named or ALL, beats=())
    done = 0
    while one.do_next(stop):
        done += 1
    return done


def test_a_job_is_done_and_says_how_it_ended(app, ask):
    job_id = ask()

    def count(task):
        task.tell("counting", 3, 7)
        return "Seven were counted."

    assert _work(app, count=count) == 1
    job = _job(job_id)
    assert (job.state, job.outcome) == ("done", "Seven were counted.")
    assert (job.doing, job.done, job.total) == ("counting", 3, 7)
    assert job.ended_at >= job.began_at


def test_a_refusal_is_the_outcome_in_its_own_words(app, ask):
    job_id = ask()

    def refuse(task):
        raise Refused("The library is empty.")

    _work(app, count=refuse)
    assert (_job(job_id).state, _job(job_id).outcome) == ("failed", "The library is empty.")


def test_a_bug_is_logged_and_told_plainly_and_the_worker_lives(app, ask, caplog):
    first, second = ask("count"), ask("other")

    def fail(task):
        raise ZeroDivisionError

    assert _work(app, count=fail, other=lambda task: "Well.") == 2
    assert (_job(first).state, _job(first).outcome) == ("failed", FAILED)
    assert "ZeroDivisionError" in caplog.text
    assert _job(second).state == "done"


def test_an_unknown_job_fails_and_does_not_come_back(app, ask):
    job_id = ask("nobody-knows")
    assert _work(app, count=lambda task: "") == 1
    assert _job(job_id).state == "failed"
    assert _work(app, count=lambda task: "") == 0


def test_a_second_job_of_the_name_is_the_first_one(ask):
    assert ask() == ask()


def test_a_cancelled_job_stops_at_its_next_word(app, ask):
    job_id, reached = ask(), []

    def long(task):
        with writing(app) as session:
            acts.cancel(session.get(Job, job_id), now=NOW)
        task.tell("counting", 1, 2)
        reached.append("beyond")
        return "Never said."

    _work(app, count=long)
    assert reached == []
    assert _job(job_id).state == "cancelled"
    assert _job(job_id).outcome == "It was cancelled; nothing it had not finished was kept."


def test_what_has_ended_cannot_be_cancelled(app, ask):
    job_id = ask()
    _work(app, count=lambda task: "Done.")
    with pytest.raises(Refused, match=r"^This work has ended; there is nothing to cancel\.$"):
        acts.cancel(_job(job_id), now=NOW)


@pytest.mark.parametrize(("seconds", "taken"), [(59, False), (61, True)])
def test_a_job_whose_worker_fell_silent_is_taken_over(app, ask, seconds, taken):
    job_id = ask()
    now = datetime.now(UTC)
    acts.claim(db.session(), now=now - timedelta(seconds=seconds))
    db.session.commit()

    assert _work(app, count=lambda task: "By another.") == int(taken)
    job = _job(job_id)
    assert job.state == ("done" if taken else "running")


def test_the_worker_that_lost_its_job_writes_nothing_more(app, ask):
    job_id = ask()

    def slow(task):
        with writing(app) as session:  # another worker takes it over meanwhile
            job = session.get(Job, job_id)
            job.began_at = job.began_at + timedelta(minutes=2)
        return "Too late."

    _work(app, count=slow)
    job = _job(job_id)
    assert (job.state, job.outcome) == ("running", "")


def test_a_worker_that_is_stopped_puts_its_job_back(app, ask):
    job_id = ask()
    stop = threading.Event()

    def long(task):
        stop.set()
        task.tell("counting", 1, 2)
        return "Never said."

    db.session.rollback()
    assert Worker(app, work={"count": long}, beats=()).do_next(stop)
    assert _job(job_id).state == "waiting"


def test_progress_is_written_at_most_twice_a_second(app, ask):
    ask()
    written = []

    def note(connection, cursor, statement, *rest):
        if statement.startswith("UPDATE job"):
            written.append(statement)

    def chatty(task):
        written.clear()
        for done in range(10_000):
            task.tell("counting", done, 10_000)
        return f"Written {len(written)} times."

    event.listen(db.engine, "before_cursor_execute", note)
    _work(app, count=chatty)
    event.remove(db.engine, "before_cursor_execute", note)
    assert 1 <= len(written) <= 5


def test_a_beat_that_fails_does_not_stop_the_others(app, session, caplog):
    beaten = threading.Event()

    def fail(app):
        raise ZeroDivisionError

    def beat(app):
        beaten.set()

    db.session.rollback()
    stop = threading.Event()
    thread = threading.Thread(target=Worker(app, work={}, beats=(fail, beat)).run, args=(stop,))
    thread.start()
    assert beaten.wait(10)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert "ZeroDivisionError" in caplog.text


def test_the_started_worker_scans_the_library_and_stops_when_told(app, ask, make_policy):
    make_policy("Badges", "Badges are blue.")
    job_id = ask("scan")
    db.session.rollback()

    stop = worker.start(app)
    for _ in range(1200):  # a cold start compiles the engine
        if _job(job_id).has_ended:
            break
        threading.Event().wait(0.1)
    stop()

    assert _job(job_id).state == "done"
    assert _job(job_id).outcome == (
        "1 policy was read and 0 flags found: 0 new, 0 gone since the last scan."
    )
    assert db.session.scalar(select(Scan.policies)) == 1
    assert not [each for each in threading.enumerate() if each.name == "gross-worker"]


def test_two_workers_never_claim_the_same_job(app, ask):
    ids = [ask(f"count{number}") for number in range(6)]
    db.session.rollback()
    done, lock = [], threading.Lock()

    def note(task):
        with lock:
            done.append(task.job_id)
        return "Done."

    work = {f"count{number}": note for number in range(6)}

    def drain():
        one = Worker(app, work=work, beats=())
        while one.do_next(threading.Event()):
            pass

    threads = [threading.Thread(target=drain) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(done) == ids
