"""Without a mouse, and without scripts: every way through the pages is still there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from gross.home import SAMPLE_PASSWORD
from tests.browser.conftest import DESK, PHONE
from tests.browser.record import Record

SCAN_MS = 180_000  # on a busy machine
MOST_TABS = 150
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  return {
    name: (one.getAttribute("aria-label") || one.innerText || one.name || one.tagName).trim(),
    id: one.id,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: top !== null && (one === top || one.contains(top) || top.contains(one)
      || [...(one.labels || [])].some((label) => label.contains(top))),
    body: one === document.body,
  };
}"""


COUNT = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((one) => one.checkVisibility() && !one.disabled)
  .filter((one) => !["hidden", "radio"].includes(one.type)).length"""


@pytest.fixture
def record(hospital, tmp_path):
    return Record(tmp_path / "home")


def focused(page):
    return page.evaluate(FOCUSED)


def tab_to(page, name):
    """Press Tab until what is focused is called so; whatever is passed must show its focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = focused(page)
        if not here["body"]:
            assert here["ring"], f"no ring around {here}"
        if re.search(name, here["name"]):
            return
    raise AssertionError(f"Tab does not reach {name}")


def in_pane(page):
    """The id of the flag in the pane."""
    action = page.locator(".pane form").first.get_attribute("action")
    return int(re.search(r"/flags/(\d+)/", action)[1])


def state(record, flag_id):
    return record.ask("SELECT state FROM flag WHERE id = ?", flag_id)[0][0]


def press_and_wait(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_flags_are_answered_by_keys_alone(visit, hospital, record):
    page = visit(hospital, "compliance.director")
    page.goto("/flags")
    for one in page.locator("[data-key]").all():
        expect(one).to_be_visible()
    keys = page.locator("[data-key]").evaluate_all("all => all.map(a => a.dataset.key).sort()")
    assert keys == ["?", "a", "c", "j", "m", "v", "x"]
    first = in_pane(page)
    press_and_wait(page, "j")
    second = in_pane(page)
    assert second != first
    press_and_wait(page, "k")
    assert in_pane(page) == first
    press_and_wait(page, "c")
    assert (state(record, first), in_pane(page)) == ("confirmed", second)

    page.keyboard.press("x")
    expect(page.locator(".pane summary", has_text="Not so, because")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with record.unchanged():
        page.keyboard.type("just vexing u?")
        expect(page.get_by_label("In your words")).to_have_value("just vexing u?")
    page.keyboard.press("Tab")
    press_and_wait(page, "Enter")
    assert state(record, second) == "dismissed"
    expect(page.locator(".undo")).to_contain_text("is dismissed.")
    press_and_wait(page, "u")
    assert (state(record, second), in_pane(page)) == ("open", second)
    press_and_wait(page, "v")
    expect(page.locator("main")).to_contain_text("A flag says")


def test_single_keys_can_be_switched_off(visit, reading_room):
    page = visit(reading_room, "compliance.director")
    page.goto("/flags")
    address = page.url
    page.keyboard.press("?")
    switch = page.get_by_label("Single keys act on this device")
    expect(switch).to_be_visible()
    page.keyboard.press("Tab")
    expect(switch).to_be_focused()
    page.keyboard.press("Space")
    page.locator("main").focus()
    for key in "jkcxv/":
        page.keyboard.press(key)
    page.reload()
    expect(switch).not_to_be_checked()
    assert page.url == address
    page.keyboard.press("j")
    page.locator("summary", has_text="Keys").press("Enter")
    switch.press("Space")
    page.locator("main").focus()
    press_and_wait(page, "j")
    assert page.url != address


VIEWS = [
    pytest.param("compliance.director", "/flags", DESK, id="flags"),
    pytest.param("compliance.director", "/", PHONE, id="home-on-a-phone"),
    pytest.param("pharmacist", "/ballots/3", PHONE, id="ballot-on-a-phone"),
    pytest.param("cno", "/approvals/2", DESK, id="approval"),
    pytest.param("night.nurse", "/nominations/new?policy=1", PHONE, id="nominate-on-a-phone"),
]


@pytest.mark.parametrize(("login", "path", "size"), VIEWS)
def test_tab_goes_everywhere_and_is_always_seen(visit, reading_room, login, path, size):
    page = visit(reading_room, login, size=size)
    page.goto(path)
    count = page.evaluate(COUNT)
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Skip to main content"
    seen = 1
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["body"] or here["name"] == "Skip to main content":
            break
        seen += 1
        assert here["ring"], f"no ring around {here}"
        assert here["seen"], f"something lies over {here}"
    assert seen >= count


def test_a_flag_is_reached_past_the_list(visit, reading_room):
    page = visit(reading_room, "compliance.director")
    page.goto("/flags")
    tab_to(page, "^Skip to the chosen flag$")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.pane').contains(document.activeElement)")


def test_a_vote_is_cast_by_keyboard_alone(visit, hospital, record):
    page = visit(hospital, "emergency.physician")
    page.goto("/")
    tab_to(page, "^Retire .*EDU-022")
    press_and_wait(page, "Enter")
    tab_to(page, "^Keep it$")
    press_and_wait(page, "Enter")
    expect(page.get_by_label("Why should it stay?")).to_be_focused()
    page.keyboard.type("The fire marshal asks for it.")
    tab_to(page, "^Cast this vote$")
    press_and_wait(page, "Enter")
    expect(page.get_by_role("status")).to_have_text("Thank you. You voted to keep it.")
    assert record.deeds() == [("emergency.physician", "vote")]


def test_the_skip_link_and_the_slash_save_steps(visit, reading_room):
    page = visit(reading_room, "night.nurse")
    page.goto("/nominations")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.keyboard.press("/")
    expect(page.get_by_label("Search policies")).to_be_focused()
    page.keyboard.type("pagers")
    press_and_wait(page, "Enter")
    expect(page.get_by_role("link", name=re.compile("Pager")).first).to_be_visible()


def sign_in(context, login):
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(SAMPLE_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("h1")).to_have_text("Waiting for me")
    return page


def test_everything_works_without_scripts(visit, hospital, record):
    nurse = visit(hospital, "night.nurse", scripts=False)
    nurse.get_by_role("link", name="Nominate something").first.click()
    nurse.get_by_label("What is it?").fill("The umbrella register")
    nurse.get_by_label("Why does it waste your time?").fill("Nobody reads it.")
    nurse.get_by_role("button", name="Nominate").click()
    expect(nurse.locator("#stage")).to_have_text("Nominated.")

    member = visit(hospital, "or.nurse", scripts=False)
    member.get_by_role("link", name=re.compile("^Retire .*EDU-022")).click()
    member.get_by_role("button", name="Change it…").click()
    member.get_by_label("What should be changed?").fill("One test, not two.")
    member.get_by_role("button", name="Cast this vote").click()
    expect(member.get_by_role("status")).to_have_text("Thank you. You voted to change it.")

    director = visit(hospital, "compliance.director", scripts=False)
    director.goto("/flags")
    answered = in_pane(director)
    director.get_by_role("button", name="Confirm").click()
    expect(director.locator(".undo")).to_contain_text("is confirmed.")
    assert state(record, answered) == "confirmed"
    dismissed = in_pane(director)
    director.locator("summary", has_text="Not so, because").click()
    director.get_by_role("radio", name="It is needed as it stands").check()
    director.get_by_role("button", name="Dismiss the flag").click()
    assert state(record, dismissed) == "dismissed"

    director.get_by_role("button", name="Scan the library now").click()
    expect(director.get_by_role("link", name="See the flags")).to_be_visible(timeout=SCAN_MS)
    assert [verb for _, verb in record.deeds() if verb != "scan"] == [
        "nominate",
        "vote",
        "confirm-flag",
        "dismiss-flag",
    ]
