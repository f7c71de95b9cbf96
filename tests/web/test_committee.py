"""Ballots: who reads them, the vote and its refusals, the count; and how compliance opens one."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from gross.domain.calendar import local_day
from gross.store.ballots import Ballot, Elector, Paper
from gross.store.db import db
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from tests.pages import PROBE
from tests.web.scenes import NOW, balloted, carried, nominated, voted


@pytest.fixture
def nurse(make_person):
    return make_person("Noor", "staff", profession="RN", unit="5 West")


@pytest.fixture
def reviewer(make_person):
    return make_person("Rita", "staff compliance")


@pytest.fixture
def member(make_person):
    return make_person("Mia Chen", "staff committee", profession="RN")


@pytest.fixture
def other(make_person):
    return make_person("Omar Reyes", "staff committee", profession="Physician")


@pytest.fixture
def ballot(session, nurse, reviewer, member, other, make_policy):
    policy = make_policy(f"Hand Washing {PROBE}", number="NUR-231")
    return balloted(session, reviewer, nominated(session, nurse, policy, why=f"Twice {PROBE}"))


def papers():
    db.session.rollback()
    return {paper.elector_id: paper.choice for paper in db.session.query(Paper)}


def deeds():
    db.session.rollback()
    return db.session.query(LedgerRow).count()


def test_the_ballot_fits_one_screen_of_words(ballot, member, pages_of):
    page = pages_of(member).get(f"/ballots/{ballot.id}")
    assert page.tree.xpath("//h1")[0].text_content() == f"Retire “Hand Washing {PROBE}” (NUR-231)"
    assert "RN, 5 West" in page.text
    assert "Your vote · 0 of 2 voted, quorum 1" in page.text
    buttons = page.tree.xpath("//form[contains(@class, 'castbar')]//button/@value")
    assert buttons == ["retire", "keep", "change", "abstain"]
    assert page.tree.xpath("//body/@class") == ["p-ballot"]
    assert not page.tree.xpath("//input[@checked]")


def test_a_member_votes_and_changes_it(ballot, member, pages_of):
    pages = pages_of(member)
    page = pages.press(pages.get(f"/ballots/{ballot.id}"), "Retire it")
    assert "You voted to retire it. You can change it until the ballot closes." in page.text
    assert page.tree.xpath("//body/@class") == [""]
    page = pages.press(page, "Abstain")
    assert "You voted to abstain." in page.text
    assert list(papers().values()) == ["abstain"]


@pytest.mark.parametrize("says", ["Keep it", "Change it…"])
def test_keep_and_change_ask_why_before_anything_is_cast(ballot, member, pages_of, says):
    pages = pages_of(member)
    page = pages.press(pages.get(f"/ballots/{ballot.id}"), says)
    assert page.status == 200
    assert "Your vote is not cast yet." in page.text
    assert papers() == {}
    blank = pages.press(page, "Cast this vote", rationale=" ")
    assert blank.status == 422
    assert "Give your reason; it is shown after the ballot closes." in blank.text
    long = pages.press(blank, "Cast this vote", rationale="x" * 2001)
    assert long.status == 422
    assert "At most 2,000 characters" in long.text
    assert papers() == {}
    cast = pages.press(long, "Cast this vote", rationale=f"The law asks. {PROBE}")
    assert "The law asks." in cast.text
    assert len(papers()) == 1


def test_a_link_with_a_choice_casts_nothing(ballot, member, pages_of):
    page = pages_of(member).get(f"/ballots/{ballot.id}?choice=keep")
    assert "You are voting to keep it" in page.text
    assert papers() == {}
    assert pages_of(member).get(f"/ballots/{ballot.id}?choice=nonsense").status == 200


def test_progress_names_the_next_ballot(
    session, ballot, nurse, reviewer, member, make_policy, pages_of
):
    second = balloted(
        session,
        reviewer,
        nominated(session, nurse, make_policy("Second")),
        closes_in_days=9,
    )
    pages = pages_of(member)
    page = pages.get(f"/ballots/{ballot.id}")
    assert "Ballot 1 of 2" in page.text
    voted_page = pages.press(page, "Retire it")
    assert voted_page.tree.xpath("//a[text()='Next ballot']/@href") == [f"/ballots/{second.id}"]


def test_who_voted_is_shown_and_what_is_not(session, ballot, member, other, pages_of):
    voted(session, ballot, other, choice="keep", rationale="A secret until the close")
    page = pages_of(member).get(f"/ballots/{ballot.id}")
    assert "Omar Reyes Physician has voted" in page.text
    assert "Mia Chen RN not yet" in page.text
    assert "A secret" not in page.text


def test_a_closed_ballot_shows_numbers_reasons_and_the_roll(
    session, ballot, reviewer, member, other, pages_of
):
    voted(session, ballot, other, choice="keep", rationale=f"The law asks. {PROBE}")
    voted(session, ballot, member)
    pages = pages_of(reviewer)
    page = pages.press(pages.get(f"/ballots/{ballot.id}"), "Close the ballot")
    assert "Not carried: 1 of 2 voted to retire; 2/3 is needed." in page.text
    assert "Omar Reyes Physician Keep it" in page.text
    assert "The law asks." in page.text
    picture = page.tree.xpath("//svg[@role='img']/@aria-label")[0]
    assert picture == "Retire it 1, Keep it 1, Change it 0, Abstain 0, of 2"
    again = pages.post(f"/ballots/{ballot.id}/close", {})
    assert again.status == 409
    assert "The ballot is closed already." in again.text


def test_compliance_sees_why_it_cannot_close_yet(ballot, reviewer, pages_of):
    pages, before = pages_of(reviewer), deeds()
    page = pages.get(f"/ballots/{ballot.id}")
    assert page.button("Close the ballot").get("disabled") is not None
    assert "The ballot is open until its closing time." in page.text
    assert pages.post(f"/ballots/{ballot.id}/close", {}).status == 409
    assert deeds() == before


def test_a_member_steps_back_and_their_vote_goes(session, ballot, member, pages_of):
    voted(session, ballot, member)
    pages = pages_of(member)
    page = pages.press(pages.get(f"/ballots/{ballot.id}"), "Step back", because=f"Wrote it {PROBE}")
    assert "You stepped back from this ballot" in page.text
    assert papers() == {}
    refused = pages.post(f"/ballots/{ballot.id}/vote", {"choice": "retire"})
    assert refused.status == 409
    assert "You stepped back from this ballot." in refused.text


def test_stepping_back_needs_a_reason_that_fits(ballot, member, pages_of):
    pages, before = pages_of(member), deeds()
    page = pages.get(f"/ballots/{ballot.id}")
    assert pages.press(page, "Step back").status == 409
    assert pages.press(page, "Step back", because="x" * 2001).status == 422
    assert deeds() == before


def test_who_is_not_on_the_roll_reads_without_a_vote(ballot, make_person, pages_of):
    pages = pages_of(make_person("New", "committee"))
    page = pages.get(f"/ballots/{ballot.id}")
    assert "You are not on the roll of this ballot" in page.text
    assert not page.tree.xpath("//button[@name='choice']")
    refused = pages.post(f"/ballots/{ballot.id}/vote", {"choice": "retire"})
    assert refused.status == 409
    assert "You are not on the roll of this ballot." in refused.text


def test_a_vote_after_the_closing_time_is_refused(session, ballot, member, pages_of):
    ballot.opened_at = NOW - timedelta(days=2)
    ballot.closes_at = NOW - timedelta(seconds=1)
    pages = pages_of(member)
    page = pages.get(f"/ballots/{ballot.id}")
    assert "its time is over; it waits to be counted" in page.text
    refused = pages.post(f"/ballots/{ballot.id}/vote", {"choice": "retire"})
    assert (refused.status, papers()) == (409, {})
    assert "The ballot's closing time has passed." in refused.text


@pytest.mark.parametrize("choice", ["", "explode", "RETIRE"])
def test_a_choice_that_is_none_is_not_understood(ballot, member, pages_of, choice):
    answer = pages_of(member).post(f"/ballots/{ballot.id}/vote", {"choice": choice})
    assert (answer.status, papers()) == (400, {})


@pytest.mark.parametrize("ballot_id", [99, 2**63])
def test_a_ballot_that_is_not_there_is_no_page(member, pages_of, ballot_id):
    pages = pages_of(member)
    assert pages.get(f"/ballots/{ballot_id}").status == 404
    for deed in ("vote", "recuse"):
        assert pages.post(f"/ballots/{ballot_id}/{deed}", {"choice": "retire"}).status == 404


def test_who_may_enter(ballot, make_person, pages_of):
    reads = {
        role: pages_of(make_person(role, role)).get(f"/ballots/{ballot.id}").status
        for role in ("staff", "admin", "committee", "compliance", "approver", "steward", "auditor")
    }
    assert reads == {
        "staff": 403,
        "admin": 403,
        "committee": 200,
        "compliance": 200,
        "approver": 200,
        "steward": 200,
        "auditor": 200,
    }
    pages = pages_of(make_person("Rita", "compliance"))
    assert pages.post(f"/ballots/{ballot.id}/vote", {"choice": "retire"}).status == 403
    assert pages.post(f"/ballots/{ballot.id}/recuse", {}).status == 403
    pages = pages_of(make_person("Mia", "committee"))
    assert pages.post(f"/ballots/{ballot.id}/close", {}).status == 403
    assert pages.get("/nominations/1/ballot").status == 403


def test_what_goes_what_stays_and_what_differs_against_the_successor(
    session, nurse, reviewer, member, make_policy, pages_of
):
    stays = make_policy(
        "Hand Hygiene",
        "Wash your hands with soap and water for at least 20 seconds before each patient.\n"
        f"Dry them with a paper towel from the {PROBE} dispenser on the wall.",
        number="IC-014",
    )
    goes = make_policy(
        "Hand Washing",
        "Wash your hands with soap and water for at least 40 seconds before each patient.\n"
        f"Dry them with a paper towel from the {PROBE} dispenser on the wall.\n"
        "Two nurses sign the paper log of hand washing at the end of every shift.",
        number="NUR-231",
    )
    citing = make_policy("Isolation", number="IC-030")
    citing.current.refs = json.dumps([[0, 7, "NUR-231", ""]])
    session.flush()
    ballot = balloted(session, reviewer, nominated(session, nurse, goes), successor=stays)

    page = pages_of(member).get(f"/ballots/{ballot.id}")

    assert "IC-014 Hand Hygiene stays and is followed instead." in page.text
    gone = page.tree.xpath("//section[contains(@class, 'gone')]")[0].text_content()
    stay = page.tree.xpath("//section[contains(@class, 'stay')]")[0].text_content()
    assert "1 passage that IC-014 does not have" in gone
    assert "“Two nurses sign the paper log" in gone
    assert "1 policy cites it: IC-030" in " ".join(gone.split())
    assert "2 passages of it" in stay
    assert "They differ: 40 seconds against 20 seconds." in page.text
    assert page.tree.xpath(f"//a[@href='/compare?a={goes.id}&b={stays.id}']")


def test_the_list_tells_mine_others_and_closed(
    session, nurse, reviewer, member, other, make_person, make_policy, pages_of
):
    closed = nominated(session, nurse, make_policy(f"Closed {PROBE}"))
    carried(session, reviewer, closed, member, other)
    balloted(session, reviewer, nominated(session, nurse, make_policy(f"Open {PROBE}")))
    page = pages_of(member).get("/ballots")
    assert "1 waits for your vote" in page.text
    assert "Carried: 2 of 2 voted to retire" in page.text
    page = pages_of(make_person("Auditor", "auditor")).get("/ballots")
    assert "None waits for your vote" in page.text
    assert page.text.index("Open ballots") < page.text.index("Closed")


def test_an_empty_list_says_when_a_ballot_opens(member, pages_of):
    assert "There has been no ballot yet." in pages_of(member).get("/ballots").text


def opened(pages, path, **fields):
    return pages.press(pages.get(path), "Open the ballot", **fields)


def test_compliance_opens_a_ballot_and_sees_who_votes(
    session, nurse, reviewer, member, other, make_policy, pages_of
):
    stays = make_policy("Hand Hygiene", number="IC-014")
    policy = make_policy("Hand Washing", owner_id=other.id)
    one = nominated(session, nurse, policy)
    path, ids = f"/nominations/{one.id}/ballot", (one.id, stays.id)
    pages = pages_of(reviewer)
    form = pages.get(path)
    assert "Who votes 1" in form.text
    assert "Omar Reyes Owns the policy." in form.text
    page = opened(pages, path, successor="ic-014", quorum="3/4", threshold="1/2", notice_days="30")
    assert "The ballot is open until" in page.text
    db.session.rollback()
    ballot, nomination = db.session.query(Ballot).one(), db.session.get(Nomination, ids[0])
    assert (ballot.quorum, ballot.threshold) == ("3/4", "1/2")
    assert (nomination.notice_days, nomination.successor_id) == (30, ids[1])
    recused = db.session.query(Elector).filter(Elector.recused_at.is_not(None)).one()
    assert recused.person.name == "Omar Reyes"
    assert "cannot be opened on this nomination now: it is ballot" in pages.get(path).text


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        pytest.param({"successor": "X-1"}, 422, "has the number “X-1”.", id="successor"),
        pytest.param({"notice_days": "366"}, 422, "Between 0 and 365 days.", id="notice"),
        pytest.param({"notice_days": "soon"}, 422, "Not a valid integer value.", id="no number"),
        pytest.param({"closes_on": "0001-01-01"}, 422, "within the next months", id="year one"),
        pytest.param({"closes_on": "9999-12-31"}, 422, "within the next months", id="year last"),
        pytest.param({"closes_on": ""}, 422, "Say on which day it closes.", id="no day"),
        pytest.param({"closes_on": "2999-01-01"}, 409, "at most 90 days from now", id="too late"),
        pytest.param({"closes_on": "2020-01-01"}, 409, "at least an hour", id="too soon"),
    ],
)
def test_terms_that_cannot_be_held_open_nothing(
    session, nurse, reviewer, member, make_policy, pages_of, fields, status, sentence
):
    one = nominated(session, nurse, make_policy())
    page = opened(pages_of(reviewer), f"/nominations/{one.id}/ballot", **fields)
    assert (page.status, sentence in page.text) == (status, True)
    db.session.rollback()
    assert db.session.query(Ballot).count() == 0


def test_the_hour_of_closing_is_the_hospital_s(
    session, nurse, reviewer, member, make_policy, pages_of, monkeypatch
):
    one = nominated(session, nurse, make_policy())
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        day = local_day(datetime.now(UTC) + timedelta(days=5))
        fields = {"closes_on": day.isoformat(), "closes_hour": "17"}
        page = opened(pages_of(reviewer), f"/nominations/{one.id}/ballot", **fields)
        db.session.rollback()
        ballot = db.session.query(Ballot).one()
        assert ballot.closes_at.astimezone().hour == 17
        assert ballot.closes_at.astimezone(UTC).hour in {21, 22}
        assert "17:00 E" in page.text
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_ballot_under_legal_hold_is_grey(session, nurse, reviewer, member, make_policy, pages_of):
    one = nominated(session, nurse, make_policy(legal_hold=True))
    page = pages_of(reviewer).get(f"/nominations/{one.id}/ballot")
    assert page.button("Open the ballot").get("disabled") is not None
    assert "The policy is under a legal hold." in page.text
