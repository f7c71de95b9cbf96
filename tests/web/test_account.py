"""Signing in and out, and what a copied cookie is worth afterwards."""

from gross.actions import people
from gross.store.people import SignIn
from tests.conftest import NOW

PASSWORD = "correct horse battery"


def with_password(session, person):
    person.password_hash = people._HASHER.hash(PASSWORD)
    session.commit()
    return person.login


def test_somebody_signs_in_and_out(session, make_person, pages_of):
    login = with_password(session, make_person())
    pages = pages_of()
    home = pages.press(pages.get("/sign-in"), "Sign in", login=login, password=PASSWORD)
    assert home.path == "/"
    out = pages.press(home, "Sign out")
    assert "You are signed out." in out.text
    assert pages.get("/").path.startswith("/sign-in")


def test_a_copied_cookie_is_dead_after_logout(app, session, make_person, pages_of):
    login = with_password(session, make_person())
    pages, thief = pages_of(), pages_of()
    home = pages.press(pages.get("/sign-in"), "Sign in", login=login, password=PASSWORD)
    stolen = pages.client.get_cookie("gross").value
    thief.client.set_cookie("gross", stolen)
    assert thief.get("/").path == "/"
    pages.press(home, "Sign out")
    assert thief.get("/").path.startswith("/sign-in")


def test_wrong_password_and_unknown_login_read_the_same(session, make_person, pages_of):
    login = with_password(session, make_person())
    pages = pages_of()
    answers = [
        pages.press(pages.get("/sign-in"), "Sign in", login=name, password="nothing like it")
        for name in (login, "nobody")
    ]
    assert [answer.status for answer in answers] == [422, 422]
    assert all("Login or password is wrong." in answer.text for answer in answers)


def test_trying_passwords_is_slowed_down(app, session, make_person, pages_of):
    login = with_password(session, make_person())
    pages = pages_of()
    page = pages.get("/sign-in")
    statuses = [
        pages.press(page, "Sign in", login=login, password=f"guess {n}").status for n in range(7)
    ]
    assert statuses == [422] * 5 + [429] * 2


def test_a_disabled_person_is_out_on_the_next_request(app, session, make_person, pages_of):
    nurse, admin = make_person(), make_person("Admin", "admin")
    pages = pages_of(nurse)
    assert pages.get("/").path == "/"
    from gross.store.db import begin_write, db

    begin_write(db.session)
    people.disable(db.session(), db.session.merge(admin), db.session.merge(nurse), now=NOW)
    db.session.commit()
    assert pages.get("/").path.startswith("/sign-in")
    assert db.session.query(SignIn).count() == 0


def test_next_never_leads_away(session, make_person, pages_of):
    login = with_password(session, make_person())
    for target in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x"):
        pages = pages_of()
        page = pages.get("/sign-in", query_string={"next": target})
        answer = pages.press(page, "Sign in", login=login, password=PASSWORD)
        assert answer.path == "/"
