"""Own terms: one ledger entry a deed, the scan uses them, bad ones are refused."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from gross.actions import terms
from gross.actions.scan_library import gather
from gross.analysis.detectors import superseded_term
from gross.domain.errors import Refused
from gross.store.ledger import LedgerRow
from gross.store.terms import OwnTerm
from tests.conftest import NOW

FAX_DESK = terms.NewTerm("the Fax Desk", "Fax Desk\nfax-desk*", "the portal", "2024-05", "memo 12")


@pytest.fixture
def steward(make_person):
    return make_person(roles="staff steward")


def entries(session):
    session.flush()
    return session.scalar(select(func.count(LedgerRow.seq)))


def found(session):
    library = gather(session, today=NOW.date()).whole
    return [finding.sentence for finding in superseded_term.detect(library)]


def test_an_added_term_is_looked_for_and_recorded_once(session, steward, make_policy):
    make_policy("Orders", "Send it to the Fax Desk.", number="A-1")
    before = entries(session)

    terms.add(session, steward, FAX_DESK, now=NOW)

    assert entries(session) == before + 1
    assert found(session) == [
        "“Orders” (A-1) speaks of the Fax Desk, which gave way to the portal in 2024-05."
    ]


def test_a_term_is_switched_off_on_and_taken_back(session, steward, make_policy):
    make_policy("Orders", "Send it to the Fax Desk.", number="A-1")
    term = terms.add(session, steward, FAX_DESK, now=NOW)
    before = entries(session)

    terms.switch(session, steward, term.code, on=False, now=NOW)
    assert found(session) == []
    terms.switch(session, steward, term.code, on=True, now=NOW)
    assert len(found(session)) == 1
    terms.take_back(session, steward, term, now=NOW)

    assert found(session) == []
    assert entries(session) == before + 3
    assert session.get(OwnTerm, term.id).name == "the Fax Desk"


def test_a_shipped_term_is_switched(session, steward, make_policy):
    make_policy("Survey", "JCAHO comes in May. Code by ICD-9.", number="A-1")
    assert len(found(session)) == 1

    terms.switch(session, steward, "T02", on=False, now=NOW)
    assert found(session) == []
    terms.switch(session, steward, "T06", on=True, now=NOW)
    (sentence,) = found(session)
    assert "ICD-9-CM" in sentence


def test_an_exception_of_ones_own_is_respected(session, steward, make_policy):
    make_policy("Orders", "Visit the Fax Desk museum.", number="A-1")

    terms.add(session, steward, replace(FAX_DESK, exceptions="Fax Desk museum"), now=NOW)

    assert found(session) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": "  "}, "Say what the old thing is called."),
        ({"source": ""}, "Say where the change is written down."),
        ({"effective": "last May"}, "Write the date as 2024, 2024-05 or 2024-05-31."),
        ({"spellings": "(a+)+$"}, "must be plain words"),
        ({"exceptions": "[x]"}, "must be plain words"),
        ({"replacement": "x" * 201}, "is too long; the most is 200 characters."),
    ],
)
def test_a_bad_term_is_refused_in_a_sentence_and_nothing_is_kept(session, steward, change, says):
    before = entries(session)

    with pytest.raises(Refused, match=re.escape(says)):
        terms.add(session, steward, replace(FAX_DESK, **change), now=NOW)

    assert entries(session) == before
    assert session.scalar(select(func.count(OwnTerm.id))) == 0


def test_the_same_term_twice_is_refused(session, steward):
    terms.add(session, steward, FAX_DESK, now=NOW)

    with pytest.raises(Refused, match="is looked for already"):
        terms.add(session, steward, FAX_DESK, now=NOW)


def test_a_deed_done_twice_is_refused(session, steward):
    term = terms.add(session, steward, FAX_DESK, now=NOW)

    with pytest.raises(Refused, match="That term is on already"):
        terms.switch(session, steward, term.code, on=True, now=NOW)
    with pytest.raises(Refused, match="There is no such term to switch"):
        terms.switch(session, steward, "T99", on=True, now=NOW)
    terms.take_back(session, steward, term, now=NOW)
    with pytest.raises(Refused, match="is taken back already"):
        terms.take_back(session, steward, term, now=NOW)


def test_only_compliance_and_the_steward_keep_terms(session, make_person):
    nurse = make_person()

    with pytest.raises(Refused, match="Only compliance and the steward"):
        terms.add(session, nurse, FAX_DESK, now=NOW)
