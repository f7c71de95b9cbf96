"""The queue of flags as compliance, a steward and others meet it."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import event, func, select

from gross.store.db import begin_write, db
from gross.store.flags import Flag
from gross.store.jobs import Job
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from tests.conftest import NOW
from tests.pages import PROBE


@pytest.fixture
def reviewer(make_person):
    return make_person("Robin Reviewer", roles="staff compliance")


def _now(flag_id):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Flag, flag_id)


def _deeds():
    db.session.rollback()
    return list(db.session.scalars(select(LedgerRow.entry).order_by(LedgerRow.seq)))


def _chosen(page):
    return page.tree.xpath("string(//section[contains(@class, 'pane')]//h2)")


def test_a_reviewer_sees_why_a_flag_was_raised_and_by_what(pages_of, reviewer, make_flag):
    flag = make_flag(sentence="11 of 14 passages say the same.")

    page = pages_of(reviewer).get("/flags")

    assert _chosen(page) == "Hand Hygiene 1 ↔ Hand Washing 1"
    assert "11 of 14 passages say the same." in page.text
    assert "Says what another policy says (near_duplicate, version 1), score 90%" in page.text
    links = page.tree.xpath("//section//blockquote//a/@href")
    assert links == [f"/policies/{policy.id}?at=0" for policy in flag.policies]
    assert f"/flags/{flag.id}/compare" in page.source
    assert f"/nominations/new?flag={flag.id}" in page.source


def test_confirming_leads_to_the_next_flag_and_can_be_undone_there(pages_of, reviewer, make_flag):
    first, second = make_flag(score=0.9).id, make_flag(score=0.8).id
    pages = pages_of(reviewer)

    page = pages.press(pages.get("/flags"), "Confirm")

    assert _chosen(page) == "Hand Hygiene 2 ↔ Hand Washing 2"
    assert f"flag={second}" in page.path
    assert "Hand Hygiene 1 ↔ Hand Washing 1 is confirmed." in page.text
    assert _now(first).state == "confirmed"

    page = pages.press(page, "Undo")

    assert _chosen(page) == "Hand Hygiene 1 ↔ Hand Washing 1"
    assert "Your answer is taken back; the flag waits again." in page.text
    assert _now(first).state == "open"
    assert [json.loads(deed)["verb"] for deed in _deeds()] == ["confirm-flag", "reopen-flag"]


def test_dismissing_asks_for_a_reason_and_gives_the_words_back(pages_of, reviewer, make_flag):
    flag_id = make_flag().id
    pages = pages_of(reviewer)

    page = pages.press(pages.get("/flags"), "Dismiss the flag", words="Two campuses")

    assert page.status == 422
    assert "Choose why the flag is not so." in page.text
    assert page.tree.xpath("//details[contains(@class, 'reasons')][.//textarea]/@open")
    assert page.tree.xpath("string(//textarea[@name='words'])").strip() == "Two campuses"
    assert _now(flag_id).state == "open"
    assert _deeds() == []

    page = pages.press(page, "Dismiss the flag", reason="scope")

    assert _now(flag_id).state == "dismissed"
    assert _now(flag_id).reason.endswith("places or situations: Two campuses")
    assert "is dismissed." in page.text


def test_something_else_needs_words(pages_of, reviewer, make_flag):
    flag_id = make_flag().id
    pages = pages_of(reviewer)

    page = pages.press(pages.get("/flags"), "Dismiss the flag", reason="other")

    assert page.status == 422
    assert "Say in a few words why the flag is not so." in page.text
    assert _now(flag_id).state == "open"


def test_an_answered_flag_refuses_a_second_answer(pages_of, reviewer, make_flag):
    flag = make_flag()
    pages = pages_of(reviewer)
    page = pages.get(f"/flags?flag={flag.id}")
    pages.press(page, "Confirm")

    answer = pages.press(page, "Dismiss the flag", reason="scope")

    assert answer.status == 409
    assert "This flag is confirmed already; undo that answer first." in answer.text
    assert len(_deeds()) == 1


def test_the_same_form_sent_twice_answers_once(pages_of, reviewer, make_flag):
    make_flag()
    pages = pages_of(reviewer)
    page = pages.get("/flags")

    pages.press(page, "Confirm")
    again = pages.press(page, "Confirm")

    assert again.status == 200
    assert len(_deeds()) == 1


def test_a_flag_that_is_gone_needs_no_answer(pages_of, reviewer, make_flag):
    flag = make_flag(state="gone")
    flag_id = flag.id
    pages = pages_of(reviewer)

    page = pages.get(f"/flags/{flag_id}")

    assert "A later scan no longer found this." in page.text
    refusal = pages.post(f"/flags/{flag_id}/confirm", {"once": "x"})
    assert refusal.status == 409
    assert "The newest scan no longer finds this flag; it needs no answer." in refusal.text


@pytest.mark.parametrize(
    ("roles", "status"), [("staff", 403), ("staff committee", 403), ("staff admin", 403)]
)
def test_others_do_not_see_the_queue(pages_of, make_person, make_flag, roles, status):
    flag_id = make_flag().id
    pages = pages_of(make_person("Somebody", roles=roles))

    assert pages.get("/flags").status == status
    assert pages.post(f"/flags/{flag_id}/confirm", {"once": "x"}).status == status
    assert _now(flag_id).state == "open"


def test_a_steward_reads_flags_and_cannot_answer(pages_of, make_person, make_flag):
    flag_id = make_flag().id
    pages = pages_of(make_person("Steward", roles="staff steward"))

    page = pages.get("/flags")

    assert "Compliance answers flags; you see what they see." in page.text
    assert "Confirm" not in page.text
    assert pages.post(f"/flags/{flag_id}/undo", {"once": "x"}).status == 403


@pytest.mark.parametrize("odd", ["0", "-1", "abc", "٣", str(2**63), str(10**30), "1.5", ""])
def test_an_odd_flag_in_the_address_is_no_page(pages_of, reviewer, make_flag, odd):
    make_flag()
    assert pages_of(reviewer).get("/flags", query_string={"flag": odd}).status == 404


@pytest.mark.parametrize("odd", ["0", str(2**63), str(10**30)])
def test_an_odd_flag_in_the_path_is_no_page(pages_of, reviewer, make_flag, odd):
    make_flag()
    pages = pages_of(reviewer)
    for path in (f"/flags/{odd}", f"/flags/{odd}/compare", f"/jobs/{odd}", f"/jobs/{odd}.json"):
        assert pages.get(path).status == 404
    for verb in ("confirm", "dismiss", "undo"):
        assert pages.post(f"/flags/{odd}/{verb}", {"once": "x"}).status == 404


@pytest.mark.parametrize("odd", ["abc", "-3", "0", str(10**30)])
def test_an_odd_page_number_gives_the_nearest_page(pages_of, reviewer, make_flag, odd):
    make_flag()
    page = pages_of(reviewer).get("/flags", query_string={"page": odd, "kind": odd, "state": odd})
    assert page.status == 200
    assert "1 flag in this list" in page.text


def test_filters_are_addresses_with_counts(pages_of, reviewer, make_flag, make_policy):
    make_flag(kind="redundant")
    fax = make_policy("Faxing", "Fax it.", number="HIM-088", department="HIM & Records")
    make_flag(fax, kind="outdated")
    make_flag(kind="outdated", state="gone")
    pages = pages_of(reviewer)

    page = pages.get("/flags")
    chips = {
        " ".join(chip.text_content().split()): chip.get("href")
        for chip in page.tree.xpath("//nav[contains(@class, 'chips')]/a")
    }
    assert "Redundant 1" in chips
    assert "Gone 1" in chips
    assert _chosen(pages.get(chips["Outdated 1"])) == "Faxing"
    assert _chosen(pages.get(chips["HIM & Records 1"])) == "Faxing"
    assert "No flag waits here." in pages.get("/flags?kind=burdensome").text


def test_the_gravest_kind_comes_first_then_the_highest_score(pages_of, reviewer, make_flag):
    for kind, score in (("outdated", 0.9), ("redundant", 0.5), ("redundant", 0.7)):
        make_flag(kind=kind, score=score)
    make_flag(kind="conflicting", score=0.1)

    page = pages_of(reviewer).get("/flags")

    titles = [text.strip() for text in page.tree.xpath("//span[@class='t']/text()")]
    assert [title[:14] for title in titles] == [f"Hand Hygiene {n}" for n in (4, 3, 2, 1)]


def test_next_and_previous_walk_the_whole_queue_across_pages(pages_of, reviewer, make_flag):
    ids = [make_flag(score=0.5).id for _ in range(27)]
    pages = pages_of(reviewer)

    page, walked = pages.get("/flags"), 1
    while link := page.tree.xpath("//a[@data-key='j']/@href"):
        page, walked = pages.get(link[0]), walked + 1

    assert walked == 27
    assert f"flag={ids[-1]}" in page.path
    assert "Page 2 of 2" in page.text
    assert f"flag={ids[-2]}" in page.tree.xpath("//a[@data-key='k']/@href")[0]


def test_every_key_has_a_button_to_see(pages_of, reviewer, make_flag):
    for score in (0.9, 0.8, 0.7):
        make_flag(score=score)
    pages = pages_of(reviewer)

    page = pages.get(pages.get("/flags").tree.xpath("//a[@data-key='j']/@href")[0])

    keys = {each.get("data-key"): each for each in page.tree.xpath("//*[@data-key]")}
    assert set(keys) == {"c", "v", "x", "j", "k", "?", "m", "a"}
    assert all(each.tag in {"button", "a", "summary", "input"} for each in keys.values())
    assert page.tree.xpath("//input[@data-keys-switch]")


def test_voices_on_these_policies_stand_beside_the_flag(pages_of, reviewer, make_flag, make_person):
    flag = make_flag()
    nurse = make_person("Nora Nurse", profession="RN", unit="5 West")
    db.session.add(
        Nomination(
            policy_id=flag.policies[1].id,
            nominator_id=nurse.id,
            what=f"The log {PROBE}",
            why="Nobody reads ours.",
            submitted_at=NOW,
            moved_at=NOW,
        )
    )

    page = pages_of(reviewer).get("/flags")

    assert "Nobody reads ours." in page.text
    assert "RN, 5 West" in page.text
    assert "Nora Nurse" not in page.text


def test_what_documents_say_is_escaped(pages_of, reviewer, make_flag, make_policy):
    odd = [make_policy(PROBE, f"{PROBE} wash", number=PROBE, department=PROBE) for _ in range(2)]
    flag = make_flag(*odd, sentence=f"{PROBE}.")
    pages = pages_of(reviewer)

    assert pages.get("/flags").status == 200
    assert pages.get(f"/flags/{flag.id}/compare").status == 200


def test_the_queue_asks_as_much_of_the_database_for_one_flag_as_for_many(
    app, pages_of, reviewer, make_flag
):
    def queries():
        seen = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        assert pages.get("/flags").status == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(seen)

    make_flag()
    pages = pages_of(reviewer)
    pages.get("/flags")
    few = queries()
    begin_write(db.session)
    for _ in range(24):
        make_flag()
    db.session.commit()

    assert queries() == few


def test_an_empty_queue_says_what_to_do(pages_of, reviewer):
    page = pages_of(reviewer).get("/flags")
    assert "The library was not scanned yet, so nothing is flagged." in page.text


def test_scanning_is_asked_for_once_and_shows_its_progress(pages_of, reviewer):
    pages = pages_of(reviewer)

    page = pages.press(pages.get("/flags"), "Scan the library now")

    assert "Waiting for a worker." in page.text
    assert page.path.startswith("/jobs/")
    again = pages.press(pages.get("/flags"), "Scan the library now")
    assert again.path == page.path
    assert "A scan is under way already; this is how far it is." in again.text
    db.session.rollback()
    assert db.session.scalar(select(func.count(Job.id))) == 1


HANDS = "Wash hands for 20 seconds.\nNails are short.\nGloves come off between tasks."
OTHER = "Wash hands for 40 seconds.\nNails are short.\nThe unit keeps a signed paper log."


def test_a_comparison_shows_contradictions_first_and_each_kind_by_address(
    pages_of, reviewer, make_flag, make_policy
):
    a = make_policy("Hand Hygiene", f"Nails are short.\n{HANDS}", number="IC-014")
    b = make_policy("Hand Washing", OTHER, number="NUR-231")
    flag = make_flag(a, b)
    pages = pages_of(reviewer)

    page = pages.get(f"/flags/{flag.id}/compare")
    chips = page.tree.xpath("//nav[@aria-label='Show']/a")

    first = page.tree.xpath("//p[@class='warn'] | //div[contains(@class, 'c a')]")[0]
    assert "20 seconds against 40 seconds" in first.text_content()
    assert [chip.text_content() for chip in chips] == [
        "All 5",
        "Contradictions 1",
        "Wording 0",
        "Only in one 3",
    ]
    assert page.tree.xpath("//div[contains(@class, 'c a')]/mark/text()")[0] == "20"
    only = pages.get(chips[3].get("href"))
    assert "The unit keeps a signed paper log." in only.text
    assert "seconds" not in only.text
    assert "Nothing of this kind" in pages.get(chips[2].get("href")).text


def test_a_family_lets_the_reader_choose_the_pair(pages_of, reviewer, make_flag, make_policy):
    family = [make_policy(f"Copy {n}", f"{HANDS}\nSite {n}.", number=f"S-{n}") for n in (1, 2, 3)]
    stranger = make_policy("Badges", "Badges are blue.")
    flag = make_flag(*family)
    pages = pages_of(reviewer)
    page = pages.get(f"/flags/{flag.id}/compare")

    page = pages.press(page, "Show these two", a=str(family[2].id), b=str(family[1].id))

    assert page.tree.xpath("string(//h1)") == "Copy 3 ↔ Copy 2"
    for a, b in ((family[0].id, stranger.id), (family[0].id, 2**63), (family[0].id, "x")):
        assert pages.get(f"/flags/{flag.id}/compare?a={a}&b={b}").status == 404
    assert pages.get(f"/flags/{flag.id}/compare?a={family[0].id}").status == 404


def test_a_flag_on_one_policy_has_no_comparison(pages_of, reviewer, make_flag, make_policy):
    flag = make_flag(make_policy("Faxing", "Fax it."), kind="outdated")
    pages = pages_of(reviewer)

    assert "Compare side by side" not in pages.get("/flags").text
    assert pages.get(f"/flags/{flag.id}/compare").status == 404


def test_anybody_compares_any_two_policies_and_nobody_but_compliance_answers(
    pages_of, make_person, make_policy
):
    a, b = make_policy("Hand Hygiene", HANDS), make_policy("Hand Washing", OTHER)
    pages = pages_of(make_person("Nurse"))

    page = pages.get(f"/compare?a={a.id}&b={b.id}")

    assert "Contradiction 20 seconds against 40 seconds" in page.text
    assert "Confirm" not in page.text
    for query in ("", f"?a={a.id}", f"?a={a.id}&b=0", f"?a={2**63}&b={b.id}", "?a=²&b=1"):
        assert pages.get(f"/compare{query}").status == 404
