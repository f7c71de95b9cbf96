"""What goes around every answer: headers, hosts, the request's name in the log, plain errors."""

import logging
import re
from dataclasses import replace

from sqlalchemy.exc import OperationalError

from gross.app import create_app
from gross.store.db import db
from gross.web import health
from tests.pages import Pages


def test_scripts_need_the_answers_own_nonce(make_person, pages_of):
    pages = pages_of(make_person())
    seen = set()
    for _ in range(2):
        page = pages.get("/")
        policy = page.response.headers["Content-Security-Policy"]
        nonce = re.search(r"script-src 'nonce-([^']+)'", policy)[1]
        assert set(page.tree.xpath("//script/@nonce")) == {nonce}
        assert "unsafe" not in policy
        seen.add(nonce)
    assert len(seen) == 2


def test_every_answer_is_guarded(make_person, pages_of):
    headers = pages_of(make_person()).get("/").response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(pages_of):
    cookie = pages_of().get("/sign-in").response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_https_the_cookie_never_travels_in_the_clear(home):
    app = create_app(replace(home, settings=replace(home.settings, behind_https=True)))
    cookie = Pages(app.test_client()).get("/sign-in").response.headers["Set-Cookie"]
    assert "Secure" in cookie


def test_only_named_hosts_are_answered(home):
    named = replace(home.settings, hosts="gross.example.org, localhost")
    client = create_app(replace(home, settings=named)).test_client()
    assert client.get("/health", headers={"Host": "gross.example.org"}).status_code == 200
    assert client.get("/health", headers={"Host": "evil.example"}).status_code == 400


def test_the_log_names_the_request_and_nobody(make_person, pages_of, caplog):
    with caplog.at_level(logging.INFO, "gross.web"):
        page = pages_of(make_person("Noor Nurse")).get("/policies?q=secret")
    name = page.response.headers["X-Request-Id"]
    line = next(record.getMessage() for record in caplog.records if name in record.getMessage())
    assert re.fullmatch(rf"{name} GET /policies 200 \d+ ms", line)
    assert "Noor" not in caplog.text
    assert "secret" not in caplog.text


def test_a_newline_in_a_path_makes_no_second_line_of_log(pages_of, caplog):
    with caplog.at_level(logging.INFO, "gross.web"):
        pages_of().get("/x%0Aforged")
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_a_bug_is_a_plain_page_that_names_the_request(app, pages_of, monkeypatch, caplog):
    def break_down():
        raise ValueError("a detail for the log")

    monkeypatch.setitem(app.view_functions, "health.health", break_down)
    app.testing = False
    page = pages_of().get("/health")
    assert page.status == 500
    assert "Nothing was changed" in page.text
    assert page.response.headers["X-Request-Id"] in page.text
    assert "a detail for the log" not in page.text
    assert "a detail for the log" in caplog.text


def test_a_busy_database_is_no_bug(app, pages_of, monkeypatch):
    def be_busy():
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    monkeypatch.setitem(app.view_functions, "health.health", be_busy)
    page = pages_of().get("/health")
    assert page.status == 503
    assert "The database is busy. Nothing was changed" in page.text


def test_too_much_at_once_is_refused(app, make_person, pages_of):
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    pages = pages_of(make_person())
    answer = pages.post("/nominations/new", {"what": "x" * 20_000, "why": "y"})
    assert answer.status == 413
    assert "too much for one upload" in answer.text


def test_health(pages_of):
    answer = pages_of().get("/health").response
    assert answer.json == {"status": "ok"}
    assert health.bp.name == "health"
    assert db.engine.dialect.name == "sqlite"


def test_the_wrong_method_is_a_plain_page(make_person, pages_of):
    pages = pages_of(make_person())
    assert pages.get("/sign-out").status == 405
    assert "cannot be used that way" in pages.get("/sign-out").text


def test_a_refusal_leads_back_to_the_page_it_came_from_and_nowhere_else(make_person, pages_of):
    client = pages_of(make_person()).client

    def links(referrer):
        page = client.get("/nominations/9", headers={"Referer": referrer}).text
        return re.findall(r'<a href="([^"]+)">Go back', page)

    assert links("http://localhost/policies?q=a&page=2") == ["/policies?q=a&amp;page=2"]
    assert links("http://evil.example/policies") == []
    assert links("javascript:alert(1)") == []
    assert links("http://localhost//evil.example/") == []
    assert links("http://[") == []
