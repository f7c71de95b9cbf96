import re
import time

import pytest

from gross.analysis.knowledge.plain_patterns import pattern_of, spellings_of, words_of
from gross.domain.errors import Refused


def matches(spelling, text):
    return bool(re.search(pattern_of(spellings_of(spelling)), text))


@pytest.mark.parametrize(
    ("spelling", "text", "does"),
    [
        ("pager*", "two Pagers ring", True),
        ("pager", "two pagers ring", False),
        ("Fax Desk", "the fax\ndesk", True),
        ("QXR", "the qxr file", False),
        ("QXR", "the QXR file", True),
        ("C++ Builder", "in C++ Builder", True),
        ("Slip (Blue)", "use slip (blue).", True),
    ],
)
def test_plain_words_match_as_people_mean_them(spelling, text, does):
    assert matches(spelling, text) is does


@pytest.mark.parametrize(
    ("spelling", "says"),
    [
        ("", "Write at least one spelling to look for."),
        ("(a+)+$", "must be plain words"),
        ("pager.*", "must be plain words"),
        ("[a-z]", "must be plain words"),
        ("\\bpager", "must be plain words"),
        ("*a*b*c*", "has too many *"),
        ("pag**er", "has too many *"),
        ("*", "is too short"),
        ("IV", "is too short"),
        ("the patient", "stands in nearly every policy"),
        ("x" * 81, "is too long"),
        ("\n".join(f"pager{n}" for n in range(13)), "at most 12 spellings"),
    ],
)
def test_what_is_no_plain_word_is_refused_in_a_sentence(spelling, says):
    with pytest.raises(Refused, match=re.escape(says)):
        spellings_of(spelling)


def test_no_spelling_can_hang_a_scan():
    pattern = re.compile(pattern_of(spellings_of("aaa*aaa*aaa*b")))
    text = "a" * 200_000

    start = time.perf_counter()
    assert not pattern.search(text)
    assert time.perf_counter() - start < 20


def test_a_text_without_the_words_is_never_searched():
    spellings = spellings_of("Fax Desk\npager*")

    assert words_of(spellings) == ("desk", "pager")
