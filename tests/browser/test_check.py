"""Before you publish, in a browser: phone and desk, light and dark, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, new_context, sign_in_as
from tests.browser.test_access import VIEWS, troubles

SLOW_MS = 120_000  # a cold server compiles the engine first
DRAFT = """Refrigerators in the new tower

The temperature of each medication refrigerator is read twice a day and written in the log.
A refrigerator is kept between 36 and 46 degrees Fahrenheit; beyond that the pharmacy is called.
Follow the JCAHO standard and policy NUR-199.
"""


@pytest.fixture
def nurse(chromium, reading_room):
    context = new_context(chromium, reading_room)
    page = context.new_page()
    sign_in_as(page, "night.nurse")
    yield page
    context.close()


def test_what_is_wrong_with_a_draft_is_for_everybody(nurse):
    """The answer is no page that links lead to, so the walk of test_access never meets it."""
    said = []
    for text in (DRAFT, ""):
        nurse.get_by_role("link", name="Check", exact=True).first.click()
        nurse.get_by_label("Or its text, pasted").fill(text)
        nurse.get_by_role("button", name="Check the draft").click()
        if text:
            expect(nurse.get_by_role("heading", name="What is dead or out of date")).to_be_visible(
                timeout=SLOW_MS
            )
            expect(nurse.locator(".growing")).to_be_hidden()
        else:
            expect(nurse.get_by_text("Choose a file, or paste the text.")).to_be_visible()
        for view in VIEWS:
            size, scheme = view.values
            nurse.set_viewport_size(size)
            nurse.emulate_media(color_scheme=scheme)
            said += [f"{view.id}: {trouble}" for trouble in troubles(nurse, "/check")]
    assert said == [], "\n".join(said)


def test_a_draft_is_checked_without_scripts(chromium, reading_room, tmp_path):
    file = tmp_path / "tower.txt"
    file.write_text(DRAFT)
    context = new_context(chromium, reading_room, size=DESK, scripts=False)
    page = context.new_page()
    sign_in_as(page, "icu.nurse")
    page.goto("/check")
    page.get_by_label("The draft as a file").set_input_files(file)
    page.get_by_role("button", name="Check the draft").click()

    expect(page.get_by_text("cites NUR-199, which is no policy of this library")).to_be_visible(
        timeout=SLOW_MS
    )
    expect(page.locator(".growing")).to_be_hidden()
    context.close()
