import pytest

from gross.domain.errors import Refused
from gross.intake import read
from tests.intake.makers import shown


def test_rtf_gives_its_paragraphs_and_says_what_is_missing():
    content = rb"{\rtf1\ansi{\info{\title Visitor Rules}}\pard PURPOSE\par Visitors may stay.\par}"
    reading = read("a.rtf", content)

    assert shown(reading) == [
        ("heading", "", "PURPOSE"),
        ("paragraph", "PURPOSE", "Visitors may stay."),
    ]
    assert reading.title == "Visitor Rules"
    assert reading.warnings == (
        "a.rtf is RTF: its text was read, but not its page headers and list numbers.",
    )


def test_accents_survive():
    assert read("a.rtf", rb"{\rtf1\ansi\ansicpg1252 caf\'e9 \u8211?\par}").text == "café –"


@pytest.mark.parametrize("content", [b"no rtf at all", b"\\rtf1 without its brace"])
def test_what_is_no_rtf_is_refused(content):
    with pytest.raises(Refused) as refusal:
        read("a.rtf", content)

    assert str(refusal.value) == "a.rtf is damaged: it does not begin as RTF does."
