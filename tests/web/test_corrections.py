"""Correcting what was read, on the policy's page."""

import json

import pytest

from gross.store.corrections import Correction
from gross.store.db import db
from gross.store.ledger import LedgerRow
from gross.store.policies import Edition, Policy
from tests.conftest import NOW
from tests.pages import PROBE


@pytest.fixture
def steward(make_person):
    return make_person("Stu", "staff steward")


@pytest.fixture
def hands(session, make_policy):
    """A policy whose text says its number and an ambiguous date."""
    policy = make_policy("Hand Hygene", "IC-014 Hand Hygene\nEffective 03/12/2016", number="IC-014")
    edition = session.get(Edition, policy.current_id)
    edition.dates = json.dumps({"effective": "2016"})
    policy.effective = "2016"
    number = {"value": "IC-014", "start": 0, "end": 6, "is_ambiguous": False}
    effective = {"value": "2016", "start": 29, "end": 39, "is_ambiguous": True}
    chair = {"who": "Ann Poe", "office": "Chair", "date": "2016-03", "start": 0, "end": 6}
    edition.found = json.dumps(
        {"found": {"number": [number], "effective": [effective]}, "approvals": [chair]}
    )
    session.flush()
    return policy.id


def state():
    db.session.rollback()
    return db.session.query(LedgerRow).count(), db.session.query(Correction).count()


def header_of(page):
    (card,) = page.tree.xpath("//section[@aria-labelledby='header']")
    return " ".join("".join(card.itertext()).split())


def test_each_value_leads_to_where_it_was_read(pages_of, steward, hands):
    pages = pages_of(steward)
    page = pages.get(f"/policies/{hands}")
    (link,) = page.tree.xpath("//a[span='where: Effective' or span=': Effective']/@href")

    there = pages.get(link)

    assert link.endswith("#here")
    (here,) = there.tree.xpath("//*[contains(@class, 'here')]")
    assert "".join(here.itertext()) == "Effective 03/12/2016"
    assert "Ann Poe, Chair, March 2016" in header_of(page)


def test_a_value_is_corrected_and_what_was_read_stays_visible(pages_of, steward, hands):
    pages = pages_of(steward)
    page = pages.get(f"/policies/{hands}")

    after = pages.press(page, "Correct it", field="effective", value="2016-12-03")

    assert "Effective is corrected. It stays so when the file is imported again." in after.text
    assert "3 December 2016 Corrected read: 2016" in header_of(after)
    assert "You corrected what was read." in after.text
    assert db.session.get(Policy, hands).effective == "2016-12-03"
    assert state() == (1, 1)


def test_sent_twice_it_is_one_correction(pages_of, steward, hands):
    pages = pages_of(steward)
    page = pages.get(f"/policies/{hands}")
    pages.press(page, "Correct it", field="title", value="Hand Hygiene")

    same_form = pages.press(page, "Correct it", field="title", value="Hand Hygiene")
    other_form = pages.post(
        f"/policies/{hands}/corrections", {"field": "title", "value": "Hand Hygiene"}
    )

    assert same_form.status == 200
    assert other_form.status == 409
    assert "Title says “Hand Hygiene” already." in other_form.text
    assert state() == (1, 1)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"field": "effective", "value": "03/12/2016"}, "“03/12/2016” is no date"),
        ({"field": "effective", "value": " "}, "Say what the value is."),
        ({"field": "kind", "value": "poster"}, "“poster” is no kind of document"),
        ({"field": "title", "value": "x" * 100_000}, "At most 2,000 characters"),
        ({"field": "title", "value": "x" * 201}, "at most 200 characters"),
        ({"field": "colour", "value": "blue"}, "Not a valid choice"),
        ({}, "Say what the value is."),
    ],
)
def test_a_wrong_value_is_said_beside_its_field_and_typed_text_stays(
    pages_of, steward, hands, sent, says
):
    page = pages_of(steward).post(f"/policies/{hands}/corrections", sent)

    assert page.status == 422
    assert says in page.text
    (typed,) = page.tree.xpath("//details[@open]//input[@name='value']/@value")
    assert typed == sent.get("value", "")
    assert state() == (0, 0)


def test_a_correction_is_taken_back(pages_of, steward, hands):
    pages = pages_of(steward)
    page = pages.press(pages.get(f"/policies/{hands}"), "Correct it", field="number", value="IC-15")

    after = pages.press(page, "Take back")

    assert "The correction is taken back. Number is what was read." in after.text
    assert db.session.get(Policy, hands).number == "IC-014"
    assert state() == (2, 0)
    assert pages.press(page, "Take back").status == 200  # the same form sent twice
    assert state() == (2, 0)


def test_a_correction_of_another_policy_is_not_found(
    pages_of, steward, hands, make_policy, session
):
    other = make_policy("Other").id
    row = Correction(
        policy_id=hands, field="owner", value="x", read="", person_id=steward.id, at=NOW
    )
    session.add(row)
    session.flush()
    row_id = row.id
    pages = pages_of(steward)

    for path in (
        f"/policies/{other}/corrections/{row_id}/take-back",
        f"/policies/{hands}/corrections/{2**63}/take-back",
        f"/policies/{hands}/corrections/999/take-back",
        "/policies/999/corrections",
    ):
        assert pages.post(path, {"field": "title", "value": "x"}).status == 404, path
    assert state() == (0, 1)


@pytest.mark.parametrize("roles", ["staff", "staff auditor", "staff admin", "staff approver"])
def test_others_see_the_correction_and_no_form(pages_of, make_person, steward, hands, roles):
    stewards = pages_of(steward)
    stewards.press(stewards.get(f"/policies/{hands}"), "Correct it", field="owner", value="Wards")
    db.session.rollback()
    pages = pages_of(make_person("Noor", roles))

    page = pages.get(f"/policies/{hands}")

    assert "Wards Corrected read: nothing" in header_of(page)
    assert "Correct a value" not in page.text
    assert "Take back" not in page.text
    assert pages.post(f"/policies/{hands}/corrections", {}).status == 403
    assert state() == (1, 1)


def test_what_was_read_and_written_is_escaped(pages_of, steward, hands):
    pages = pages_of(steward)
    page = pages.get(f"/policies/{hands}")

    after = pages.press(page, "Correct it", field="owner", value=f"Owner {PROBE}")

    assert f"Owner {PROBE}" in header_of(after)
