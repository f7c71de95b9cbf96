"""The page of one nomination: its way, its story, and its buttons, live or grey with the reason."""

import pytest

from gross.actions import steps
from gross.store.db import begin_write, db
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from tests.pages import PROBE
from tests.web.scenes import NOW, balloted, carried, nominated, voted


@pytest.fixture
def nurse(make_person):
    return make_person("Noor", "staff", profession="RN", unit="5 West")


@pytest.fixture
def reviewer(make_person):
    return make_person("Rita", "staff compliance", profession="Compliance officer")


@pytest.fixture
def member(make_person):
    return make_person("Mia", "staff committee")


def now_at(page):
    return page.tree.xpath("//ol[@class='way']/li[@aria-current='step']")[0].text_content()


def stage_of(nomination_id):
    db.session.rollback()
    return db.session.get(Nomination, nomination_id).stage


def deeds():
    db.session.rollback()
    return db.session.query(LedgerRow).count()


def test_compliance_takes_it_up_and_keeps_it_with_a_reason(session, nurse, reviewer, pages_of):
    one = nominated(session, nurse, what=f"Log {PROBE}", where_met=PROBE)
    pages, path = pages_of(reviewer), f"/nominations/{one.id}"
    page = pages.press(pages.get(path), "Take up")
    assert now_at(page) == "Triage"
    assert "Done. The nomination is now: triage." in page.text
    page = pages.post(f"{path}/keep", {"reason": f"The state asks for it. {PROBE}"})
    assert now_at(page) == "Kept"
    assert "The answer" in page.text
    mine = pages_of(nurse).get(path)
    assert "The state asks for it." in mine.text
    assert "Compliance officer decided that it stays." in mine.text
    assert "Rita" not in mine.text


def test_compliance_sees_why_a_button_is_grey(session, nurse, reviewer, pages_of):
    one = nominated(session, nurse)
    page = pages_of(reviewer).get(f"/nominations/{one.id}")
    button = page.button("Send to ballot")
    assert button.get("disabled") is not None
    why = page.tree.xpath(f"//*[@id='{button.get('aria-describedby')}']")[0]
    assert why.text_content() == "Say which policy it is about first."


def test_a_reason_that_is_missing_or_too_long_changes_nothing(session, nurse, reviewer, pages_of):
    one = nominated(session, nurse)
    path, before = f"/nominations/{one.id}", 1
    pages = pages_of(reviewer)
    blank = pages.post(f"{path}/keep", {"reason": " "})
    assert blank.status == 409
    assert "Give a reason to keep; the nominator reads it." in blank.text
    long = pages.post(f"{path}/keep", {"reason": "x" * 2001})
    assert long.status == 422
    assert "At most 2,000 characters, please; this has 2,001." in long.text
    assert long.tree.xpath("//details[@open]//textarea[@id='reason-keep']")[0].text.strip()
    assert deeds() == before
    assert stage_of(1) == "submitted"


def test_who_nominated_withdraws_and_nobody_else(session, nurse, make_person, pages_of):
    one = nominated(session, nurse)
    path = f"/nominations/{one.id}"
    stranger = pages_of(make_person())
    assert not stranger.get(path).tree.xpath("//button[contains(., 'Withdraw')]")
    refused = stranger.post(f"{path}/withdraw", {})
    assert refused.status == 409
    assert "Only the person who nominated it may withdraw it." in refused.text
    pages = pages_of(nurse)
    page = pages.press(pages.get(path), "Withdraw")
    assert now_at(page) == "Withdrawn"
    again = pages.post(f"{path}/withdraw", {})
    assert again.status == 409


def test_a_nominator_does_not_judge_their_own(session, reviewer, pages_of):
    one = nominated(session, reviewer)
    page = pages_of(reviewer).get(f"/nominations/{one.id}")
    assert page.button("Take up").get("disabled") is not None
    assert "You nominated this; somebody else decides on it." in page.text


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        pytest.param("keep", 403, id="another role's step"),
        pytest.param("call-off", 403, id="a steward's step"),
        pytest.param("sign", 404, id="a step with a page of its own"),
        pytest.param("send-to-ballot", 404, id="a ballot without terms"),
        pytest.param("close-with-policy", 404, id="the clock's step"),
        pytest.param("explode", 404, id="no step at all"),
    ],
)
def test_odd_verbs_and_other_roles_change_nothing(session, nurse, pages_of, verb, status):
    one = nominated(session, nurse)
    pages = pages_of(nurse)
    assert pages.post(f"/nominations/{one.id}/{verb}", {"reason": "x"}).status == status
    assert deeds() == 1


@pytest.mark.parametrize("path", ["/nominations/99", f"/nominations/{2**63}", "/nominations/x"])
def test_a_nomination_that_is_not_there_is_no_page(nurse, pages_of, path):
    pages = pages_of(nurse)
    assert pages.get(path).status == 404
    assert pages.post(f"{path}/withdraw", {}).status == 404


def test_the_policy_is_named_by_its_exact_number(session, nurse, reviewer, make_policy, pages_of):
    policy = make_policy("Hand Hygiene", number="IC-014")
    make_policy("Hand Lotion", number="IC-0145")
    one = nominated(session, nurse)
    pages = pages_of(reviewer)
    page = pages.press(pages.get(f"/nominations/{one.id}"), "Find it", policy="ic-014")
    assert "The nomination is about IC-014 Hand Hygiene." in page.text
    db.session.rollback()
    assert db.session.get(Nomination, one.id).policy_id == policy.id


def test_words_give_at_most_five_to_choose_from(session, nurse, reviewer, make_policy, pages_of):
    for number in range(7):
        make_policy(f"Hand Hygiene {number} {PROBE}", number=f"IC-{number}")
    one = nominated(session, nurse)
    pages = pages_of(reviewer)
    page = pages.press(pages.get(f"/nominations/{one.id}"), "Find it", policy="hygiene hand")
    assert page.status == 422
    assert len(page.tree.xpath("//input[@name='policy_id']")) == 5
    chosen = page.tree.xpath("//input[@name='policy_id']/@value")[2]
    page = pages.press(page, "This one", policy_id=chosen)
    assert "The nomination is about" in page.text


def test_words_that_match_nothing_say_so(session, nurse, reviewer, make_policy, pages_of):
    make_policy("Hand Hygiene", number="IC-014")
    one = nominated(session, nurse)
    pages = pages_of(reviewer)
    page = pages.press(pages.get(f"/nominations/{one.id}"), "Find it", policy="100%_")
    assert page.status == 422
    assert "No policy in force has “100%_” in its number or title." in page.text
    path = f"/nominations/{one.id}/policy"
    for chosen in ("999", "x", str(2**63)):
        assert pages.post(path, {"policy_id": chosen}).status == 404


def test_only_compliance_names_the_policy(session, nurse, pages_of):
    one = nominated(session, nurse)
    assert pages_of(nurse).post(f"/nominations/{one.id}/policy", {"policy": "x"}).status == 403


def test_the_story_counts_votes_and_tells_none(
    session, nurse, reviewer, member, make_person, make_policy, pages_of
):
    other = make_person("Omar", "staff committee")
    one = nominated(session, nurse, make_policy("Badges"))
    ballot = balloted(session, reviewer, one)
    voted(session, ballot, member, other, choice="keep", rationale="A secret until the close")
    page = pages_of(reviewer).get(f"/nominations/{one.id}")
    assert now_at(page) == "Ballot"
    assert "2 people voted." in page.text
    assert "A secret" not in page.text
    assert page.tree.xpath("//a[contains(., 'Open until')]")
    staff = pages_of(nurse).get(f"/nominations/{one.id}")
    assert not staff.tree.xpath("//a[contains(., 'Open until')]")


def test_a_refused_retirement_shows_how_far_it_came(
    session, nurse, reviewer, member, make_policy, pages_of
):
    one = nominated(session, nurse, make_policy("Badges"))
    carried(session, reviewer, one, member)
    page = pages_of(nurse).get(f"/nominations/{one.id}")
    assert now_at(page) == "Approval"
    assert "closed the ballot. " in page.text
    assert "Carried: 1 of 1 voted to retire; 2/3 was needed." in page.text


def test_a_step_taken_meanwhile_is_refused_in_one_sentence(session, nurse, reviewer, pages_of):
    one = nominated(session, nurse)
    pages = pages_of(reviewer)
    page = pages.get("/nominations/1")
    db.session.rollback()
    begin_write(db.session)
    steps.take_step(session(), nurse, one, "withdraw", now=NOW)
    db.session.commit()
    refused = pages.press(page, "Take up")
    assert refused.status == 409
    assert "“Take up” is not possible: this nomination is withdrawn." in refused.text
