"""Approvals: what is signed is shown whole; signing, refusing, sending back, and each refusal."""

import json

import pytest

from gross.store.approvals import Signature
from gross.store.db import begin_write, db
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from gross.store.policies import Edition, Policy
from tests.pages import PROBE
from tests.web.scenes import (
    NOW,
    PASSWORD,
    carried,
    nominated,
    office,
    signed,
    with_password,
)


@pytest.fixture
def approver(session, make_person):
    person = with_password(session, make_person("Ada Chief", "staff approver"))
    office(session, "Chief nursing officer", person)
    return person


@pytest.fixture
def nomination(session, make_person, make_policy):
    reviewer = make_person("Rita", "staff compliance")
    members = [make_person(name, "committee") for name in ("Mia", "Omar")]
    policy = make_policy(f"Badges {PROBE}", number="ADM-7")
    citing = make_policy("Uniforms", number="ADM-8")
    citing.current.refs = json.dumps([[0, 5, "ADM-7", ""]])
    nurse = make_person("Noor", profession="RN")
    one = nominated(session, nurse, policy, why=f"Slow {PROBE}")
    carried(session, reviewer, one, *members)
    return one


def stage_of(nomination_id):
    db.session.rollback()
    return db.session.get(Nomination, nomination_id).stage


def deeds():
    db.session.rollback()
    return db.session.query(LedgerRow).count()


def test_what_is_signed_is_shown_whole(nomination, approver, pages_of):
    page = pages_of(approver).get(f"/approvals/{nomination.id}")
    assert "Carried: 2 of 2 voted to retire; 2/3 was needed." in page.text
    assert "1 policy in force cites it: ADM-8 Uniforms." in page.text
    assert "No policy takes its place." in page.text
    assert "It retires 14 days after the last signature." in page.text
    assert "I have read this text and this count, and I decide on exactly these." in page.text
    digests = page.tree.xpath("//code/text()")
    hidden = page.tree.xpath("//input[contains(@name, '_digest')]/@value")
    assert sorted(digests) == sorted(hidden)
    assert page.tree.xpath("//a[starts-with(., 'Read ADM-7')]")


def test_the_last_office_signs_with_its_password(nomination, approver, pages_of):
    pages, nomination_id = pages_of(approver), nomination.id
    page = pages.get(f"/approvals/{nomination_id}")
    after = pages.press(page, "Sign the retirement", password=PASSWORD)
    assert "Signed. It is on the record." in after.text
    assert "Ada Chief signed" in after.text
    assert stage_of(nomination_id) == "scheduled"
    again = pages.press(page, "Sign the retirement", password=PASSWORD)
    assert (again.status, again.path) == (200, after.path)
    assert db.session.query(Signature).count() == 1


@pytest.mark.parametrize(
    ("verb", "stage", "sentence"),
    [
        ("refuse", "kept", "Refused. The nominator and everybody who voted read your reason."),
        ("send-back", "triage", "Sent back. Compliance, the nominator and the voters"),
    ],
)
def test_refusing_and_sending_back_say_why(nomination, approver, pages_of, verb, stage, sentence):
    pages, nomination_id = pages_of(approver), nomination.id
    page = pages.get(f"/approvals/{nomination_id}")
    path = page.button({"refuse": "Refuse", "send-back": "Send back"}[verb]).get("formaction")
    fields = dict(next(page.button("Refuse").iterancestors("form")).form_values())
    blank = pages.post(path, {**fields, "password": PASSWORD})
    assert blank.status == 422
    assert "Give a reason: the nominator and everybody who voted read it." in blank.text
    assert stage_of(nomination_id) == "approval"
    after = pages.post(path, {**fields, "password": PASSWORD, "reason": f"Not yet {PROBE}"})
    assert sentence in after.text
    assert stage_of(nomination_id) == stage


def test_a_wrong_or_missing_password_signs_nothing(nomination, approver, pages_of):
    pages, before = pages_of(approver), deeds()
    page = pages.get(f"/approvals/{nomination.id}")
    missing = pages.press(page, "Sign the retirement")
    assert missing.status == 422
    assert "Enter your password: it makes this your signature." in missing.text
    wrong = pages.press(page, "Sign the retirement", password="nothing like it")
    assert wrong.status == 422
    assert "The password is wrong; nothing was signed." in wrong.text
    assert deeds() == before


def test_guessing_a_password_is_slowed_down(nomination, approver, pages_of):
    pages = pages_of(approver)
    page = pages.get(f"/approvals/{nomination.id}")
    tries = [pages.press(page, "Sign the retirement", password=f"no {n}").status for n in range(6)]
    assert tries == [422] * 5 + [429]


def test_a_text_that_changed_meanwhile_is_not_signed(nomination, approver, pages_of):
    pages, nomination_id, policy_id = pages_of(approver), nomination.id, nomination.policy_id
    page = pages.get(f"/approvals/{nomination_id}")
    db.session.rollback()
    begin_write(db.session)
    newer = Edition(
        policy_id=policy_id,
        digest="f" * 64,
        filename="x",
        size_bytes=1,
        text="New.",
        word_count=1,
        imported_at=NOW,
    )
    db.session.add(newer)
    db.session.flush()
    db.session.get(Policy, policy_id).current_id = newer.id
    db.session.commit()
    refused = pages.press(page, "Sign the retirement", password=PASSWORD)
    assert refused.status == 409
    assert "The text or the count changed since you read it; read it again first." in refused.text
    assert stage_of(nomination_id) == "approval"
    again = pages.get(f"/approvals/{nomination_id}")
    assert "This text is newer than the one the committee voted on." in again.text


def test_it_is_grey_until_ones_turn(session, nomination, approver, make_person, pages_of):
    second = make_person("Bo", "approver")
    office(session, "Board", second, position=2)
    page = pages_of(second).get(f"/approvals/{nomination.id}")
    assert page.button("Sign the retirement").get("disabled") is not None
    assert "It waits for the signature of the Chief nursing officer." in page.text
    listed = pages_of(second).get("/approvals")
    assert "Next to sign: Chief nursing officer." in listed.text
    signed(session, approver, session.merge(nomination))
    assert "1 waits for your signature" in pages_of(second).get("/approvals").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/approvals/99/sign", 404),
        (f"/approvals/{2**63}/sign", 404),
        ("/approvals/1/explode", 404),
    ],
)
def test_odd_addresses_are_no_page(nomination, approver, pages_of, path, status):
    assert pages_of(approver).post(path, {"password": PASSWORD}).status == status


def test_before_a_ballot_there_is_nothing_to_sign(session, approver, make_person, pages_of):
    one = nominated(session, make_person())
    assert pages_of(approver).get(f"/approvals/{one.id}").status == 404


def test_who_may_enter(nomination, make_person, pages_of):
    for role in ("staff", "committee", "admin"):
        pages = pages_of(make_person(role, role))
        assert pages.get("/approvals").status == 403
        assert pages.get(f"/approvals/{nomination.id}").status == 403
    for role in ("compliance", "steward", "auditor"):
        pages = pages_of(make_person(role, role))
        page = pages.get(f"/approvals/{nomination.id}")
        assert page.status == 200
        assert not page.tree.xpath("//input[@type='password']")
        assert pages.post(f"/approvals/{nomination.id}/sign", {}).status == 403


def test_an_empty_list_says_when_something_comes(approver, pages_of):
    assert "Nothing waits for a signature." in pages_of(approver).get("/approvals").text


def test_what_would_be_lost_is_told_before_signing(
    session, approver, make_person, make_policy, pages_of
):
    stays = make_policy("Badges", "Every badge is worn above the waist.", number="ADM-9")
    only = "Two managers sign the badge log at the end of every month."
    goes = make_policy("Badge colours", f"Every badge is worn above the waist.\n{only}")
    one = nominated(session, make_person("Noor"), goes)
    reviewer, member = make_person("Rita", "compliance"), make_person("Mia", "committee")
    carried(session, reviewer, one, member, successor=stays)

    page = pages_of(approver).get(f"/approvals/{one.id}")

    assert "1 passage of it stands only here; 1 stays in ADM-9." in page.text
