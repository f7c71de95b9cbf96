"""The board tells what became of nominations, and names nobody; on the wall, to anyone."""

import pytest
from sqlalchemy import event

from gross.actions.steps import take_step
from gross.store.board import read_board
from gross.store.db import db
from gross.web.board import wall_token
from tests.actions.cast import make_cast
from tests.pages import PROBE


@pytest.fixture
def cast(session):
    cast = make_cast(session)
    cast.policy.current.word_count = 1234
    cast.retired()
    for number in range(30):
        kept = cast.nominated(policy=None, what=f"Log {number}", why="Twice a day.")
        reason = f"The law asks for it {PROBE}."
        take_step(session, cast.reviewer, kept, "keep", reason, now=cast.now)
    cast.nominated(policy=None, what="Secret words of the nominator")
    session.commit()
    return cast


def number_of(page, says):
    return page.tree.xpath(f"//dt[.='{says}']/following-sibling::dd")[0].text


def test_it_shows_numbers_answers_and_no_name(cast, make_person, pages_of):
    pages = pages_of(make_person("Reader"))
    page = pages.get("/board")

    assert number_of(page, "Waiting for an answer") == "1"
    assert number_of(page, "Policies retired") == "1"
    assert number_of(page, "Words nobody has to read any more") == "1,234"
    assert "The law asks for it" in page.text
    last = pages.get("/board?page=2")
    assert "HR-7 Badge Colours" in last.text
    for shown in (page, last):
        for name in ("Nurse", "Reviewer", "Member1", "Secret words", "Twice a day"):
            assert name not in shown.text
    assert "For a screen on the wall" not in page.text
    for odd in ("0", "x", str(10**30)):
        assert pages.get(f"/board?page={odd}").status == 200


def test_the_wall_needs_the_address_and_nothing_else(cast, app, make_person, pages_of):
    director = pages_of(make_person(roles="staff compliance"))
    (link,) = director.get("/board").tree.xpath("//a[.='the board, full screen']/@href")
    stranger = pages_of()

    page = stranger.get(link)

    assert page.status == 200
    assert number_of(page, "Policies retired") == "1"
    assert page.text.count("The law asks for it") <= 4
    assert stranger.get("/board").path.startswith("/sign-in")
    for wrong in ("x", "0" * 32, wall_token()[:-1], "é" * 8):
        assert stranger.get(f"/board/{wrong}").status == 404


def test_an_empty_board_says_what_to_do(session, make_person, pages_of):
    assert "Nothing was answered yet." in pages_of(make_person()).get("/board").text


def test_the_number_of_queries_does_not_grow(cast):
    def queries(most):
        asked = []
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        read_board(db.session(), start=0, most=most)
        return sum(each.startswith("SELECT") for each in asked)

    db.session.expunge_all()
    assert queries(30) == queries(1) == 3
