"""Clusters as reviewers meet them: ranked, read, settled at once."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from gross.store.db import begin_write, db
from gross.store.flags import Flag
from gross.store.nominations import Nomination
from gross.store.policies import Policy
from tests.pages import PROBE

HANDS = "Every nurse must wash both hands with soap for twenty seconds.\nGloves do not replace it."
OWN = "The night shift signs the paper log of the fridge at six in the morning."


@pytest.fixture
def reviewer(make_person):
    return make_person("Robin Reviewer", roles="staff compliance")


@pytest.fixture
def family(make_policy, make_flag):
    stays = make_policy("Hand Hygiene", HANDS, number="IC-1", last_reviewed="2025")
    copy = make_policy("Hand Washing", f"{HANDS}\n{OWN}", number="N-2", last_reviewed="2019")
    return stays, copy, make_flag(copy, stays, kind="contained")


def _states():
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Flag.state).order_by(Flag.id)))


def test_the_list_says_what_would_go_and_how_it_is_counted(pages_of, reviewer, family, make_flag):
    make_flag(kind="overlapping")
    page = pages_of(reviewer).get("/clusters")

    first, second = page.tree.xpath("//ul[@aria-label='Clusters']/li")
    assert "Would go: 1 policy, 31 words, 1 obligation" in " ".join(first.text_content().split())
    assert "No copies" in second.text_content()
    assert "2 clusters: 1 copy of 31 words could go" in page.text
    assert "An obligation is a sentence that says" in page.text


def test_a_cluster_shows_what_stays_what_is_shared_and_what_is_unique(pages_of, reviewer, family):
    _, copy, flag = family
    page = pages_of(reviewer).get(f"/clusters/{copy.id}")

    assert page.tree.xpath("string(//h1)") == "IC-1 Hand Hygiene and 1 other"
    cards = [
        " ".join(card.text_content().split())
        for card in page.tree.xpath("//*[@class='card member']")
    ]
    assert cards[0].startswith("Suggested to stay")
    assert cards[1].startswith("Copy")
    assert "1 of 2 passages stands in no other policy here. Shared with IC-1: 1." in cards[1]
    assert OWN in cards[1]
    assert OWN not in cards[0]
    assert f"/flags/{flag.id}/compare" in page.source
    assert "They say the same." in page.text


def test_all_flags_are_confirmed_and_undone_at_once(pages_of, reviewer, family, make_flag):
    stays, copy, _ = family
    make_flag(stays, copy, kind="conflicting")
    pages = pages_of(reviewer)

    page = pages.press(pages.get(f"/clusters/{stays.id}"), "All 2 flags are right")

    assert _states() == ["confirmed", "confirmed"]
    assert page.path.startswith("/clusters?several=")
    assert "2 flags are confirmed." in page.text

    page = pages.press(page, "Undo both")
    assert _states() == ["open", "open"]
    assert page.path == "/clusters"
    assert "2 answers are taken back; the flags wait again." in page.text


def test_all_flags_are_dismissed_with_one_reason(pages_of, reviewer, family):
    stays = family[0]
    pages = pages_of(reviewer)
    page = pages.get(f"/clusters/{stays.id}")

    again = pages.press(page, "Dismiss all")
    assert again.status == 422
    assert "Choose why the flag is not so." in again.text
    assert _states() == ["open"]

    pages.press(again, "Dismiss all", because="scope")
    assert _states() == ["dismissed"]
    empty = pages.get(f"/clusters/{stays.id}")
    assert "its flags are answered" in empty.text


def test_who_was_slower_is_told_and_nothing_is_changed(
    pages_of, reviewer, family, make_flag, make_person
):
    stays, copy, first = family
    make_flag(stays, copy, kind="conflicting")
    first_id = first.id
    colleague = pages_of(make_person("Colleague", roles="staff compliance"))
    pages = pages_of(reviewer)
    page = pages.get(f"/clusters/{stays.id}")
    colleague.post(f"/flags/{first_id}/confirm", {"once": "x"})

    answer = pages.press(page, "All 2 flags are right")

    assert answer.status == 409
    assert "Nothing was changed: 1 of the flags was answered or gone meanwhile." in answer.text
    assert "is confirmed" in answer.text
    assert _states() == ["confirmed", "open"]


def test_copies_are_nominated_with_what_stays(pages_of, reviewer, family):
    stays, copy, flag = family
    pages = pages_of(reviewer)
    page = pages.get(f"/clusters/{stays.id}")
    assert page.tree.xpath("//input[@name='copy'][@checked]/@value") == [str(copy.id)]

    again = pages.press(page, "Nominate the marked policies")
    assert again.status == 422
    assert "Say why the copies should go." in again.text

    done = pages.press(again, "Nominate the marked policies", why="It is kept twice.")
    assert "1 policy is nominated to retire." in done.text
    db.session.rollback()
    made = db.session.scalars(select(Nomination)).one()
    assert (made.policy_id, made.successor_id, made.flag_id) == (copy.id, stays.id, flag.id)
    assert "(nominated already)" in done.text
    assert not done.tree.xpath("//input[@name='copy'][@checked]")
    ballot = pages.get(f"/nominations/{made.id}/ballot")
    assert ballot.tree.xpath("string(//input[@name='successor']/@value)") == "IC-1"


def test_a_steward_reads_and_cannot_settle(pages_of, make_person, family):
    stays = family[0]
    pages = pages_of(make_person("Steward", roles="staff steward"))
    page = pages.get(f"/clusters/{stays.id}")
    assert "Compliance answers flags; you see what they see." in page.text
    assert not page.tree.xpath("//main//form")
    for verb in ("answers", "copies"):
        assert pages.post(f"/clusters/{stays.id}/{verb}", {"once": "x"}).status == 403


@pytest.mark.parametrize("odd", ["x", "-1", str(2**63), "987654"])
def test_odd_flags_and_policies_are_no_pages(pages_of, reviewer, family, odd):
    stays = family[0]
    pages = pages_of(reviewer)
    sent = {"once": "x", "answer": "confirm", "flag": odd}
    assert pages.post(f"/clusters/{stays.id}/answers", sent).status == 404
    sent = {"once": "y", "why": "So.", "stays": odd, "copy": str(stays.id)}
    assert pages.post(f"/clusters/{stays.id}/copies", sent).status == 404
    assert pages.get("/clusters", query_string={"several": odd}).status == 404
    assert _states() == ["open"]


def test_what_documents_say_is_escaped(pages_of, reviewer, make_policy, make_flag):
    odd = [make_policy(PROBE, f"{PROBE} {OWN}", number=PROBE, department=PROBE) for _ in range(2)]
    make_flag(*odd, sentence=f"{PROBE}.")
    pages = pages_of(reviewer)
    for path in ("/clusters", f"/clusters/{odd[0].id}", "/library/map"):
        assert pages.get(path).status == 200


def test_the_pages_ask_as_much_for_one_cluster_as_for_many(pages_of, reviewer, make_flag):
    def queries(path):
        seen = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        assert pages.get(path).status == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(seen)

    make_flag()
    pages = pages_of(reviewer)
    pages.get("/clusters")
    few = [queries(path) for path in ("/clusters", "/library/map")]
    begin_write(db.session)
    for _ in range(24):
        make_flag()
    db.session.commit()

    assert [queries(path) for path in ("/clusters", "/library/map")] == few


def test_a_clusters_page_asks_as_much_for_two_policies_as_for_many(
    pages_of, reviewer, make_policy, make_flag
):
    def queries(policy_id):
        seen = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        assert pages.get(f"/clusters/{policy_id}").status == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(seen)

    two = [make_policy(f"Copy {n}", HANDS).id for n in range(2)]
    many = [make_policy(f"Family {n}", HANDS).id for n in range(30)]
    for ids in (two, many):
        make_flag(*[db.session.get(Policy, each) for each in ids])
    pages = pages_of(reviewer)
    pages.get(f"/clusters/{two[0]}")
    assert queries(many[0]) == queries(two[0])
