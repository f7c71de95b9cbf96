import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gross.intake.clean import clean, clean_in_place, clean_line

ANY = st.text(st.characters())  # lone surrogates too


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\x00b\x07c", "abc", id="NUL and bell"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="line ends"),
        pytest.param("two\u00a0words\u2009here", "two words here", id="spaces that are not one"),
        pytest.param(
            "pro\u00adce\u200bdure\ufeff", "procedure", id="soft hyphen, zero width, mark"
        ),
        pytest.param("cafe\u0301", "café", id="NFC"),
        pytest.param("a\ud800b", "a\ufffdb", id="lone surrogate"),
        pytest.param("\u202etxt.exe", "txt.exe", id="direction override"),
    ],
)
def test_what_no_one_should_meet_is_cleaned(text, expected):
    assert clean(text) == expected


@given(ANY)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(ANY)
def test_clean_text_can_be_stored_anywhere(text):
    cleaned = clean(text)

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not {"\0", "\r"} & set(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)


@given(ANY)
def test_a_text_files_own_code_points_keep_their_places(text):
    cleaned = clean_in_place(text)

    assert len(cleaned) == len(text.replace("\r\n", "\n"))
    assert "\0" not in cleaned
    assert clean_in_place(cleaned) == cleaned
