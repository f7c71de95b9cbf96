"""Bulk in the queue: marked flags answered at once, all or none, without a script."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from gross.store.db import db
from gross.store.flags import Flag
from gross.store.ledger import LedgerRow


@pytest.fixture
def reviewer(make_person):
    return make_person("Robin Reviewer", roles="staff compliance")


def _states():
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Flag.state).order_by(Flag.id)))


def _deeds():
    return [json.loads(entry) for entry in db.session.scalars(select(LedgerRow.entry))]


def _send(pages, page, answer, flags, **fields):
    """Send the bulk form with these boxes ticked."""
    form = page.tree.xpath("//form[@id='many']")[0]
    hidden = {
        each.get("name"): each.get("value") for each in form.xpath(".//input[@type='hidden']")
    }
    data = {**hidden, "answer": answer, "flag": [str(flag) for flag in flags], **fields}
    return pages._send("POST", form.get("action"), data=data)


def _marked(page):
    return [int(value) for value in page.tree.xpath("//input[@name='flag'][@checked]/@value")]


def test_marked_flags_are_confirmed_at_once_and_undone_at_once(pages_of, reviewer, make_flag):
    ids = [make_flag().id for _ in range(3)]
    pages = pages_of(reviewer)

    page = _send(pages, pages.get("/flags"), "confirm", ids[:2])

    assert _states() == ["confirmed", "confirmed", "open"]
    assert "2 flags are confirmed." in page.text
    assert [deed["subject"] for deed in _deeds()] == [f"flag:{each}" for each in ids[:2]]

    page = pages.press(page, "Undo both")
    assert _states() == ["open"] * 3
    assert "2 answers are taken back; the flags wait again." in page.text


def test_dismissing_needs_one_reason_and_keeps_the_marks(pages_of, reviewer, make_flag):
    ids = [make_flag().id for _ in range(3)]
    pages = pages_of(reviewer)

    page = _send(pages, pages.get("/flags"), "dismiss", ids[1:], said="Two campuses")
    assert page.status == 422
    assert "Choose why the flag is not so." in page.text
    assert _marked(page) == ids[1:]
    assert page.tree.xpath("string(//textarea[@name='said'])").strip() == "Two campuses"
    page = _send(pages, page, "dismiss", ids[1:], because="other", said=" ")
    assert "Say in a few words why the flag is not so." in page.text
    assert _states() == ["open"] * 3

    _send(pages, page, "dismiss", ids[1:], because="scope", said="Two campuses")
    assert _states() == ["open", "dismissed", "dismissed"]
    assert {deed["detail"]["reason"] for deed in _deeds()} == {"scope"}


def test_nothing_marked_is_said(pages_of, reviewer, make_flag):
    make_flag()
    pages = pages_of(reviewer)
    page = _send(pages, pages.get("/flags"), "confirm", [])
    assert page.status == 422
    assert "Mark at least one flag." in page.text


def test_the_slower_of_two_is_told_which_and_the_rest_stays_marked(
    pages_of, reviewer, make_flag, make_person
):
    ids = [make_flag().id for _ in range(3)]
    pages = pages_of(reviewer)
    colleague = pages_of(make_person("Colleague", roles="staff compliance"))
    page, theirs = pages.get("/flags"), colleague.get("/flags")
    _send(colleague, theirs, "dismiss", ids[:1], because="needed")

    answer = _send(pages, page, "confirm", ids)

    assert answer.status == 409
    assert "Nothing was changed: 1 of the flags was answered or gone meanwhile." in answer.text
    assert "Hand Hygiene 1 ↔ Hand Washing 1 is dismissed" in answer.text
    assert _marked(answer) == ids[1:]
    assert _states() == ["dismissed", "open", "open"]
    assert len(_deeds()) == 1

    _send(pages, answer, "confirm", ids[1:])
    assert _states() == ["dismissed", "confirmed", "confirmed"]


def test_of_two_who_press_at_the_same_moment_one_is_told(
    pages_of, reviewer, make_flag, make_person
):
    ids = [make_flag().id for _ in range(6)]
    first, second = pages_of(reviewer), pages_of(make_person("Colleague", roles="staff compliance"))
    said = {"answer": "confirm", "flag": [str(each) for each in ids]}
    bodies = [{**pages.token(), **said, "once": f"{id(pages)}"} for pages in (first, second)]

    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(
            lambda pages, body: pages.send("/flags/answers", body), (first, second), bodies
        )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert set(_states()) == {"confirmed"}
    assert len(_deeds()) == 6
    assert len({deed["actor"] for deed in _deeds()}) == 1


def test_all_on_the_page_are_marked_by_an_address(pages_of, reviewer, make_flag):
    ids = [make_flag(score=0.5).id for _ in range(27)]
    pages = pages_of(reviewer)

    page = pages.get("/flags?page=2")
    page = pages.get(page.tree.xpath("//a[@data-key='a']/@href")[0])

    assert _marked(page) == ids[25:]
    answer = _send(pages, page, "dismiss", _marked(page))
    assert answer.status == 422
    assert _marked(answer) == ids[25:]


def test_the_same_form_sent_twice_answers_once(pages_of, reviewer, make_flag):
    ids = [make_flag().id for _ in range(2)]
    pages = pages_of(reviewer)
    page = pages.get("/flags")

    _send(pages, page, "confirm", ids)
    again = _send(pages, page, "confirm", ids)

    assert again.status == 200
    assert len(_deeds()) == 2


@pytest.mark.parametrize("odd", ["x", "0", "-1", "٣", str(2**63), str(10**30)])
def test_odd_ids_are_no_pages(pages_of, reviewer, make_flag, odd):
    flag_id = make_flag().id
    pages = pages_of(reviewer)
    for path in ("/flags/answers", "/flags/answers/undo"):
        sent = {"once": "x", "answer": "confirm", "flag": [str(flag_id), odd]}
        assert pages.post(path, sent).status == 404
    assert pages.get("/flags", query_string={"several": f"{flag_id}.{odd}"}).status == 404
    assert _states() == ["open"]


def test_too_many_at_once_are_refused(pages_of, reviewer, make_flag):
    ids = [make_flag().id for _ in range(101)]
    pages = pages_of(reviewer)
    answer = _send(pages, pages.get("/flags"), "confirm", ids)
    assert answer.status == 409
    assert "Answer at most 100 flags at once." in answer.text
    assert set(_states()) == {"open"}


def test_an_unknown_answer_changes_nothing(pages_of, reviewer, make_flag):
    ids = [make_flag().id]
    pages = pages_of(reviewer)
    assert _send(pages, pages.get("/flags"), "burn", ids).status == 422
    assert _states() == ["open"]


def test_readers_have_no_boxes(pages_of, make_person, make_flag):
    make_flag()
    pages = pages_of(make_person("Steward", roles="staff steward"))
    assert not pages.get("/flags").tree.xpath("//input[@name='flag']")
    assert pages.post("/flags/answers", {"once": "x", "answer": "confirm"}).status == 403
