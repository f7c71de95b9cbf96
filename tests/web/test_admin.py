"""The administrator lets people in, gives them roles, and sees them out."""

import re

from gross.store.db import db
from gross.store.people import Person
from tests.pages import PROBE


def test_somebody_is_added_invited_and_signs_in(session, make_person, pages_of):
    pages = pages_of(make_person("Admin", "staff admin"))
    form = pages.get("/people/new")
    added = pages.press(form, "Add", login="Nurse7", name="Night nurse", roles="staff")
    assert "Night nurse is added" in added.text
    invited = pages.press(added, "Make an invitation")
    link = re.search(r"/invitations/[\w-]{43}", invited.text)[0]
    nurse = pages_of()
    done = nurse.press(nurse.get(link), "Set password", password="a password of mine")
    home = nurse.press(done, "Sign in", login="nurse7", password="a password of mine")
    assert home.path == "/"
    assert nurse.get(link).status == 404


def test_a_short_password_is_refused(session, make_person, pages_of):
    invited_id = make_person().id
    admin = pages_of(make_person("Admin", "admin"))
    page = admin.press(admin.get(f"/people/{invited_id}"), "Make an invitation")
    link = re.search(r"/invitations/[\w-]{43}", page.text)[0]
    nurse = pages_of()
    answer = nurse.press(nurse.get(link), "Set password", password="short")
    assert answer.status == 409
    assert "A password has 12 to 256 characters." in answer.text


def test_a_taken_login_is_refused(session, make_person, pages_of):
    pages = pages_of(make_person("Admin", "admin"))
    form = pages.get("/people/new")
    answer = pages.press(form, "Add", login="person1", name="Twin", roles="staff")
    assert answer.status == 409
    assert "The login “person1” is taken" in answer.text


def test_roles_act_on_the_next_request(session, make_person, pages_of):
    nurse, admin = make_person(), make_person("Admin", "admin")
    theirs, pages = pages_of(nurse), pages_of(admin)
    assert theirs.get("/ledger").status == 403
    page = pages.get(f"/people/{nurse.id}")
    pages.press(page, "Save the roles", roles="auditor")
    assert theirs.get("/ledger").status == 200


def test_administrators_do_not_lock_themselves_out(session, make_person, pages_of):
    admin = make_person("Admin", "admin")
    pages = pages_of(admin)
    page = pages.get(f"/people/{admin.id}")
    assert (
        "cannot take the administrator" in pages.press(page, "Save the roles", roles="staff").text
    )
    assert "cannot disable your own" in pages.press(page, "Disable").text


def test_disabling_shuts_somebody_out(session, make_person, pages_of):
    nurse, admin = make_person(name=PROBE), make_person("Admin", "admin")
    theirs, pages = pages_of(nurse), pages_of(admin)
    page = pages.get(f"/people/{nurse.id}")
    pages.press(page, "Disable")
    assert theirs.get("/").path.startswith("/sign-in")
    assert "is disabled already" in pages.press(page, "Disable", once="another-key").text
    db.session.rollback()
    assert db.session.get(Person, nurse.id).disabled_at is not None


def test_the_list_is_paged(session, make_person, pages_of):
    for number in range(30):
        make_person(f"Nurse {number:02}")
    pages = pages_of(make_person("Zoe", "admin"))
    assert "Page 1 of 2" in pages.get("/people").text
    assert "Zoe" in pages.get("/people?page=2").text
    for odd in ("abc", "-3", "9" * 40, "٣"):
        assert pages.get("/people", query_string={"page": odd}).status == 200
