"""Pages at 400 per cent zoom and on paper: nothing is cut off, nothing is wasted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, new_context, sign_in_as

# A 1280 by 1024 window at 400 per cent (WCAG 1.4.10).
ZOOMED = {"width": 320, "height": 256}
# What reaches past the right edge, outside of tables that scroll by themselves.
SPILLING = """() => [...document.querySelectorAll("main *, header *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    && !one.closest(".scroll, svg, .vh, .skip"))
  .map((one) => one.outerHTML.slice(0, 120))"""
# Bars that do not scroll away, and how many pixels each takes from the page.
BARS = """() => [...document.querySelectorAll("body *")]
  .filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position)
    && one.checkVisibility() && one.getBoundingClientRect().height > 1)
  .map((one) => [one.className || one.tagName, one.getBoundingClientRect().height])"""
PAGES = [
    pytest.param("night.nurse", "/", id="home-of-a-nurse"),
    pytest.param("compliance.director", "/", id="home-of-compliance"),
    pytest.param("pharmacist", "/ballots/3", id="ballot"),
    pytest.param("night.nurse", "/nominations/new?policy=1", id="nominate"),
    pytest.param("compliance.director", "/flags", id="flags"),
    pytest.param("compliance.director", "/flags?flag=10", id="flag"),
    pytest.param("night.nurse", "/policies", id="library"),
    pytest.param("cno", "/approvals/2", id="approval"),
]
CONTROLS = ("header.top", "nav", "button", ".castbar", ".acts", ".skip", ".reasons")


@pytest.fixture(scope="module")
def reader(chromium, reading_room):
    """Give a page of somebody who is signed in once for all tests of this file, and only reads."""
    pages = {}

    def open_page(login):
        if login not in pages:
            pages[login] = new_context(chromium, reading_room).new_page()
            sign_in_as(pages[login], login)
        pages[login].emulate_media(media="screen", color_scheme="light")
        return pages[login]

    yield open_page
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize(("login", "path"), PAGES)
def test_a_page_can_be_read_at_400_per_cent(reader, login, path):
    page = reader(login)
    page.set_viewport_size(ZOOMED)
    assert page.goto(path).ok
    assert page.evaluate(SPILLING) == []
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    bars = page.evaluate(BARS)
    assert sum(height for _, height in bars) <= ZOOMED["height"] / 2, bars


@pytest.mark.parametrize(("login", "path"), PAGES)
def test_paper_shows_the_page_and_no_controls(reader, login, path):
    page = reader(login)
    page.set_viewport_size(DESK)
    assert page.goto(path).ok
    page.emulate_media(media="print")
    shown = [
        f"{part}: {one.text_content()[:60]}"
        for part in CONTROLS
        for one in page.locator(part).all()
        if one.is_visible()
    ]
    assert shown == []
    expect(page.locator("h1")).to_be_visible()


def test_a_dark_screen_prints_dark_on_white(reader):
    page = reader("pharmacist")
    page.goto("/ballots/3")
    page.emulate_media(media="print", color_scheme="dark")
    for part in ("h1", ".card", ".mut"):
        colours = page.locator(part).first.evaluate(
            "(one) => [getComputedStyle(one).color,"
            " getComputedStyle(document.body).backgroundColor]"
        )
        ink, sheet = ([int(n) for n in re.findall(r"\d+", colour)[:3]] for colour in colours)
        assert max(ink) < 128
        assert min(sheet) == 255


def test_a_ballot_is_printed_with_its_rules_and_its_roll(reader):
    page = reader("pharmacist")
    page.goto("/ballots/3")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="The rules of this ballot")).to_be_visible()
    expect(page.get_by_role("heading", name="Roll call")).to_be_visible()
    assert page.pdf(format="Letter").startswith(b"%PDF")
