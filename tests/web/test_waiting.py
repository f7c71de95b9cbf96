"""The home page: what waits, by role, in a number of queries that does not grow."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from gross.actions import steps
from gross.store.db import db
from gross.store.flags import Flag, Scan
from gross.store.nominations import Nomination
from tests.pages import PROBE
from tests.web.scenes import NOW, balloted, carried, nominated, office, signed, voted, with_password


@pytest.fixture
def people(make_person):
    return {
        "nurse": make_person("Noor", "staff", profession="RN", unit="5 West"),
        "reviewer": make_person("Rita", "staff compliance"),
        "member": make_person("Mia", "staff committee"),
        "other": make_person("Omar", "staff committee"),
        "approver": make_person("Ada", "staff approver"),
        "steward": make_person("Stu", "staff steward"),
    }


def headings(page):
    return [" ".join(h.text_content().split()) for h in page.tree.xpath("//h2")]


def test_an_empty_home_says_what_next(make_person, pages_of):
    page = pages_of(make_person()).get("/")
    assert "Nothing waits for you. You can nominate something" in page.text


def test_a_member_sees_ballots_by_closing_time(session, people, make_policy, pages_of):
    for title, days in (("Later", 5), ("Sooner", 2)):
        one = nominated(session, people["nurse"], make_policy(title))
        balloted(session, people["reviewer"], one, closes_in_days=days)
    page = pages_of(people["member"]).get("/")
    assert "Ballots to vote on 2" in headings(page)
    assert page.text.index("Sooner") < page.text.index("Later")
    assert page.tree.xpath("//nav//b")[0].text_content() == "waiting: 2"


def test_a_cast_vote_no_longer_waits(session, people, make_policy, pages_of):
    ballot = balloted(
        session, people["reviewer"], nominated(session, people["nurse"], make_policy())
    )
    voted(session, ballot, people["member"])
    assert "Nothing waits for you." in pages_of(people["member"]).get("/").text


def test_compliance_sees_nominations_with_the_reply_clock_and_flags(
    session, people, make_policy, pages_of
):
    nominated(session, people["nurse"], make_policy("Badges"), what=PROBE, why=PROBE)
    late = nominated(session, people["nurse"], what=f"The paper log {PROBE}")
    late.submitted_at = NOW - timedelta(days=20)
    scan = Scan(began_at=NOW)
    session.add(scan)
    session.flush()
    session.add(
        Flag(
            key="k",
            detector="d",
            detector_version=1,
            kind="redundant",
            score=0.9,
            sentence="Same.",
            passages="[]",
            editions="[]",
            first_seen_at=NOW,
            scan_id=scan.id,
        )
    )
    page = pages_of(people["reviewer"]).get("/")
    assert headings(page) == ["Nominations to answer 2", "Flags 1"]
    assert "reply due in 4 days" in page.text
    assert "reply 7 days late" in page.text


def test_the_next_office_sees_what_waits_for_its_signature(session, people, make_policy, pages_of):
    office(session, "Chair", people["approver"])
    office(session, "Board", people["steward"], position=2)
    one = nominated(session, people["nurse"], make_policy("Badges"))
    carried(session, people["reviewer"], one, people["member"], people["other"])
    assert "Waiting for your signature 1" in headings(pages_of(people["approver"]).get("/"))
    people["steward"].roles = "staff approver"
    assert "Nothing waits for you." in pages_of(people["steward"]).get("/").text


def test_the_steward_sees_retirements_that_are_due(session, people, make_policy, pages_of):
    with_password(session, people["approver"])
    office(session, "Chair", people["approver"])
    one = nominated(session, people["nurse"], make_policy("Badges"))
    carried(session, people["reviewer"], one, people["member"], people["other"])
    signed(session, people["approver"], one)
    one.retire_on = (NOW - timedelta(days=1)).date()
    assert "Retirements due 1" in headings(pages_of(people["steward"]).get("/"))


def test_a_nominator_reads_the_newest_answer_first(session, people, pages_of):
    for what, days in (("Old", 3), ("New", 1)):
        one = nominated(session, people["nurse"], what=f"{what} thing")
        steps.take_step(
            session,
            people["reviewer"],
            one,
            "keep",
            f"Because {what} {PROBE}",
            now=NOW - timedelta(days=days),
        )
    page = pages_of(people["nurse"]).get("/")
    assert page.text.index("New thing") < page.text.index("Old thing")
    assert "Because New" in page.text


def queries_of(pages, path):
    seen = []

    def count(conn, cursor, statement, *rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert pages.get(path).status == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)


@pytest.mark.parametrize("path", ["/", "/nominations", "/ballots", "/approvals", "/retirements"])
def test_lists_ask_as_often_for_nine_rows_as_for_one(
    session, make_person, people, make_policy, pages_of, path
):
    everything = make_person("All", "staff compliance committee approver steward auditor")
    with_password(session, people["approver"])
    office(session, "Chair", people["approver"])
    office(session, "Board", everything, position=2)

    def fill(number):
        for _ in range(number):
            nominated(session, everything, what="Mine")
            one = nominated(session, people["nurse"], make_policy())
            balloted(session, people["reviewer"], one)
            two = nominated(session, people["nurse"], make_policy())
            carried(session, people["reviewer"], two, people["member"], people["other"])
            three = nominated(session, people["nurse"], make_policy())
            carried(session, people["reviewer"], three, people["member"], people["other"])
            session.get(Nomination, three.id).stage = "scheduled"
            session.get(Nomination, three.id).retire_on = NOW.date()
            session.flush()
        session.commit()

    fill(1)
    pages = pages_of(everything)
    once = queries_of(pages, path)
    fill(3)
    assert queries_of(pages, path) == once
