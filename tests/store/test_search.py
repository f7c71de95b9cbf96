"""Search: any input is plain words; names weigh more than mentions; retired policies come last."""

from datetime import date

import pytest

from gross.store import search
from gross.store.search import Wanted
from tests.conftest import NOW

TODAY = date(2026, 11, 23)


@pytest.fixture
def shelve(session, make_policy):
    """Give a maker of policies that are indexed."""

    def make(title, text="Nothing in particular.", **columns):
        policy = make_policy(title, text, **columns)
        search.put(session, policy, text)
        return policy

    return make


def titles(session, **wanted):
    hits = search.search(session, Wanted(**wanted), today=TODAY)
    return [hit.policy.title for hit in hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("hand hygiene", ["hand", "hygiene"], id="words"),
        pytest.param("IC-014", ["IC 014"], id="a number is a phrase"),
        pytest.param('"hand" OR NEAR(x, 1) *', ["hand", "OR", "NEAR x", "1"], id="operators"),
        pytest.param("body:secret -not ^a", ["body secret", "not", "a"], id="columns and minus"),
        pytest.param("a\0b\x02c", ["a b c"], id="NUL and controls"),
        pytest.param("🙂 *** ''", [], id="nothing that is a word"),
        pytest.param("Überwachung 手卫生", ["Überwachung", "手卫生"], id="other scripts"),
    ],
)
def test_what_is_typed_becomes_plain_terms(typed, expected):
    assert search.terms(typed) == expected


def test_ten_thousand_characters_become_a_few_short_terms():
    found = search.terms("pump " * 1000 + "x" * 5000)

    assert len(found) == search.TERMS_MOST
    assert search.terms("x" * 10_000) == ["x" * search.TERM_LETTERS_MOST]


@pytest.mark.parametrize(
    "typed",
    ['"', "' OR 1=1 --", "NEAR(", "a*b", "title:x", "(", ")", "^", "\0", "🙂", "-", "x" * 10_000,
     "\ud800", "AND", "{a b}:c", "+", "a + b", "“quoted”"],
)  # fmt: skip
def test_no_input_breaks_the_search(session, shelve, typed):
    shelve("Hand Hygiene")

    wanted = Wanted(words=typed)

    assert search.count(session, wanted, today=TODAY) == len(titles(session, words=typed))
    search.nearest(session, typed)


def test_a_title_outranks_a_mention_and_retired_ones_come_last(session, shelve):
    shelve("Linen", "Hygiene of linen.")
    shelve("Hygiene, old", retired_at=NOW, tombstone="Follow Hygiene.")
    shelve("Hygiene", "Wash.")

    assert titles(session, words="hygiene") == ["Hygiene", "Linen", "Hygiene, old"]


@pytest.mark.parametrize("typed", ["IC-014", "ic-014", "IC 014", "ic-01"])
def test_a_number_is_found_as_people_type_it(session, shelve, typed):
    shelve("Hand Hygiene", number="IC-014")
    shelve("Falls", "Fourteen beds.", number="IC-0999")

    assert titles(session, words=typed) == ["Hand Hygiene"]


def test_a_part_of_a_hyphenated_word_is_found(session, shelve):
    shelve("Insulin", "High-alert drugs are checked twice.")

    assert titles(session, words="alert") == ["Insulin"]


def test_a_word_is_found_without_its_accents(session, shelve):
    shelve("Café hours")

    assert titles(session, words="cafe") == ["Café hours"]


def test_the_words_are_marked_and_the_place_in_the_text_is_known(session, shelve):
    text = "Purpose.\n" + "Filler words stand here for a while. " * 30 + "\nCheck two identifiers."
    shelve("Patient Identification", text)

    (hit,) = search.search(session, Wanted(words="identif"), today=TODAY)

    assert hit.title == "Patient \x02Identification\x03"
    assert "Check two \x02identifiers\x03" in hit.snippet
    assert text[hit.at :].startswith("identifiers.")


def test_a_place_is_left_out_when_only_the_title_fits(session, shelve):
    shelve("Badges", "Every one is blue.")

    (hit,) = search.search(session, Wanted(words="badges"), today=TODAY)

    assert hit.at is None


def test_filters_hold_together_with_the_words(session, shelve):
    shelve("Hand Hygiene", department="Nursing", kind="policy")
    shelve("Hand Washing", department="Surgery", kind="policy")
    shelve("Hand Rub", department="Nursing", kind="procedure")

    assert titles(session, words="hand", department="Nursing", kind="policy") == ["Hand Hygiene"]


@pytest.mark.parametrize(
    ("next_review", "is_late"),
    [
        pytest.param("2026-11-22", True, id="yesterday"),
        pytest.param("2026-11-23", False, id="today"),
        pytest.param("2026-11", False, id="this month, the day unknown"),
        pytest.param("2026-10", True, id="last month"),
        pytest.param("2026", False, id="this year, the month unknown"),
        pytest.param("2025", True, id="last year"),
        pytest.param("", False, id="not known"),
    ],
)
def test_overdue_is_told_no_earlier_than_known(session, shelve, next_review, is_late):
    shelve("Hand Hygiene", next_review=next_review)

    assert titles(session, state="overdue") == (["Hand Hygiene"] if is_late else [])


def test_a_retired_policy_is_not_overdue(session, shelve):
    shelve("Old", next_review="2020", retired_at=NOW, tombstone="Nothing.")

    assert titles(session, state="overdue") == []
    assert titles(session, state="retired") == ["Old"]
    assert titles(session, state="in-force") == []


def test_lists_are_sorted_as_asked(session, shelve):
    shelve("beta", number="A-2", next_review="2027")
    shelve("Alpha", number="", next_review="2026-12-01")
    shelve("Gamma", number="A-1")

    assert titles(session) == ["Alpha", "beta", "Gamma"]
    assert titles(session, sort="number") == ["Gamma", "beta", "Alpha"]
    assert titles(session, sort="review") == ["Alpha", "beta", "Gamma"]
    assert titles(session, sort="newest") == ["Gamma", "Alpha", "beta"]


def test_a_changed_policy_is_found_by_its_new_words_alone(session, shelve):
    policy = shelve("Badges", "Every badge is blue.")

    search.put(session, policy, "Every badge is green.")

    assert titles(session, words="green") == ["Badges"]
    assert titles(session, words="blue") == []


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        pytest.param("hand hygeine", "hand hygiene", id="letters swapped"),
        pytest.param("restriant", "restraint", id="one word"),
        pytest.param("hand hygiene", "", id="nothing to mend"),
        pytest.param("zzzzzz", "", id="nothing near"),
    ],
)
def test_a_slip_of_typing_is_mended_from_titles(session, shelve, typed, mended):
    shelve("Hand Hygiene")
    shelve("Restraint and Seclusion")

    assert search.nearest(session, typed) == mended
