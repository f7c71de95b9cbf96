"""Two processes on one database file, and one that is killed: nothing is done twice, or lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections import defaultdict
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from gross.actions import approvals
from gross.domain.ledger import first_break
from gross.domain.workflow import Stage
from gross.store import ballots as stored
from gross.store import ledger
from gross.store.approvals import OfficeHolder
from gross.store.ballots import Ballot, Paper
from gross.store.db import db
from gross.store.ledger import LedgerRow, LedgerText
from gross.store.nominations import Nomination
from tests.actions import racing
from tests.actions.cast import YES, make_cast, make_policy
from tests.conftest import NOW

ROUNDS = int(os.environ.get("GROSS_RACES") or ("50" if os.environ.get("CI") else "10"))
KILLS = int(os.environ.get("GROSS_KILLS") or ("5" if os.environ.get("CI") else "2"))

# Forked from a server that has imported what they need, and holds no connection and no thread.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.actions.racing"])


@pytest.fixture
def cast(session):
    cast = make_cast(session)
    cast.steward.roles = "staff steward approver"
    cast.offices[0].holders.append(OfficeHolder(person=cast.steward))
    session.flush()
    return cast


def test_the_processes_tell_the_same_story():
    assert racing.NOW == NOW


def on_ballot(cast):
    ballot = cast.on_ballot()
    cast.vote(ballot, "abstain", YES, YES)  # of these, member1 votes again in the race
    return ballot.nomination


def each_with_its_policy(cast, make):
    """As many nominations as there are rounds, all made at the same time of the story."""
    ids = []
    for number in range(ROUNDS):
        cast.now = NOW
        cast.policy = make_policy(cast.session, f"X-{number}", "Badges")
        ids.append(make(cast).id)
    cast.session.commit()
    db.session.remove()
    return ids


def run(app, name, ids):
    """Let two processes race through all rounds; nomination to what each side was told."""
    barrier, said = PROCESSES.Barrier(2), PROCESSES.Queue()
    url = app.config["GROSS"].database_url
    racers = [
        PROCESSES.Process(target=racing.race, args=(url, name, side, ids, barrier, said))
        for side in (0, 1)
    ]
    for racer in racers:
        racer.start()
    told = defaultdict(dict)
    for _ in range(2 * len(ids)):
        side, nomination_id, outcome = said.get(timeout=90)
        told[nomination_id][side] = outcome
    for racer in racers:
        racer.join(30)
        assert racer.exitcode == 0
    bugs = [outcome for both in told.values() for outcome in both.values() if "bug" in outcome]
    assert bugs == []
    assert first_break(ledger.rows(db.session)) is None
    return [(db.session.get(Nomination, key), both) for key, both in sorted(told.items())]


def newest(nomination):
    return stored.newest(db.session, nomination)


def steps_of(nomination):
    rows = ledger.timeline(db.session, f"nomination:{nomination.id}")
    return [row.content.verb for row, _ in rows]


def exactly_one(both):
    assert sorted(outcome == "done" for outcome in both.values()) == [False, True], both
    return next(side for side, outcome in both.items() if outcome == "done")


def test_a_vote_that_races_the_close_is_counted_or_refused(app, cast):
    ids = each_with_its_policy(cast, on_ballot)

    for nomination, both in run(app, "vote and close", ids):
        ballot = newest(nomination)
        voted = {0: "abstain"} | ({0: "retire"} if both[0] == "done" else {})
        assert both[1] == "done"
        assert both[0] in {"done", "refused: The ballot is closed."}
        roll = dict(json.loads(ballot.tally)["roll"])
        assert roll[ballot.electors[0].person_id] == ballot.electors[0].paper.choice == voted[0]


def test_two_votes_of_one_person_leave_one_paper(app, cast):
    ids = each_with_its_policy(cast, on_ballot)

    for nomination, both in run(app, "two votes of one person", ids):
        ballot = newest(nomination)
        assert set(both.values()) == {"done"}
        assert ballot.numbers.cast == 3
        _, texts = ledger.timeline(db.session, f"ballot:{ballot.id}")[-1]
        assert texts["choice"] == ballot.electors[0].paper.choice
    papers = db.session.scalar(select(func.count()).select_from(Paper))
    assert papers == 3 * ROUNDS


def test_a_recusal_that_races_a_vote_leaves_no_paper(app, cast):
    ids = each_with_its_policy(cast, on_ballot)

    for nomination, both in run(app, "vote and recusal", ids):
        ballot = newest(nomination)
        assert both[1] == "done"
        assert both[0] in {"done", "refused: You stepped back from this ballot."}
        assert ballot.electors[0].paper is None
        assert (ballot.numbers.eligible, ballot.numbers.cast) == (2, 2)


def test_a_ballot_closes_once(app, cast):
    ids = each_with_its_policy(cast, on_ballot)

    for nomination, both in run(app, "close and close", ids):
        exactly_one(both)
        assert steps_of(nomination).count("close") == 1


def test_two_holders_of_one_office_sign_once(app, cast):
    ids = each_with_its_policy(cast, lambda cast: cast.in_approval())

    for nomination, both in run(app, "two holders of one office", ids):
        exactly_one(both)
        assert nomination.stage == Stage.APPROVAL
        (_, first), (_, second) = approvals.state(db.session, nomination)
        assert first.person.login in {"cno", "steward"}
        assert second is None
        assert steps_of(nomination).count("sign") == 1


def test_a_policy_retires_once(app, cast):
    ids = each_with_its_policy(cast, lambda cast: cast.scheduled(notice_days=0))

    for nomination, both in run(app, "clock and steward retire", ids):
        exactly_one(both)
        assert nomination.stage == Stage.RETIRED
        assert steps_of(nomination).count("retire") == 1


def test_of_two_answers_one_stands(app, cast):
    ids = each_with_its_policy(cast, lambda cast: cast.nominated())

    for nomination, both in run(app, "two answers", ids):
        assert nomination.stage == (Stage.KEPT, Stage.WITH_OWNER)[exactly_one(both)]
        assert len(steps_of(nomination)) == 2


def test_what_is_withdrawn_has_no_ballot(app, cast):
    ids = each_with_its_policy(cast, lambda cast: cast.nominated())

    for nomination, both in run(app, "withdrawal and ballot", ids):
        assert nomination.stage == (Stage.WITHDRAWN, Stage.BALLOT)[exactly_one(both)]
        assert (newest(nomination) is None) == (nomination.stage == Stage.WITHDRAWN)


def test_a_nomination_has_one_ballot(app, cast):
    ids = each_with_its_policy(cast, lambda cast: cast.nominated())

    for _, both in run(app, "two ballots", ids):
        exactly_one(both)
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == ROUNDS


@pytest.mark.parametrize("kind", ["votes", "steps"])
def test_killed_at_any_moment_nothing_acknowledged_is_lost(app, cast, kind):
    nomination_id = cast.on_ballot().nomination.id
    cast.session.commit()
    url = app.config["GROSS"].database_url
    for kill in range(KILLS):
        acknowledged = kill_after(url, kind, nomination_id, 4 + 7 * kill)
        db.session.remove()

        assert acknowledged <= set(db.session.scalars(select(LedgerRow.seq)))
        assert first_break(ledger.rows(db.session)) is None
        assert said_by_the_ledger() == said_by_the_tables()


def kill_after(url, kind, nomination_id, deeds):
    """Kill -9 a working process once it acknowledged so many deeds; give all it acknowledged."""
    heard, said = PROCESSES.Pipe(duplex=False)
    args = (url, kind, nomination_id, said)
    worker = PROCESSES.Process(target=racing.work_until_killed, args=args)
    worker.start()
    said.close()
    acknowledged = {heard.recv() for _ in range(deeds)}
    worker.kill()
    worker.join(30)
    assert worker.exitcode == -signal.SIGKILL
    with suppress(EOFError):
        while True:
            acknowledged.add(heard.recv())
    return acknowledged


def said_by_the_ledger():
    """Every nomination's stage and every person's vote, as the entries alone tell them."""
    stages, votes = {}, {}
    committed = select(LedgerText.seq, LedgerText.text).where(LedgerText.name == "choice")
    choices = dict(db.session.execute(committed).all())
    for entry, _ in ledger.rows(db.session):
        if entry.verb == "nominate":
            stages[entry.subject] = "submitted"
        elif "to" in entry.detail and entry.subject.startswith("nomination:"):
            stages[entry.subject] = entry.detail["to"]
        elif entry.verb == "vote":
            votes[entry.subject, entry.actor] = choices[entry.seq]
    return stages, votes


def said_by_the_tables():
    stages = {f"nomination:{one.id}": one.stage for one in db.session.scalars(select(Nomination))}
    votes = {
        (f"ballot:{ballot.id}", f"person:{elector.person_id}"): elector.paper.choice
        for ballot in db.session.scalars(select(Ballot))
        for elector in ballot.electors
        if elector.paper is not None
    }
    return stages, votes
