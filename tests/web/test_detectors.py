"""The scorecard: who reads it, what it says, and how compliance suspends and endorses."""

from __future__ import annotations

import pytest

from tests.conftest import NOW

NAME = "near_duplicate"


@pytest.fixture
def reviewer(make_person):
    return make_person("Robin Reviewer", roles="staff compliance")


@pytest.fixture
def answered(make_flag, reviewer):
    """Eight right, two not, one open."""
    for number in range(10):
        state = "confirmed" if number < 8 else "dismissed"
        make_flag(
            state=state,
            reason="The text was misread.",
            answered_by=reviewer.id,
            answered_at=NOW,
        )
    return make_flag(sentence="They say the same here.")


@pytest.mark.parametrize("role", ["compliance", "committee", "auditor"])
def test_the_scorecard_says_how_often_each_is_right_and_how_sure_that_is(
    pages_of, make_person, answered, role
):
    pages = pages_of(make_person("Reader", roles=f"staff {role}"))
    page = pages.get("/detectors")

    (row,) = page.tree.xpath(f"//tr[.//a[@href='/detectors/{NAME}']]")
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
    assert cells[1] == "80% (49% to 94%)"
    assert cells[3:] == ["answered 10", "open 1", "In use"]
    assert row.xpath(".//svg/rect")
    assert "nobody has answered yet" in page.text
    one = pages.get(f"/detectors/{NAME}")
    assert "8 of 10 answered flags were right: 80%; the truth lies between 49% and 94%" in one.text
    assert "The text was misread." in one.text
    assert bool(one.tree.xpath("//main//form")) == (role == "compliance")
    assert bool(one.tree.xpath("//main//a[starts-with(@href, '/flags')]")) == (role != "committee")


def test_suspending_needs_a_reason_hides_open_flags_and_says_so(pages_of, reviewer, answered):
    pages = pages_of(reviewer)
    page = pages.get(f"/detectors/{NAME}")

    again = pages.press(page, "Suspend")
    assert again.status == 422
    assert "Say why; colleagues and the committee read it." in again.text

    page = pages.press(again, "Suspend", reason="It takes lists for text.")
    assert "is suspended: it raises nothing" in page.text
    assert "It takes lists for text." in page.text
    queue = pages.get("/flags")
    assert "1 open flag of suspended detectors is kept out of sight" in queue.text
    assert "They say the same here." not in queue.text
    assert queue.tree.xpath("//main//a[@href='/detectors']")
    assert "They say the same here." in pages.get(f"/flags?flag={answered.id}").text

    page = pages.press(page, "Resume", reason="It was mended.")
    assert "is in use like any other." in page.text
    assert "They say the same here." in pages.get("/flags").text


def test_endorsing_is_shown_and_can_be_taken_back(pages_of, reviewer):
    pages = pages_of(reviewer)
    page = pages.press(pages.get(f"/detectors/{NAME}"), "Endorse", reason="Right nearly always.")
    assert "Endorsed by Robin Reviewer" in page.text
    assert "Endorsed" in pages.get("/detectors").text
    page = pages.press(page, "Take back the endorsement", reason="Too early.")
    assert "Endorsed by" not in page.text


def test_a_second_suspension_is_refused(pages_of, reviewer):
    pages = pages_of(reviewer)
    page = pages.get(f"/detectors/{NAME}")
    other = pages.get(f"/detectors/{NAME}")
    pages.press(page, "Suspend", reason="So.")
    assert pages.press(other, "Suspend", reason="So.").status == 409


@pytest.mark.parametrize("verb", ["suspend", "endorse", "resume"])
def test_others_decide_nothing_and_unknown_detectors_are_no_pages(
    pages_of, make_person, reviewer, verb
):
    sent = {"once": "x", "reason": "So."}
    pages = pages_of(make_person("Member", roles="staff committee auditor"))
    assert pages.post(f"/detectors/{NAME}/{verb}", sent).status == 403
    assert pages_of(reviewer).post(f"/detectors/tea_leaves/{verb}", sent).status == 404
