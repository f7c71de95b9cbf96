"""Nominating, and finding nominations again."""

from datetime import timedelta

import pytest

from gross.actions import steps
from gross.store.db import db
from gross.store.flags import Flag, Scan
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from tests.pages import PROBE
from tests.web.scenes import NOW, nominated


def all_nominations():
    db.session.rollback()
    return db.session.query(Nomination).all()


def test_a_nurse_nominates_a_policy_and_reads_what_happens_next(make_person, make_policy, pages_of):
    nurse, policy = make_person(), make_policy("Badges")
    pages = pages_of(nurse)
    form = pages.get(f"/nominations/new?policy={policy.id}")
    assert "Badges" in form.text
    page = pages.press(form, "Nominate", what=f"A form {PROBE}", why=f"Slow {PROBE}")
    assert "Thank you. Compliance answers within 14 days" in page.text
    assert "You nominated it." in page.text
    (made,) = all_nominations()
    assert (made.policy_id, made.why, made.where_met) == (policy.id, f"Slow {PROBE}", "")


def test_the_same_form_sent_twice_nominates_once(make_person, pages_of):
    pages = pages_of(make_person())
    form = pages.get("/nominations/new")
    first, second = (pages.press(form, "Nominate", what="Log", why="Slow") for _ in range(2))
    assert first.path == second.path
    assert len(all_nominations()) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({"what": "", "why": "Slow"}, "Say what it is.", id="nothing named"),
        pytest.param({"what": "Log", "why": " "}, "Say why it wastes your time.", id="no reason"),
        pytest.param(
            {"what": "Log", "why": "x" * 100_000},
            "At most 2,000 characters, please; this has 100,000.",
            id="100,000 characters",
        ),
        pytest.param(
            {"what": "Log", "why": "Slow", "where_met": "y" * 2001},
            "At most 2,000 characters, please; this has 2,001.",
            id="one too many",
        ),
    ],
)
def test_a_form_that_does_not_pass_gives_the_text_back(make_person, pages_of, fields, sentence):
    pages = pages_of(make_person())
    page = pages.press(pages.get("/nominations/new"), "Nominate", **fields)
    assert page.status == 422
    assert sentence in page.text
    typed = page.tree.xpath("//textarea[@name='why']")[0].text or ""
    assert typed.strip() == fields["why"].strip()
    assert all_nominations() == []


def test_two_thousand_characters_fit(make_person, pages_of):
    pages = pages_of(make_person())
    lines = "\r\n".join(["x" * 999, "y" * 1000])  # a browser sends two characters for a line's end
    page = pages.press(pages.get("/nominations/new"), "Nominate", what="Log", why=lines)
    assert page.status == 200
    assert len(all_nominations()) == 1


@pytest.mark.parametrize("given", ["policy=999", "flag=999", "policy=x", f"policy={2**63}"])
def test_a_policy_or_flag_that_is_not_there_is_no_page(make_person, pages_of, given):
    assert pages_of(make_person()).get(f"/nominations/new?{given}").status == 404


def test_a_flag_is_shown_and_kept(session, make_person, make_policy, pages_of):
    scan = Scan(began_at=NOW)
    session.add(scan)
    session.flush()
    flag = Flag(
        key="k",
        detector="near_duplicate",
        detector_version=1,
        kind="redundant",
        score=0.9,
        sentence=f"Both say the same {PROBE}.",
        passages="[]",
        editions="[]",
        first_seen_at=NOW,
        scan_id=scan.id,
    )
    session.add(flag)
    session.flush()
    policy, flag_id = make_policy(), flag.id
    pages = pages_of(make_person())
    form = pages.get(f"/nominations/new?policy={policy.id}&flag={flag_id}")
    assert "Both say the same" in form.text
    assert (
        "Found by near duplicate, version 1."
        in pages.press(form, "Nominate", what="Log", why="Slow").text
    )
    assert all_nominations()[0].flag_id == flag_id


def test_a_retired_policy_cannot_be_nominated(session, make_person, make_policy, pages_of):
    policy = make_policy("Pagers", retired_at=NOW, tombstone="Gone.")
    pages = pages_of(make_person())
    form = pages.get(f"/nominations/new?policy={policy.id}")
    page = pages.press(form, "Nominate", what="Log", why="Slow")
    assert (page.status, "“Pagers” is retired already." in page.text) == (409, True)
    assert db.session.query(LedgerRow).count() == 0


def test_names_are_for_the_nominator_compliance_and_the_auditor(session, make_person, pages_of):
    nurse = make_person("Noor Said", profession="RN", unit="5 West")
    one = nominated(session, nurse)
    path = f"/nominations/{one.id}"
    for role, shown in (("compliance", "Noor Said"), ("auditor", "Noor Said")):
        pages = pages_of(make_person(role, role))
        assert shown in pages.get("/nominations").text
        assert shown in pages.get(path).text
    for role in ("staff", "committee", "approver", "steward", "admin"):
        pages = pages_of(make_person(role, role))
        for page in (pages.get("/nominations"), pages.get(path)):
            assert "Noor" not in page.text
            assert "RN, 5 West" in page.text
    assert "You · " in pages_of(nurse).get(path).text


def test_the_list_is_filtered_by_person_and_stage(session, make_person, pages_of):
    nurse, other = make_person(), make_person()
    reviewer = make_person("Rita", "compliance")
    nominated(session, nurse, what=f"Mine {PROBE}")
    kept = nominated(session, other, what=f"Theirs {PROBE}")
    steps.take_step(session, reviewer, kept, "keep", "Law.", now=NOW)
    pages = pages_of(nurse)
    everybody = pages.get("/nominations")
    assert "Mine" in everybody.text
    assert "Theirs" in everybody.text
    mine = pages.get("/nominations?mine=1").tree.xpath("//ul[@class='list']//span[@class='t']")
    assert [one.text_content() for one in mine] == [f"Mine {PROBE}"]
    chip = everybody.tree.xpath("//nav[@aria-label='Stage']/a[starts-with(., 'Kept')]")[0]
    kept_page = pages.get(chip.get("href"))
    rows = kept_page.tree.xpath("//ul[@class='list']//span[@class='t']")
    assert [one.text_content() for one in rows] == [f"Theirs {PROBE}"]


def test_the_list_leads_on_to_what_the_reader_may_read(make_person, pages_of):
    leads = {
        role: pages_of(make_person(role, role))
        .get("/nominations")
        .tree.xpath("//main//p/a[starts-with(@href, '/')]/text()")[:-1]
        for role in ("staff", "committee", "approver", "auditor")
    }
    assert leads == {
        "staff": [],
        "committee": ["Ballots"],
        "approver": ["Ballots", "Approvals"],
        "auditor": ["Ballots", "Approvals", "Retirements"],
    }


def test_an_empty_list_says_what_next(make_person, pages_of):
    pages = pages_of(make_person())
    everybody = pages.get("/nominations").text
    assert "There is no nomination. Anybody may nominate something." in everybody
    stage = pages.get("/nominations?mine=1&stage=kept").text
    assert "You have nominated nothing at this stage so far." in stage


def test_pages_of_the_list_are_bounded(session, make_person, pages_of):
    nurse = make_person()
    for number in range(26):
        one = nominated(session, nurse, what=f"Thing {number}")
        one.moved_at = NOW - timedelta(minutes=number)
    pages = pages_of(nurse)
    assert "Page 1 of 2" in pages.get("/nominations?page=abc").text
    last = pages.get(f"/nominations?page={10**30}")
    assert "Thing 25" in last.text
    assert len(last.tree.xpath("//ul[@class='list']/li")) == 1
    assert pages.get("/nominations?stage=nonsense&mine=x").status == 200
