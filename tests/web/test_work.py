"""A job's page: how far it is with and without scripts, its end, and cancelling it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gross.store.db import db
from gross.store.jobs import Job
from tests.conftest import NOW


@pytest.fixture
def steward(make_person):
    return make_person("Sam Steward", roles="staff steward")


@pytest.fixture
def make_job(session, steward):
    def make(**columns):
        job = Job(**{"name": "scan", "asked_at": NOW, "asked_by": steward.id, **columns})
        session.add(job)
        session.flush()
        return job.id

    return make


def test_a_running_job_says_how_far_it_is_and_how_long_it_takes(pages_of, steward, make_job):
    at = datetime.now(UTC) - timedelta(seconds=30)
    job_id = make_job(
        state="running",
        began_at=at,
        beat_at=at,
        doing="prepare",
        doing_at=at,
        done=256,
        total=1024,
    )
    pages = pages_of(steward)

    page = pages.get(f"/jobs/{job_id}")
    told = pages.get(f"/jobs/{job_id}.json").response.get_json()

    assert "Preparing what is new: 256 of 1,024, about 1 min left." in page.text
    assert "Asked for by Sam Steward" in page.text
    assert page.tree.xpath("//noscript/meta[@http-equiv='refresh']")
    assert page.tree.xpath("//@data-progress") == [f"/jobs/{job_id}.json"]
    assert told == {
        "ended": False,
        "state": "running",
        "done": 256,
        "total": 1024,
        "says": "Preparing what is new: 256 of 1,024, about 1 min left.",
    }


def test_a_job_that_ended_says_how_and_leads_to_the_flags(pages_of, steward, make_job):
    job_id = make_job(state="done", ended_at=NOW, outcome="9 policies were read.")

    page = pages_of(steward).get(f"/jobs/{job_id}")

    assert "9 policies were read." in page.text
    assert not page.tree.xpath("//noscript | //progress")
    assert page.tree.xpath("//main//a[@href='/flags']")


def test_a_waiting_job_can_be_cancelled_once(pages_of, steward, make_job):
    job_id = make_job()
    pages = pages_of(steward)
    page = pages.get(f"/jobs/{job_id}")

    after = pages.press(page, "Cancel")

    assert "The scan of the library is cancelled." in after.text
    assert "It was cancelled; nothing it had not finished was kept." in after.text
    again = pages.post(f"/jobs/{job_id}/cancel", {"once": "another"})
    assert again.status == 409
    assert "This work has ended; there is nothing to cancel." in again.text
    db.session.rollback()
    assert db.session.get(Job, job_id).state == "cancelled"


@pytest.mark.parametrize("roles", ["staff", "staff committee", "staff auditor"])
def test_others_neither_see_nor_cancel_work(pages_of, make_person, make_job, roles):
    job_id = make_job()
    pages = pages_of(make_person("Somebody", roles=roles))

    assert pages.get(f"/jobs/{job_id}").status == 403
    assert pages.get(f"/jobs/{job_id}.json").status == 403
    assert pages.post(f"/jobs/{job_id}/cancel", {"once": "x"}).status == 403
    assert pages.post("/scans", {"once": "y"}).status == 403
    db.session.rollback()
    assert db.session.get(Job, job_id).state == "waiting"
