"""Retirements: grey before the day, done once, or called off with a reason."""

from datetime import timedelta

import pytest

from gross.store.db import db
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from tests.pages import PROBE
from tests.web.scenes import NOW, carried, nominated, office, signed, with_password


@pytest.fixture
def steward(make_person):
    return make_person("Stu", "staff steward")


@pytest.fixture
def scheduled(session, make_person, make_policy):
    """A maker: a nomination that is voted and signed, `days` before its day."""
    approver = with_password(session, make_person("Ada", "approver"))
    reviewer, member = make_person("Rita", "compliance"), make_person("Mia", "committee")
    office(session, "Chair", approver)

    def make(*, days):
        one = nominated(session, make_person("Noor"), make_policy(f"Badges {PROBE}"))
        carried(session, reviewer, one, member, successor=make_policy(f"Successor {PROBE}"))
        signed(session, approver, one)
        one.retire_on = (NOW + timedelta(days=days)).date()
        session.flush()
        return one.id

    return make


def stage_of(nomination_id):
    db.session.rollback()
    return db.session.get(Nomination, nomination_id).stage


def deeds():
    db.session.rollback()
    return db.session.query(LedgerRow).count()


def test_the_steward_retires_a_policy_once(scheduled, steward, pages_of):
    nomination_id = scheduled(days=-1)
    pages = pages_of(steward)
    page = pages.get("/retirements")
    after = pages.press(page, "Retire")
    assert "is retired. Everybody concerned is told." in after.text
    assert stage_of(nomination_id) == "retired"
    assert f"To follow instead: Successor {PROBE}." in after.text
    before = deeds()
    same_form = pages.press(page, "Retire")
    assert (same_form.status, same_form.path) == (200, after.path)
    other_form = pages.post(f"/retirements/{nomination_id}/retire", {})
    assert other_form.status == 409
    assert "“Retire” is not possible: this nomination is retired." in other_form.text
    assert deeds() == before


def test_before_the_day_it_is_grey_and_refused(scheduled, steward, pages_of):
    nomination_id = scheduled(days=5)
    pages, before = pages_of(steward), deeds()
    page = pages.get("/retirements")
    assert page.button("Retire").get("disabled") is not None
    day = (NOW + timedelta(days=5)).date()
    sentence = f"It retires on {day.day} {day:%B %Y}."
    assert sentence in page.text
    refused = pages.post(f"/retirements/{nomination_id}/retire", {})
    assert (refused.status, sentence in refused.text) == (409, True)
    assert deeds() == before


def test_it_is_called_off_with_a_reason(scheduled, steward, pages_of):
    nomination_id = scheduled(days=5)
    pages = pages_of(steward)
    page = pages.get("/retirements")
    assert pages.press(page, "Call off").status == 409
    after = pages.press(page, "Call off", reason=f"A new law. {PROBE}")
    assert after.path == f"/nominations/{nomination_id}"
    assert "A new law." in after.text
    assert stage_of(nomination_id) == "kept"


def test_who_may_enter(scheduled, make_person, pages_of):
    nomination_id = scheduled(days=-1)
    seen = {}
    for role in ("staff", "committee", "approver", "admin", "compliance", "auditor"):
        pages = pages_of(make_person(role, role))
        seen[role] = pages.get("/retirements").status
        assert pages.post(f"/retirements/{nomination_id}/retire", {}).status == 403
    assert [role for role, status in seen.items() if status == 200] == ["compliance", "auditor"]
    assert stage_of(nomination_id) == "scheduled"


@pytest.mark.parametrize("path", ["/retirements/99/retire", f"/retirements/{2**63}/retire"])
def test_a_retirement_that_is_not_there_is_no_page(steward, pages_of, path):
    assert pages_of(steward).post(path, {}).status == 404


def test_an_empty_list_says_when_something_retires(steward, pages_of):
    assert "Nothing is scheduled." in pages_of(steward).get("/retirements").text
