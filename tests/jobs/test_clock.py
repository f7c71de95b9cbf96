from datetime import timedelta

import pytest
from sqlalchemy import select

from gross.domain.ledger import first_break
from gross.domain.workflow import Stage
from gross.jobs import BEATS, clock
from gross.store import ledger
from gross.store.ballots import Ballot
from gross.store.db import begin_write, db
from gross.store.nominations import Nomination
from gross.store.policies import Policy
from tests.actions.cast import WEEK, YES, make_cast, make_policy
from tests.conftest import NOW


@pytest.fixture
def cast(session):
    return make_cast(session)


def beat(app, now):
    """Commit what the test prepared, let the clock do its work, and look afresh."""
    db.session.commit()
    db.session.remove()
    clock.beat(app, now=now)
    db.session.remove()
    begin_write(db.session)


def stages():
    return [one.stage for one in db.session.scalars(select(Nomination).order_by(Nomination.id))]


def test_the_clock_beats_in_the_worker():
    assert clock.beat in BEATS


def test_a_ballot_closes_at_its_time_and_not_before(app, cast):
    ballot = cast.on_ballot()
    cast.vote(ballot, YES, YES, YES)

    beat(app, NOW + WEEK - timedelta(seconds=1))
    assert stages() == [Stage.BALLOT]  # all have voted, and any of them may still think again
    beat(app, NOW + WEEK)

    assert stages() == [Stage.APPROVAL]
    assert db.session.scalar(select(Ballot.closed_at)) == NOW + WEEK


def test_a_policy_retires_on_its_day_and_not_before(app, cast):
    now = (cast.scheduled(notice_days=3), cast.now)[1]

    beat(app, now + timedelta(days=2))
    assert stages() == [Stage.SCHEDULED]
    beat(app, now + timedelta(days=3))

    assert stages() == [Stage.RETIRED]
    assert db.session.scalar(select(Policy.tombstone)).startswith("Retired on")


def test_a_second_beat_does_nothing_more(app, cast):
    cast.on_ballot()
    beat(app, NOW + WEEK)
    head = ledger.head(db.session)

    beat(app, NOW + WEEK)

    assert ledger.head(db.session) == head


def test_a_text_that_changed_after_signing_is_signed_again(app, cast):
    now = (cast.scheduled(notice_days=0), cast.now)[1]
    cast.new_edition()

    beat(app, now)

    assert stages() == [Stage.APPROVAL]


def test_one_that_waits_or_fails_keeps_none_from_going_on(app, cast, caplog):
    """Of three due ones the first is under legal hold, and the second trips over broken data."""
    held = cast.scheduled(notice_days=0)
    for number in ("HR-8", "HR-9"):
        cast.policy = make_policy(cast.session, number, "More")
        cast.scheduled(notice_days=0)
    held.policy.legal_hold = True
    db.session.flush()
    db.session.connection().exec_driver_sql(
        "UPDATE ballot SET threshold = 'broken' WHERE nomination_id = 2"
    )

    beat(app, cast.now)

    assert stages() == [Stage.SCHEDULED, Stage.SCHEDULED, Stage.RETIRED]
    assert "nomination 2 failed" in caplog.text
    assert first_break(ledger.rows(db.session)) is None
