"""The pages of imports: what was refused comes first, with its reason, for whoever deals."""

import pytest

from gross.store.imports import Import, ImportItem
from tests.conftest import NOW


@pytest.fixture
def record(session, make_policy):
    """An import with one file of each outcome but "changed"."""
    policy = make_policy("Hand Hygiene", number="IC-014")
    made = Import(began_at=NOW, ended_at=NOW, name="library 2026")
    session.add(made)
    session.flush()
    for source, outcome, reason in (
        ("b.xyz", "refused", "b.xyz cannot be read; use .docx."),
        ("gone.docx", "missing", "list.csv lists it in line 3; it was not there."),
        ("a.txt", "new", ""),
        ("c.txt", "same", ""),
    ):
        session.add(ImportItem(import_id=made.id, source=source, outcome=outcome, reason=reason,
                               policy_id=None if reason else policy.id))  # fmt: skip
    session.flush()
    return made.id


@pytest.mark.parametrize("role", ["compliance", "steward", "admin", "auditor"])
def test_those_who_run_and_check_the_library_see_its_imports(pages_of, make_person, record, role):
    pages = pages_of(make_person(roles=f"staff {role}"))

    listed, page = pages.get("/imports"), pages.get(f"/imports/{record}")

    assert "library 2026" in listed.text
    assert "Imports" in pages.get("/policies").text
    assert "b.xyz cannot be read; use .docx." in page.text
    assert "Refused 1" in page.text


@pytest.mark.parametrize("role", ["staff", "staff committee", "staff approver"])
def test_others_do_not(pages_of, make_person, record, role):
    pages = pages_of(make_person(roles=role))

    assert pages.get("/imports").status == 403
    assert pages.get(f"/imports/{record}").status == 403


def test_each_outcome_is_an_address(pages_of, make_person, record):
    pages = pages_of(make_person(roles="staff steward"))

    assert "it was not there" in pages.get(f"/imports/{record}?outcome=missing").text
    assert "IC-014 Hand Hygiene" in pages.get(f"/imports/{record}?outcome=new").text
    assert (
        "No file of this import is changed." in pages.get(f"/imports/{record}?outcome=changed").text
    )
    assert "b.xyz" in pages.get(f"/imports/{record}?outcome=nonsense&page=abc").text


def test_an_import_that_did_not_finish_says_what_to_do(pages_of, make_person, session):
    session.add(Import(began_at=NOW, name="library"))
    session.flush()
    pages = pages_of(make_person(roles="staff steward"))

    assert "Did not finish" in pages.get("/imports").text
    assert "import the same folder again" in pages.get("/imports/1").text


def test_no_import_says_how_there_will_be_one(pages_of, make_person):
    page = pages_of(make_person(roles="staff steward")).get("/imports")

    assert "Nothing was imported yet." in page.text
