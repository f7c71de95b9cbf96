"""The whole way of a nomination, as the people who take it: from a bedside to a tombstone.

At each stage somebody also tries what the rules forbid: a sentence says so, and nothing changes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from gross.home import SAMPLE_PASSWORD
from tests.browser.conftest import DESK, GROSS, PHONE, served
from tests.browser.record import Record

WHY = "Three people sign for one lost umbrella."
RATIONALE = "Families ask for it at night."
RETIRERS = ("icu.nurse", "ed.nurse", "or.nurse", "emergency.physician")
ROUTE = ("owners.director", "cno", "cmo")


class Cast:
    """The people of one journey, each in a browser of their own, on one size of screen."""

    def __init__(self, visit, address, size, record, number):
        self.visit, self.address, self.size = visit, address, size
        self.record, self.number = record, number
        self.pages: dict[str, Page] = {}

    def __getitem__(self, login) -> Page:
        if login not in self.pages:
            self.pages[login] = self.visit(self.address, login, size=self.size)
        return self.pages[login]

    def nomination(self, login):
        """Somebody looks at the nurse's nomination."""
        self[login].goto(f"/nominations/{self.nomination_id}")
        return self[login]

    @property
    def nomination_id(self):
        return self.record.ask("SELECT id FROM nomination WHERE why = ?", WHY)[0][0]

    @property
    def ballot_id(self):
        query = "SELECT id FROM ballot WHERE nomination_id = ?"
        return self.record.ask(query, self.nomination_id)[0][0]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def post(page, path, **fields):
    """Send what no button offers, as somebody would who writes requests by hand."""
    token = page.locator("input[name=csrf_token]").first.input_value()
    return page.request.post(path, form={"csrf_token": token, **fields})


def says(page, sentence):
    expect(page.locator("main")).to_contain_text(sentence)


def wait_for(page, sentence):
    """Ask for this page again and again until it says so: nothing on it moves by itself."""
    page.evaluate(
        """async (sentence) => {
          while (!(await (await fetch(location.href)).text()).includes(sentence))
            await new Promise((again) => setTimeout(again, 300));
        }""",
        sentence,
    )


def open_policy(page, number):
    """Find a policy by its number, on the library's own page."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Library").click()
    page.locator("main").get_by_role("searchbox").fill(number)
    page.keyboard.press("Enter")
    page.locator("main tr", has_text=number).locator("a.t").first.click()
    expect(page.locator(".head .num")).to_have_text(number)


def nominate(cast):
    nurse = cast["night.nurse"]
    open_policy(nurse, cast.number)
    nurse.get_by_role("link", name="Nominate this").click()
    nurse.get_by_label("What is it?").fill("The lost property form")
    nurse.get_by_label("Why does it waste your time?").fill("x" * 100_000)
    with cast.record.unchanged():
        press(nurse, "Nominate")
        says(nurse, "At most 2,000 characters, please; this has 100,000.")
    why = nurse.get_by_label("Why does it waste your time?")
    expect(why).to_be_focused()
    expect(why).to_have_value("x" * 100_000)
    expect(nurse.get_by_label("What is it?")).to_have_value("The lost property form")
    why.fill(WHY)
    press(nurse, "Nominate")
    says(nurse, "Thank you. Compliance answers within 14 days; you follow it here.")
    expect(nurse.locator("#stage")).to_have_text("Nominated.")


def take_up(cast):
    """Not by the nurse, and not on one's own nomination."""
    nurse, director = cast["night.nurse"], cast["compliance.director"]
    with cast.record.unchanged():
        answer = post(nurse, f"/nominations/{cast.nomination_id}/take-up")
        assert answer.status == 403
        assert "Your roles do not include this page." in answer.text()
    open_policy(director, cast.number)
    director.get_by_role("link", name="Nominate this").click()
    director.get_by_label("What is it?").fill("The same, seen from here")
    director.get_by_label("Why does it waste your time?").fill("We file what nobody asks for.")
    press(director, "Nominate")
    own = re.search(r"\d+$", director.url)[0]
    expect(director.get_by_role("button", name="Take up")).to_be_disabled()
    with cast.record.unchanged():
        says(director, "You nominated this; somebody else decides on it.")
        answer = post(director, f"/nominations/{own}/keep", reason="I say so.")
        assert answer.status == 409
        assert "You nominated this; somebody else decides on it." in answer.text()
    cast.nomination("compliance.director")
    press(director, "Take up")
    says(director, "Done. The nomination is now: triage.")


def open_ballot(cast, notice_days):
    """Not while the policy is under a legal hold."""
    director, steward = cast["compliance.director"], cast["steward"]
    open_policy(steward, cast.number)
    hold(steward, "Put it under a hold", "Put under a legal hold")
    cast.nomination("compliance.director")
    says(director, "The policy is under a legal hold.")
    expect(director.get_by_role("button", name="Send to ballot")).to_be_disabled()
    with cast.record.unchanged():
        director.goto(f"/nominations/{cast.nomination_id}/ballot")
        expect(director.get_by_role("button", name="Open the ballot")).to_be_disabled()
        says(director, "The policy is under a legal hold.")
        terms = director.locator("main form").evaluate(
            "form => Object.fromEntries(new FormData(form))"
        )
        answer = director.request.post(director.url, form=terms)
        assert answer.status == 409
        assert "The policy is under a legal hold." in answer.text()
    hold(steward, "Lift it", "Lift the legal hold")
    cast.nomination("compliance.director")
    director.get_by_role("link", name="Send to ballot…").click()
    director.get_by_label("Days of notice").fill(str(notice_days))
    press(director, "Open the ballot")
    says(director, "The ballot is open until")


def hold(steward, button, opener):
    steward.locator("summary", has_text=opener).click()
    steward.locator("textarea[name=matter]").fill("Smith v. St. Brendan")
    press(steward, button)
    expect(steward.locator("[role=status]").first).to_contain_text("legal hold")


def vote(cast):
    """Not without a reason to keep it, not after stepping back, not after the close."""
    path = f"/ballots/{cast.ballot_id}"
    for login in RETIRERS:
        cast[login].goto(path)
        press(cast[login], "Retire it")
        says(cast[login], "Thank you. You voted to retire it.")
    keeper = cast["pharmacist"]
    keeper.goto(path)
    with cast.record.unchanged():
        press(keeper, "Keep it")
        says(keeper, "Your vote is not cast yet.")
        expect(keeper.get_by_label("Why should it stay?")).to_be_focused()
        keeper.get_by_label("Why should it stay?").fill("   ")
        press(keeper, "Cast this vote")
        says(keeper, "Give your reason; it is shown after the ballot closes.")
    keeper.get_by_label("Why should it stay?").fill(RATIONALE)
    press(keeper, "Cast this vote")
    says(keeper, "Thank you. You voted to keep it.")
    step_back(cast, cast["respiratory.therapist"], path)
    cast["hospitalist"].goto(path)
    with cast.record.unchanged():
        cast.nomination("compliance.director")
        says(cast["compliance.director"], "The ballot is open until its closing time.")
        answer = post(cast["compliance.director"], f"{path}/close")
        assert answer.status == 409
    press(cast["hospitalist"], "Abstain")
    says(cast["hospitalist"], "Thank you. You voted to abstain.")


def step_back(cast, therapist, path):
    therapist.goto(path)
    second = therapist.context.new_page()
    second.goto(path)
    therapist.locator("summary", has_text="Step back from this ballot").click()
    therapist.get_by_label("Why do you step back?").fill("I wrote the form.")
    press(therapist, "Step back")
    says(therapist, "You stepped back from this ballot. You count for neither quorum")
    with cast.record.unchanged():
        press(second, "Retire it")
        says(second, "You stepped back from this ballot.")


def close(cast):
    """Everybody has voted, so compliance need not wait; a vote that comes later is refused."""
    late, director = cast["hospitalist"], cast.nomination("compliance.director")
    press(director, "Close the ballot")
    says(director, "Carried: 4 of 5 voted to retire; 2/3 was needed.")
    late.locator("summary", has_text="Change your vote").click()
    with cast.record.unchanged():
        press(late, "Retire it")
        says(late, "The ballot is closed.")


def sign(cast):
    """Not out of turn, and not with another's password; a typed reason is still there."""
    path = f"/approvals/{cast.nomination_id}"
    cast["cno"].goto(path)
    expect(cast["cno"].get_by_role("button", name="Sign the retirement")).to_be_disabled()
    says(cast["cno"], "It waits for the signature of the Policy Owner's Director.")
    owner = cast["owners.director"]
    owner.goto(path)
    read = {
        name: owner.locator(f"input[name={name}]").input_value()
        for name in ("edition_digest", "tally_digest")
    }
    with cast.record.unchanged():
        answer = post(cast["cno"], f"{path}/sign", password=SAMPLE_PASSWORD, **read)
        assert answer.status == 409
        assert "It waits for the signature of the Policy Owner&#39;s Director." in answer.text()
        owner.get_by_label("Your password").fill("not my password")
        owner.get_by_label("Your reason").fill("A reason that took a while to write.")
        press(owner, "Sign the retirement")
        says(owner, "The password is wrong; nothing was signed.")
    expect(owner.get_by_label("Your reason")).to_have_value("A reason that took a while to write.")
    expect(owner.get_by_label("Your password")).to_be_focused()
    for login in ROUTE:
        cast[login].goto(path)
        cast[login].get_by_label("Your password").fill(SAMPLE_PASSWORD)
        press(cast[login], "Sign the retirement")
        says(cast[login], "Signed. It is on the record.")


def read_the_end(cast):
    """What the nurse finds: her answers on her home page, and the policy's tombstone."""
    nurse = cast["night.nurse"]
    nurse.goto("/")
    answers = nurse.get_by_role("region", name=re.compile("What became of your nominations"))
    expect(answers).to_contain_text("It is retired. Nobody has to follow it any more.")
    answers.get_by_role("link", name=re.compile(cast.number)).click()
    expect(nurse.locator("#stage")).to_have_text("Retired.")
    says(nurse, "No policy takes its place.")
    nurse.locator("main").get_by_role("link", name=re.compile(f"^{cast.number}")).first.click()
    expect(nurse.locator(".tombstone")).to_contain_text(
        "Nobody has to follow this policy any more."
    )
    expect(nurse.get_by_role("link", name="Nominate this")).to_have_count(0)


def deeds_before_retirement():
    """What everybody did until the last signature, each once."""
    return [
        ("night.nurse", "nominate"),
        ("compliance.director", "nominate"),
        ("compliance.director", "take-up"),
        ("steward", "hold"),
        ("steward", "lift-hold"),
        ("compliance.director", "send-to-ballot"),
        *((login, "vote") for login in RETIRERS),
        ("pharmacist", "vote"),
        ("respiratory.therapist", "recuse"),
        ("hospitalist", "vote"),
        ("compliance.director", "close"),
        *((login, "sign") for login in ROUTE),
    ]


def go_to_the_last_signature(cast, *, notice_days):
    nominate(cast)
    take_up(cast)
    open_ballot(cast, notice_days)
    vote(cast)
    close(cast)
    sign(cast)


def is_whole(home):
    told = subprocess.run(
        [GROSS, "verify"],
        env={**os.environ, "GROSS_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return told.stdout.startswith("The ledger is whole")


@pytest.fixture
def home(sample, tmp_path):
    shutil.copytree(sample, tmp_path / "home")
    return tmp_path / "home"


def test_from_a_phone_to_the_tombstone(visit, home):
    """Notice 0, the clock stopped: the steward retires it, from two tabs and by a resent form."""
    record = Record(home)
    with served(home, clock=False) as address:
        cast = Cast(visit, address, PHONE, record, "SEC-052")
        go_to_the_last_signature(cast, notice_days=0)
        steward = cast["steward"]
        steward.goto("/retirements")
        second = steward.context.new_page()
        second.goto("/retirements")
        button = steward.get_by_role("button", name=re.compile("^Retire.*SEC-052"))
        form = button.locator("xpath=..")
        fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
        path = form.get_attribute("action")
        button.click()
        says(steward, "is retired. Everybody concerned is told.")
        with record.unchanged():
            second.get_by_role("button", name=re.compile("^Retire.*SEC-052")).click()
            says(second, "“Retire” is not possible: this nomination is retired.")
        with record.unchanged():
            again = second.request.post(path, form=fields)
            assert (again.status, again.url) == (200, steward.url)
            assert "is retired. Everybody concerned is told." in again.text()
        read_the_end(cast)
        assert record.deeds() == [
            *deeds_before_retirement(),
            ("steward", "retire"),
            ("clock", "close-with-policy"),
        ]
    assert is_whole(home)


def test_from_a_desk_to_the_day_it_retires(visit, home):
    """Notice 1: nobody can retire it on the day of the signature; on the next the clock does.

    Nobody waits for midnight: the server starts again further east, where it is tomorrow.
    """
    record = Record(home)
    with served(home, zone="Etc/GMT+12") as address:
        cast = Cast(visit, address, DESK, record, "HR-205")
        go_to_the_last_signature(cast, notice_days=1)
        steward = cast["steward"]
        steward.goto("/retirements")
        day = record.ask("SELECT retire_on FROM nomination WHERE id = ?", cast.nomination_id)[0][0]
        day = date.fromisoformat(day)
        refusal = f"It retires on {day.day} {day:%B %Y}."
        row = steward.locator("li.due", has_text="HR-205")
        expect(row.get_by_role("button", name="Retire", exact=True)).to_be_disabled()
        expect(row).to_contain_text(refusal)
        with record.unchanged():
            answer = post(steward, f"/retirements/{cast.nomination_id}/retire")
            assert answer.status == 409
            assert refusal in answer.text()
    with served(home, zone="Etc/GMT-14") as address:
        cast = Cast(visit, address, DESK, record, "HR-205")
        wait_for(cast.nomination("night.nurse"), "It is retired.")
        read_the_end(cast)
    assert record.deeds() == [
        *deeds_before_retirement(),
        ("clock", "retire"),
        ("clock", "close-with-policy"),
    ]
    assert is_whole(home)
