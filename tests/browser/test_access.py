"""Every page, phone and desk, light and dark: axe finds nothing, nothing spills over the edge."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE, new_context, sign_in_as
from tests.browser.crawl import walk

PEOPLE = (
    "night.nurse",
    "compliance.director",
    "icu.nurse",
    "cno",
    "steward",
    "auditor",
    "admin",
)
VIEWS = [
    pytest.param(size, scheme, id=f"{size['width']}-{scheme}")
    for size in (PHONE, DESK)
    for scheme in ("light", "dark")
]
ALIKE = re.compile(r"^/(?:policies|nominations|compare)\b")
SPILLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


def troubles(page, path):
    """What axe says against a page, and whether it scrolls sideways."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    said = [
        f"{path}: {one['id']}: {node['html'][:160]}: {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"][:3]
    ]
    if page.evaluate(SPILLS):
        said.append(f"{path}: spills over the right edge")
    return said


@pytest.mark.parametrize("login", PEOPLE)
def test_pages_are_for_everybody(chromium, reading_room, login):
    """Pages that everybody sees alike are looked at as the nurse only."""
    context = new_context(chromium, reading_room)
    page = context.new_page()
    sign_in_as(page, login)
    said, pages = [], 0
    for path in walk(page, skip=None if login == PEOPLE[0] else ALIKE):
        pages += 1
        for view in VIEWS:
            size, scheme = view.values
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            said += [f"{view.id}: {trouble}" for trouble in troubles(page, path)]
    context.close()
    assert pages >= 3, "the walk saw too few pages"
    assert said == [], "\n".join(said)


@pytest.mark.parametrize(("size", "scheme"), VIEWS)
def test_pages_for_strangers(chromium, reading_room, size, scheme):
    context = new_context(chromium, reading_room, size=size, scheme=scheme)
    page = context.new_page()
    said = []
    for path in ("/sign-in", "/invitations/nothing", "/nowhere"):
        page.goto(path)
        said += troubles(page, path)
    context.close()
    assert said == [], "\n".join(said)
