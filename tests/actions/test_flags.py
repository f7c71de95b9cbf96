"""Answers to flags: who may give them, once, with what words; each is one ledger entry."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from gross.actions import flags
from gross.domain.errors import Refused
from gross.store.flags import Flag, Scan
from gross.store.ledger import LedgerRow, LedgerText
from tests.conftest import NOW


@pytest.fixture
def reviewer(make_person):
    return make_person("Reviewer", roles="staff compliance")


@pytest.fixture
def flag(session):
    scan = Scan(began_at=NOW, ended_at=NOW)
    session.add(scan)
    session.flush()
    found = Flag(
        key="f" * 64,
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
    session.add(found)
    session.flush()
    return found


def _entries(session):
    session.flush()
    return [json.loads(row) for row in session.scalars(select(LedgerRow.entry))]


def test_a_confirmation_is_one_entry_and_its_words_stay_out_of_the_chain(session, reviewer, flag):
    flags.confirm(session, reviewer, flag, "  Ask Nora Nurse. ", now=NOW)

    (entry,) = _entries(session)
    assert (entry["verb"], entry["subject"]) == ("confirm-flag", f"flag:{flag.id}")
    assert entry["actor"] == f"person:{reviewer.id}"
    assert "Nora" not in json.dumps(entry)
    assert session.scalars(select(LedgerText.text)).all() == ["Ask Nora Nurse."]
    assert (flag.state, flag.reason) == ("confirmed", "Ask Nora Nurse.")
    assert (flag.answered_by, flag.answered_at) == (reviewer.id, NOW)


@pytest.mark.parametrize("reason", flags.REASONS)
def test_each_reason_dismisses_and_is_named_in_the_ledger(session, reviewer, flag, reason):
    flags.dismiss(session, reviewer, flag, reason, "Seen.", now=NOW)

    (entry,) = _entries(session)
    assert (entry["verb"], entry["detail"]["reason"]) == ("dismiss-flag", reason)
    assert flag.reason == f"{flags.REASONS[reason]}: Seen."


def test_an_answer_taken_back_leaves_the_flag_as_it_was(session, reviewer, flag):
    flags.dismiss(session, reviewer, flag, "scope", now=NOW)
    flags.undo(session, reviewer, flag, now=NOW)

    assert [entry["verb"] for entry in _entries(session)] == ["dismiss-flag", "reopen-flag"]
    assert (flag.state, flag.reason, flag.answered_by, flag.answered_at) == ("open", "", None, None)


@pytest.mark.parametrize("verb", ["confirm", "dismiss", "undo"])
@pytest.mark.parametrize("roles", ["staff", "staff admin", "staff steward committee approver"])
def test_only_compliance_answers(session, make_person, flag, verb, roles):
    somebody = make_person("Somebody", roles=roles)
    more = ("scope",) if verb == "dismiss" else ()

    with pytest.raises(Refused, match=r"^Only compliance answers flags\.$"):
        getattr(flags, verb)(session, somebody, flag, *more, now=NOW)
    assert flag.state == "open"
    assert _entries(session) == []


@pytest.mark.parametrize(
    ("state", "act", "sentence"),
    [
        ("confirmed", "confirm", "This flag is confirmed already; undo that answer first."),
        ("gone", "confirm", "The newest scan no longer finds this flag; it needs no answer."),
        ("open", "undo", "Nobody has answered this flag; there is nothing to undo."),
        ("gone", "undo", "Nobody has answered this flag; there is nothing to undo."),
    ],
)
def test_what_is_not_open_is_not_answered(session, reviewer, flag, state, act, sentence):
    flag.state = state

    with pytest.raises(Refused) as refusal:
        getattr(flags, act)(session, reviewer, flag, now=NOW)
    assert str(refusal.value) == sentence
    assert _entries(session) == []


@pytest.mark.parametrize(
    ("reason", "words", "sentence"),
    [
        ("", "", "Choose why the flag is not so."),
        ("whim", "I say so.", "Choose why the flag is not so."),
        ("other", " \n", "Say in a few words why the flag is not so."),
        ("scope", "x" * 2001, "The reason is too long; the most is 2,000 characters."),
    ],
)
def test_a_dismissal_needs_a_reason_of_the_list(session, reviewer, flag, reason, words, sentence):
    with pytest.raises(Refused) as refusal:
        flags.dismiss(session, reviewer, flag, reason, words, now=NOW)
    assert str(refusal.value) == sentence
    assert flag.state == "open"


def test_the_longest_words_are_kept(session, reviewer, flag):
    flags.dismiss(session, reviewer, flag, "other", "x" * 2000, now=NOW)
    assert flag.reason.endswith("x" * 2000)
