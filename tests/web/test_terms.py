"""The page of outdated terms: add, switch, take back; a bad one is shown again with its reason."""

from gross.store.db import db
from gross.store.terms import own_terms
from tests.pages import PROBE

FIELDS = {
    "name": "the Fax Desk",
    "spellings": "Fax Desk",
    "replacement": "the portal",
    "effective": "2024",
    "source": f"memo {PROBE}",
}


def test_a_steward_adds_switches_and_takes_back(make_person, pages_of):
    pages = pages_of(make_person(roles="staff steward"))
    page = pages.get("/terms")

    page = pages.press(page, "Add the term", **FIELDS)
    assert "is looked for from the next scan on" in page.text
    page = pages.press(page, "Switch off")
    assert "The term is off from the next scan on." in page.text
    db.session.rollback()
    (term,) = own_terms(db.session())
    assert not term.is_on
    page = pages.press(page, "Take back")

    assert "is taken back; the next scan looks for it no more" in page.text
    db.session.rollback()
    assert own_terms(db.session()) == []


def test_what_is_missing_is_said_beside_its_field(make_person, pages_of):
    pages = pages_of(make_person(roles="staff compliance"))

    page = pages.press(pages.get("/terms"), "Add the term", **{**FIELDS, "source": ""})

    assert page.status == 422
    assert "Say where it is written down." in page.text
    assert "the Fax Desk" in page.source


def test_an_expression_is_refused_in_one_sentence(make_person, pages_of):
    pages = pages_of(make_person(roles="staff compliance"))

    page = pages.press(pages.get("/terms"), "Add the term", **{**FIELDS, "spellings": "(a+)+$"})

    assert page.status == 409
    assert "must be plain words" in page.text


def test_an_auditor_reads_and_changes_nothing(make_person, pages_of):
    page = pages_of(make_person(roles="staff auditor")).get("/terms?page=2")

    assert page.status == 200
    assert "Switch off" not in page.text
    assert "Page 2 of 2" in page.text


def test_unknown_terms_are_no_pages(make_person, pages_of):
    pages = pages_of(make_person(roles="staff compliance"))
    once = {"once": "x"}

    assert pages.post("/terms/999/take-back", once).status == 404
    assert pages.post(f"/terms/{2**63}/take-back", once).status == 404
    assert pages.post("/terms/T99/off", {"once": "y"}).status == 409
