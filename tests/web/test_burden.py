"""What policies ask: ranked with the counts shown, and quoted policy by policy."""

import pytest

from gross.actions.scans import MEASURES_VERSION, _row
from gross.analysis.measuring import measure
from gross.store import measures
from gross.store.db import db

FOUR = (
    "The form is signed by the employee, the supervisor, the director and the Controller. "
    "The nurse signs the log within 4 hours. “Card” means a sheet under 42 CFR 482.13."
)


@pytest.fixture
def counted(session, make_policy):
    """Two policies that a scan has counted."""
    made = (make_policy("Cards", FOUR, number="A-1"), make_policy("Hands", "Wash <b>well</b>."))
    rows = {each.current_id: _row(each.current_id, measure(each.current.text)) for each in made}
    measures.keep(session, rows, MEASURES_VERSION)
    session.flush()
    return made


def test_policies_are_ranked_with_their_counts(make_person, pages_of, counted):
    pages = pages_of(make_person(roles="staff compliance"))

    page = pages.get("/burden")

    titles = page.tree.xpath("//tbody//a[@class='t']/text()")
    assert titles == ["Cards", "Hands"]
    assert "2 policies counted" in page.text
    assert page.tree.xpath("//th[@aria-sort]")[0].text_content() == "Signatures"


@pytest.mark.parametrize("sort", [*measures.SORTS, "", "drop table", "x" * 9999])
def test_each_count_sorts_and_an_unknown_one_is_the_usual(make_person, pages_of, counted, sort):
    pages = pages_of(make_person(roles="staff auditor"))

    page = pages.get(f"/burden?sort={sort}&page={10**30}")

    assert page.status == 200
    assert len(page.tree.xpath("//tbody/tr")) == 2


def test_one_policy_shows_who_must_do_what_by_when(make_person, pages_of, counted):
    pages = pages_of(make_person(roles="staff steward"))

    page = pages.get(f"/burden/{counted[0].id}")

    assert "4 signatures" in page.text
    assert "employee; supervisor; director; Controller" in page.text
    assert "within 4 hours" in page.text
    assert "Cites 42 CFR 482.13." in page.text
    assert "Defines Card." in page.text


def test_a_policy_that_is_not_counted_has_no_page(make_person, pages_of, counted, make_policy):
    new = make_policy("New", "Text.")
    db.session.commit()
    pages = pages_of(make_person(roles="staff compliance"))

    assert pages.get(f"/burden/{new.id}").status == 404


def test_nothing_counted_says_what_to_do(make_person, pages_of):
    page = pages_of(make_person(roles="staff compliance")).get("/burden")

    assert "Nothing is counted yet." in page.text
