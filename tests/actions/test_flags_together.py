"""Answers to several flags at once: all or none, one entry each, and the second person is told."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from gross.actions import flags
from gross.domain.errors import Refused
from gross.domain.ledger import first_break
from gross.store import ledger
from gross.store.flags import Flag, Scan
from gross.store.ledger import LedgerRow
from tests.conftest import NOW

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def reviewer(make_person):
    return make_person("Reviewer", roles="staff compliance")


@pytest.fixture
def colleague(make_person):
    return make_person("Colleague", roles="staff compliance")


@pytest.fixture
def make_flags(session):
    """Give a maker of open flags without policies."""
    scan = Scan(began_at=NOW, ended_at=NOW)
    session.add(scan)
    session.flush()

    def make(many):
        made = [
            Flag(
                key=f"{number:064x}",
                detector="superseded_term",
                detector_version=1,
                kind="outdated",
                score=0.8,
                sentence="It speaks of JCAHO.",
                passages="[]",
                editions="[]",
                first_seen_at=NOW,
                scan_id=scan.id,
            )
            for number in range(many)
        ]
        session.add_all(made)
        session.flush()
        return made

    return make


def _entries(session):
    session.flush()
    return [json.loads(row) for row in session.scalars(select(LedgerRow.entry))]


def _states(found):
    return [flag.state for flag in found]


def test_each_answer_is_an_entry_that_names_the_deed_it_belongs_to(session, reviewer, make_flags):
    found = make_flags(3)

    flags.confirm_all(session, reviewer, found, "Seen together.", now=NOW)

    entries = _entries(session)
    assert _states(found) == ["confirmed"] * 3
    assert [entry["subject"] for entry in entries] == [f"flag:{flag.id}" for flag in found]
    assert {entry["verb"] for entry in entries} == {"confirm-flag"}
    tied = {(e["detail"]["answered_together"], e["detail"]["first_of_them"]) for e in entries}
    assert tied == {("3", str(found[0].id))}
    assert first_break(ledger.rows(session)) is None


def test_one_reason_dismisses_all(session, reviewer, make_flags):
    found = make_flags(2)

    flags.dismiss_all(session, reviewer, found, "scope", "One is for children.", now=NOW)

    assert {flag.reason for flag in found} == {f"{flags.REASONS['scope']}: One is for children."}
    assert {entry["detail"]["reason"] for entry in _entries(session)} == {"scope"}


@pytest.mark.parametrize("state", ["confirmed", "dismissed", "gone"])
def test_one_that_was_answered_meanwhile_stops_all(session, reviewer, make_flags, state):
    found = make_flags(3)
    found[1].state, found[1].reason = state, "Was so."

    for act in (
        lambda: flags.confirm_all(session, reviewer, found, now=NOW),
        lambda: flags.dismiss_all(session, reviewer, found, "scope", now=NOW),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert str(refusal.value) == (
            "1 of the 3 flags was answered meanwhile; nothing was changed."
        )
    assert _states(found) == ["open", state, "open"]
    assert _entries(session) == []
    assert flags.not_open(found) == [found[1]]


def test_all_answers_are_taken_back_together(session, reviewer, make_flags):
    found = make_flags(3)
    flags.dismiss_all(session, reviewer, found, "scope", now=NOW)

    flags.undo_all(session, reviewer, found, now=LATER)

    assert _states(found) == ["open"] * 3
    verbs = [entry["verb"] for entry in _entries(session)]
    assert verbs == ["dismiss-flag"] * 3 + ["reopen-flag"] * 3


def test_somebody_elses_answer_is_not_taken_back(session, reviewer, colleague, make_flags):
    found = make_flags(2)
    flags.confirm_all(session, reviewer, found, now=NOW)
    flags.undo(session, colleague, found[1], now=LATER)
    flags.confirm(session, colleague, found[1], now=LATER)

    with pytest.raises(Refused) as refusal:
        flags.undo_all(session, reviewer, found, now=LATER)
    assert str(refusal.value) == "1 of the 2 answers are no longer yours; nothing was changed."
    assert _states(found) == ["confirmed"] * 2


@pytest.mark.parametrize("many", [0, 101])
def test_none_and_too_many_are_refused(session, reviewer, make_flags, many):
    found = make_flags(many)
    says = "Mark at least one flag." if many == 0 else "Answer at most 100 flags at once."

    for act in (flags.confirm_all, flags.undo_all):
        with pytest.raises(Refused) as refusal:
            act(session, reviewer, found, now=NOW)
        assert str(refusal.value) == says
    assert _entries(session) == []


def test_a_hundred_are_answered(session, reviewer, make_flags):
    found = make_flags(100)
    flags.confirm_all(session, reviewer, found, now=NOW)
    assert len(_entries(session)) == 100


@pytest.mark.parametrize("roles", ["staff", "staff steward committee approver auditor admin"])
def test_only_compliance_answers_together(session, make_person, make_flags, roles):
    somebody, found = make_person("Somebody", roles=roles), make_flags(2)
    for act in (
        lambda: flags.confirm_all(session, somebody, found, now=NOW),
        lambda: flags.dismiss_all(session, somebody, found, "scope", now=NOW),
        lambda: flags.undo_all(session, somebody, found, now=NOW),
    ):
        with pytest.raises(Refused, match=r"^Only compliance answers flags\.$"):
            act()
    assert _states(found) == ["open"] * 2


@pytest.mark.parametrize(("reason", "words"), [("", ""), ("whim", ""), ("other", " ")])
def test_a_dismissal_of_many_needs_a_reason_too(session, reviewer, make_flags, reason, words):
    found = make_flags(2)
    with pytest.raises(Refused, match="why the flag is not so"):
        flags.dismiss_all(session, reviewer, found, reason, words, now=NOW)
    assert _states(found) == ["open"] * 2
