"""Detectors are suspended, endorsed and resumed; a suspended one is silent and loses nothing."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from gross.actions import detectors, flags
from gross.domain.errors import Refused
from gross.store import detectors as stored
from gross.store import flag_queue, waiting
from gross.store.db import begin_write, db
from gross.store.flag_queue import Filter
from gross.store.flags import Flag
from gross.store.ledger import LedgerRow, LedgerText
from gross.store.people import Person
from tests.actions.test_scans import _new_edition, scan, twins
from tests.conftest import NOW

__all__ = ["scan", "twins"]
NAME = "near_duplicate"


@pytest.fixture
def reviewer(make_person):
    return make_person("Reviewer", roles="staff compliance")


def _entries(session):
    session.flush()
    return [json.loads(row) for row in session.scalars(select(LedgerRow.entry))]


def _flags(session):
    session.expire_all()
    return [(flag.state, flag.detector) for flag in session.scalars(select(Flag))]


@pytest.mark.parametrize(
    ("act", "verb"),
    [
        (detectors.suspend, "suspend-detector"),
        (detectors.endorse, "endorse-detector"),
    ],
)
def test_a_decision_is_one_entry_and_its_reason_stays_out_of_the_chain(
    session, reviewer, act, verb
):
    act(session, reviewer, NAME, " Ask Nora. ", now=NOW)

    (entry,) = _entries(session)
    assert (entry["verb"], entry["subject"]) == (verb, f"detector:{NAME}")
    assert "Nora" not in json.dumps(entry)
    assert session.scalars(select(LedgerText.text)).all() == ["Ask Nora."]
    assert stored.standings(session)[NAME].reason == "Ask Nora."


def test_a_suspended_detector_is_resumed_as_it_was(session, reviewer):
    detectors.suspend(session, reviewer, NAME, "Noise.", now=NOW)
    detectors.endorse(session, reviewer, NAME, "Mended.", now=NOW)
    assert stored.suspended(session) == frozenset()
    detectors.resume(session, reviewer, NAME, "Wait for the committee.", now=NOW)

    assert stored.standings(session) == {}
    assert [(entry["verb"], entry["detail"].get("was")) for entry in _entries(session)] == [
        ("suspend-detector", None),
        ("endorse-detector", "suspended"),
        ("resume-detector", "endorsed"),
    ]


@pytest.mark.parametrize(
    ("act", "name", "reason", "sentence"),
    [
        (detectors.suspend, "tea_leaves", "So.", "There is no such detector."),
        (detectors.suspend, NAME, " ", "Say why; colleagues and the committee read it."),
        (detectors.suspend, NAME, "x" * 2001, "Keep the reason under 2,000 characters."),
        (
            detectors.resume,
            NAME,
            "So.",
            "“Says what another policy says” is neither suspended nor endorsed.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(session, reviewer, act, name, reason, sentence):
    with pytest.raises(Refused) as refusal:
        act(session, reviewer, name, reason, now=NOW)
    assert str(refusal.value) == sentence
    assert _entries(session) == []


@pytest.mark.parametrize(
    ("act", "standing"), [(detectors.suspend, "suspended"), (detectors.endorse, "endorsed")]
)
def test_the_same_decision_twice_is_refused(session, reviewer, act, standing):
    act(session, reviewer, NAME, "So.", now=NOW)
    with pytest.raises(Refused) as refusal:
        act(session, reviewer, NAME, "So.", now=NOW)
    assert str(refusal.value) == f"“Says what another policy says” is {standing} already."
    assert len(_entries(session)) == 1


@pytest.mark.parametrize("act", [detectors.suspend, detectors.endorse, detectors.resume])
def test_only_compliance_decides(session, make_person, act):
    somebody = make_person("Somebody", roles="staff committee auditor steward admin")
    with pytest.raises(Refused) as refusal:
        act(session, somebody, NAME, "So.", now=NOW)
    assert str(refusal.value) == "Only compliance suspends or endorses a detector."


def test_a_suspended_detectors_open_flags_wait_out_of_sight(session, reviewer, scan, twins):
    scan()
    assert (waiting.open_flags(session), stored.hidden_flags(session)) == (1, 0)

    detectors.suspend(session, reviewer, NAME, "Noise.", now=NOW)
    session.flush()

    assert (waiting.open_flags(session), stored.hidden_flags(session)) == (0, 1)
    assert flag_queue.page(session, Filter(), 1) == []
    assert flag_queue.facets(session, Filter())["kind"] == {}
    assert _flags(session) == [("open", NAME)]


def test_answers_to_a_suspended_detector_stay_in_sight(session, reviewer, scan, twins):
    scan()
    flags.confirm(session, reviewer, session.scalars(select(Flag)).one(), now=NOW)
    detectors.suspend(session, reviewer, NAME, "Noise.", now=NOW)
    session.flush()
    assert len(flag_queue.page(session, Filter(state="confirmed"), 1)) == 1


def test_a_scan_neither_raises_nor_drops_flags_of_a_suspended_detector(
    session, reviewer, scan, twins, make_policy
):
    scan()
    detectors.suspend(session, reviewer, NAME, "Noise.", now=NOW)
    _new_edition(twins[1], "Another text altogether, on parking and on badges.")
    copy = make_policy("A third copy", twins[0].current.text)

    outcome = scan()

    assert (outcome.flags, outcome.new, outcome.gone) == ({}, 0, 0)
    assert _flags(session) == [("open", NAME)]
    assert _entries(session)[-1]["detail"]["suspended"] == NAME

    detectors.resume(session, reviewer, NAME, "Mended.", now=NOW)
    outcome = scan(days=1)

    assert (outcome.new, outcome.gone) == (1, 1)
    newest = session.scalars(select(Flag).where(Flag.state == "open")).one()
    assert copy.id in {policy.id for policy in newest.policies}
    assert "suspended" not in _entries(session)[-1]["detail"]


def test_a_detector_suspended_while_a_scan_looks_is_silent_too(
    app, session, scan, twins, make_person
):
    reviewer_id = make_person("Reviewer", roles="staff compliance").id

    def suspend(stage, done, total):
        if stage == "write":
            _suspend_elsewhere(app, reviewer_id)

    outcome = scan(suspend)

    assert (outcome.flags, outcome.new) == ({}, 0)
    assert _flags(session) == []


def _suspend_elsewhere(app, reviewer_id):
    with app.app_context():
        begin_write(db.session)
        reviewer = db.session.get(Person, reviewer_id)
        detectors.suspend(db.session(), reviewer, NAME, "Noise.", now=NOW)
        db.session.commit()
