"""PDFs whose bytes say more than their engine does, and files whose extension says nothing."""

import pytest

from gross.domain.errors import Refused
from gross.intake import read
from tests.intake.makers import p, pdf, word

PAGE = pdf([[(72, 700, 11, "Words of a policy.")]])
BLANK = pdf([[]])


def sentence(filename, content):
    with pytest.raises(Refused) as refusal:
        read(filename, content)
    return str(refusal.value)


def test_a_damaged_pdf_that_names_an_encryption_may_be_protected():
    content = b"trailer<<<>/Encrypt 62 0 R>> 62 0 obj<</Filter/Standard/Length 160>>"

    assert sentence("a.pdf", content) == (
        "a.pdf cannot be opened: it is damaged, or protected by a password."
    )


def test_a_pdf_with_a_locked_attachment_is_refused_for_it():
    content = PAGE + b"<</EFF /StdCF>> trailer<</Encrypt 9 0 R>>"

    assert sentence("a.pdf", content) == (
        "a.pdf holds a file under a password; save it without one."
    )


def test_a_blank_pdf_without_its_end_is_damaged_and_a_whole_one_needs_reading_of_pictures():
    assert sentence("a.pdf", BLANK.replace(b"%%EOF", b"")) == (
        "a.pdf is damaged: its end is missing, and it gives no words."
    )
    assert read("a.pdf", BLANK).text == ""
    assert read("a.pdf", PAGE.replace(b"%%EOF", b"")).text == "Words of a policy."


@pytest.mark.parametrize(
    ("filename", "content", "text"),
    [
        pytest.param("a.pdf_old", PAGE, "Words of a policy.", id="PDF"),
        pytest.param("a.bak", word(p("Words")), "Words", id="Word"),
    ],
)
def test_an_extension_that_says_nothing_gives_way_to_the_content(filename, content, text):
    assert read(filename, content).text == text


@pytest.mark.parametrize("filename", ["a.png", "a.zip", "a", "a.xls"])
def test_an_extension_that_says_what_a_file_is_stays_refused(filename):
    assert sentence(filename, PAGE).startswith(f"{filename} cannot be read; use one of")


def test_unknown_words_are_still_refused():
    assert sentence("a.xyz", b"Just words.").startswith("a.xyz cannot be read; use one of")
