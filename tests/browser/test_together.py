"""Flags settled together: in the queue, by cluster, from the map; by hand and by keyboard."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.record import Record

DIRECTOR = "compliance.director"
SIZES = [pytest.param(size, id=str(size["width"])) for size in (PHONE, DESK)]


@pytest.fixture
def record(hospital, tmp_path):
    return Record(tmp_path / "home")


def states(record, ids):
    return {record.ask("SELECT state FROM flag WHERE id = ?", each)[0][0] for each in ids}


def boxes(page):
    return page.locator("[data-mark]")


def press(page, name):
    page.get_by_role("button", name=name).click()


def clean(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert found == []


@pytest.mark.parametrize("size", SIZES)
def test_marked_flags_are_answered_together_and_the_slower_is_told(visit, hospital, record, size):
    page = visit(hospital, DIRECTOR, size=size)
    page.goto("/flags")
    ids = [int(boxes(page).nth(place).get_attribute("value")) for place in range(3)]
    for place in range(2):
        boxes(page).nth(place).check()
    expect(page.locator("[data-marked]")).to_have_text("2 on this page")
    clean(page)
    slower = page.context.new_page()
    slower.goto("/flags")
    expect(boxes(slower).nth(0)).not_to_be_checked()
    for place in range(3):
        boxes(slower).nth(place).check()

    press(page, "All marked are right")
    expect(page.get_by_role("status")).to_have_text("2 flags are confirmed.")
    assert states(record, ids[:2]) == {"confirmed"}

    with record.unchanged():
        slower.get_by_role("button", name="All marked are right").click()
        told = slower.get_by_role("alert")
        expect(told).to_contain_text("Nothing was changed: 2 of the flags were answered")
        expect(told.get_by_role("listitem")).to_have_count(2)
    expect(slower.locator("[data-mark]:checked")).to_have_count(1)
    expect(slower.locator("[data-mark]:checked")).to_have_value(str(ids[2]))
    clean(slower)

    press(page, "Undo both")
    expect(page.locator(".said")).to_contain_text("2 answers are taken back")
    assert states(record, ids) == {"open"}
    assert [deed[1] for deed in record.deeds()] == ["confirm-flag"] * 2 + ["reopen-flag"] * 2


def test_flags_are_marked_by_keyboard_while_walking_the_queue(visit, hospital, record):
    page = visit(hospital, DIRECTOR)
    page.goto("/flags")
    ids = [boxes(page).nth(place).get_attribute("value") for place in range(3)]
    page.keyboard.press("m")
    page.keyboard.press("j")
    page.wait_for_url(f"**flag={ids[1]}")
    page.keyboard.press("j")
    page.wait_for_url(f"**flag={ids[2]}")
    page.keyboard.press("m")
    expect(page.locator("[data-mark]:checked")).to_have_count(2)
    page.get_by_text("None holds, because").press("Enter")
    page.get_by_role("radio", name="The text was misread").press("Space")
    page.get_by_role("button", name="Dismiss all marked").press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 flags are dismissed.")
    assert states(record, [ids[0], ids[2]]) == {"dismissed"}
    assert states(record, [ids[1]]) == {"open"}
    page.keyboard.press("u")
    expect(page.locator(".said")).to_contain_text("2 answers are taken back")


def test_a_whole_page_is_answered_without_a_script(visit, hospital, record):
    page = visit(hospital, DIRECTOR, scripts=False)
    page.goto("/flags")
    page.get_by_role("link", name="Mark all on this page").click()
    ids = [box.get_attribute("value") for box in boxes(page).all()]
    assert len(ids) == 25
    press(page, "All marked are right")
    expect(page.get_by_role("status")).to_have_text("25 flags are confirmed.")
    assert states(record, ids) == {"confirmed"}


@pytest.mark.parametrize("size", SIZES)
def test_a_cluster_is_read_and_settled(visit, hospital, record, size):
    page = visit(hospital, DIRECTOR, size=size)
    page.goto("/flags")
    page.get_by_role("link", name="Clusters").click()
    first = page.get_by_role("list", name="Clusters").get_by_role("link").first
    expect(first).to_contain_text(re.compile(r"Would go: \d+ polic\w+, [\d,]+ words"))
    first.click()
    expect(page.locator(".member").first).to_contain_text("Suggested to stay")
    page.locator("summary", has_text="Only in").first.click()
    clean(page)

    with record.unchanged():
        press(page, "Nominate the marked policies")
        expect(page.locator(".error")).to_contain_text("Say why the copies should go.")
    page.get_by_label("Why should the copies go?").fill("They are kept twice.")
    copies = page.locator("input[name=copy]:checked").count()
    press(page, "Nominate the marked policies")
    expect(page.locator(".said")).to_contain_text("nominated to retire")
    assert [deed[1] for deed in record.deeds()] == ["nominate"] * copies

    flags = [each.get_attribute("value") for each in page.locator("input[name=flag]").all()]
    page.get_by_role("button", name=re.compile("(are|is) right$")).click()
    expect(page.get_by_role("status")).to_contain_text("confirmed.")
    assert states(record, flags) == {"confirmed"}


@pytest.mark.parametrize("size", SIZES)
def test_the_map_leads_to_the_comparison(visit, reading_room, size):
    page = visit(reading_room, DIRECTOR, size=size)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/library/map")
    expect(page.locator("[data-map] canvas").first).to_be_visible()
    rows = page.get_by_role("table").get_by_role("link")
    drawn = page.evaluate("document.querySelector('[data-map]').map.edges().length")
    assert drawn == rows.count() > 10
    place = page.evaluate(
        """() => {
          const box = document.querySelector('[data-map]');
          box.scrollIntoView({block: 'center'});
          const edge = box.map.edges()[0];
          box.map.fit(edge, 40);
          const at = edge.renderedMidpoint(), from = box.getBoundingClientRect();
          return {x: from.left + at.x, y: from.top + at.y, url: edge.data('url')};
        }"""
    )
    page.mouse.move(place["x"], place["y"])
    expect(page.locator("[data-map-says]")).to_contain_text(" and ")
    page.mouse.click(place["x"], place["y"])
    page.wait_for_url(f"**{place['url']}")
    assert said == []


def test_the_map_is_a_table_without_a_script(visit, reading_room):
    page = visit(reading_room, DIRECTOR, scripts=False)
    page.goto("/library/map")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator("[data-map-card]")).to_be_hidden()


def test_a_detector_is_suspended_and_resumed(visit, hospital, record):
    page = visit(hospital, DIRECTOR)
    page.goto("/flags")
    before = page.locator(".head .mut").text_content()
    page.goto("/detectors")
    page.get_by_role("link", name="Overdue for review").click()
    with record.unchanged():
        press(page, "Suspend")
        expect(page.locator(".error")).to_contain_text("Say why")
    page.get_by_label("Why?").fill("Housekeeping has its own list.")
    press(page, "Suspend")
    expect(page.locator(".said")).to_contain_text("is suspended")
    page.goto("/flags")
    expect(page.locator("main")).to_contain_text("of suspended detectors are kept out of sight")
    assert page.locator(".head .mut").text_content() != before
    clean(page)
    page.goto("/detectors/overdue_review")
    page.get_by_label("Why?").fill("The committee wants it.")
    press(page, "Resume")
    page.goto("/flags")
    assert page.locator(".head .mut").text_content() == before
    assert [deed[1] for deed in record.deeds()] == ["suspend-detector", "resume-detector"]
