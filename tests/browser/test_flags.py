"""Compliance reviews flags: answers, undoes, nominates from one, compares, and scans again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.record import Record

SCAN_MS = 180_000  # on a busy machine


@pytest.fixture
def record(hospital, tmp_path):
    return Record(tmp_path / "home")


def chosen(page):
    """The id of the flag in the pane."""
    return int(
        re.search(r"/flags/(\d+)/", page.locator(".pane form").first.get_attribute("action"))[1]
    )


def state(record, flag_id):
    return record.ask("SELECT state FROM flag WHERE id = ?", flag_id)[0][0]


def press(page, name):
    page.get_by_role("button", name=name).click()


def dismiss(page, reason=None, words=None):
    """Open the reasons where they are shut, choose, and send."""
    if not page.get_by_label("In your words").is_visible():
        page.locator("summary", has_text="Not so, because").click()
    if reason:
        page.get_by_role("radio", name=reason).check()
    if words:
        page.get_by_label("In your words").fill(words)
    press(page, "Dismiss the flag")


def test_answers_are_given_taken_back_and_outlive_a_scan(visit, hospital, record):
    page = visit(hospital, "compliance.director")
    page.goto("/flags")
    confirmed = chosen(page)
    other = page.context.new_page()
    other.goto(f"/flags?flag={confirmed}")
    press(page, "Confirm")
    expect(page.get_by_role("status")).to_contain_text("is confirmed.")
    assert state(record, confirmed) == "confirmed"
    with record.unchanged():
        press(other, "Confirm")
        expect(other.locator("main")).to_contain_text(
            "This flag is confirmed already; undo that answer first."
        )

    dismissed = chosen(page)
    assert dismissed != confirmed
    with record.unchanged():
        dismiss(page)
        expect(page.locator(".error")).to_contain_text("Choose why the flag is not so.")
        dismiss(page, "Something else")
        expect(page.locator(".error")).to_contain_text("Say in a few words")
    dismiss(page, "They are for different people", "One is for children.")
    expect(page.get_by_role("status")).to_contain_text("is dismissed.")

    undone = chosen(page)
    press(page, "Confirm")
    page.locator(".undo").get_by_role("button", name="Undo").click()
    expect(page.locator(".said")).to_contain_text("the flag waits again")
    assert chosen(page) == undone
    assert state(record, undone) == "open"

    page.goto("/flags")
    press(page, "Scan the library now")
    expect(page.locator("h1")).to_have_text("Scan of the library")
    expect(page.get_by_role("link", name="See the flags")).to_be_visible(timeout=SCAN_MS)
    expect(page.locator(".tag.done")).to_have_text("Done")
    assert (state(record, confirmed), state(record, dismissed)) == ("confirmed", "dismissed")
    page.goto(f"/flags/{dismissed}")
    expect(page.locator(".pane")).to_contain_text("One is for children.")
    director = "compliance.director"
    answers = ["confirm-flag", "dismiss-flag", "confirm-flag", "reopen-flag"]
    deeds = record.deeds()
    assert [deed for deed in deeds if deed[1].endswith("-flag")] == [
        (director, verb) for verb in answers
    ]


def test_a_flag_leads_to_a_nomination_that_shows_it(visit, hospital, record):
    page = visit(hospital, "compliance.director")
    page.goto("/flags")
    sentence = page.locator(".list .on .w").text_content()
    page.get_by_role("link", name="Nominate to retire").click()
    expect(page.locator("form .card", has_text="A flag says")).to_contain_text(sentence)
    page.get_by_label("What is it?").fill("The second copy")
    page.get_by_label("Why does it waste your time?").fill("It is kept twice.")
    press(page, "Nominate")
    expect(page.get_by_role("region", name="What the flag shows")).to_contain_text(sentence)
    assert record.deeds() == [("compliance.director", "nominate")]


def test_the_comparison_shows_what_is_asked_for(visit, reading_room):
    page = visit(reading_room, "compliance.director")
    page.goto("/flags?kind=redundant")
    page.get_by_role("link", name="Compare side by side").click()
    shows = page.get_by_role("navigation", name="Show")
    names = shows.get_by_role("link").all_inner_texts()
    assert [re.match(r"[A-Z]", name) is not None for name in names] == [True] * len(names)
    assert len(names) >= 4
    lines = page.locator(".cmp > .c.a")
    whole = lines.count()
    for name in names:
        says, number = name.rsplit(maxsplit=1)
        shows.get_by_role("link", name=says).click()
        expect(shows.locator("[aria-current]")).to_contain_text(says)
        if int(number):
            assert 0 < lines.count() <= whole
        else:
            expect(page.locator(".empty")).to_contain_text("Nothing of this kind")


def test_on_a_phone_the_list_leads_to_a_flag_and_back(visit, reading_room):
    page = visit(reading_room, "compliance.director", size=PHONE)
    page.goto("/flags")
    listed, pane = page.get_by_role("list", name="Flags"), page.locator(".pane")
    expect(pane).to_be_hidden()
    second = listed.get_by_role("link").nth(1)
    title = second.locator(".t").text_content()
    second.click()
    expect(listed).to_be_hidden()
    expect(pane.get_by_role("heading", name=title)).to_be_in_viewport()
    expect(pane.get_by_role("button", name="Confirm")).to_be_in_viewport()
    pane.get_by_role("link", name="All flags").click()
    expect(listed).to_be_visible()
    expect(pane).to_be_hidden()
