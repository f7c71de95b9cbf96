from __future__ import annotations

import time

import pytest

from gross.analysis.comparison import RowKind, compare
from gross.analysis.contradictions import contradictions
from gross.domain.passage import PassageKind
from tests.analysis.makers import lines_as_passages, make_document, quoted, text


def compared(one, two):
    documents = make_document(1, one), make_document(2, two)
    return documents, compare(*documents).rows


def kinds(one, two):
    return [row.kind.value for row in compared(one, two)[1]]


WASH = "Rub hands together for at least 20 seconds and rinse them."
DRY = "Dry both hands with a clean paper towel before you leave."
GLOVE = "Gloves come off last and go into the red bin by the door."


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param(WASH, "", ["only_a"], id="only in a"),
        pytest.param("", WASH, ["only_b"], id="only in b"),
        pytest.param(WASH, WASH.upper(), ["same"], id="case does not differ"),
        pytest.param(WASH, WASH.replace("20", "40"), ["near"], id="one word in eleven"),
        pytest.param(
            "Rub hands together for at least 20 seconds.",
            "Rub palms together with soap for 20 seconds.",
            ["differs"],
            id="reworded",
        ),
        pytest.param(f"{WASH}\n{DRY}", DRY, ["only_a", "same"], id="one more before"),
        pytest.param(DRY, f"{WASH}\n{DRY}\n{GLOVE}", ["only_b", "same", "only_b"], id="around"),
        pytest.param(f"{WASH}\n{DRY}", f"{DRY}\n{WASH}", ["same", "same"], id="another order"),
        pytest.param("\n\n🧼\n", "—", [], id="no words"),
    ],
)
def test_rows(one, two, expected):
    assert kinds(one, two) == expected


def test_marks_are_the_words_that_differ():
    (one, two), (row,) = compared("🧼 " + WASH, WASH.replace("20 seconds", "two minutes"))

    assert [quoted(one, mark) for mark in row.marks_a] == ["20", "seconds"]
    assert [quoted(two, mark) for mark in row.marks_b] == ["two", "minutes"]
    assert quoted(one, row.a_span) == WASH
    assert row.contradictions == ("20 seconds against two minutes.",)


def test_each_passage_has_one_row_and_header_data_has_none():
    content = f"Owner: Jane\n{WASH}\n{WASH}\n{DRY}"
    passages = lines_as_passages(content, {0: PassageKind.HEADER})
    one = make_document(1, content, passages=passages)
    two = make_document(2, WASH)

    rows = compare(one, two).rows

    assert [quoted(one, row.a_span) for row in rows] == [WASH, WASH, DRY]
    assert [row.kind for row in rows].count(RowKind.SAME) == 1


def test_the_shares_count_passages_with_a_counterpart():
    comparison = compare(make_document(1, f"{WASH}\n{DRY}"), make_document(2, WASH))

    assert (comparison.share_a, comparison.share_b) == (0.5, 1.0)


def test_two_long_policies_are_compared_fast():
    one = make_document(1, text("x", 8000))
    two = make_document(2, text("x", 8000).replace("ender", "onder"))
    start = time.perf_counter()

    rows = compare(one, two).rows

    assert time.perf_counter() - start < 2  # 200 ms on a quiet machine
    assert not {row.kind for row in rows} & {RowKind.ONLY_A, RowKind.ONLY_B}


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param(
            "rub hands together for at least 20 seconds and rinse",
            "rub hands together for at least 40 seconds and rinse",
            ("20 seconds against 40 seconds.",),
            id="a number",
        ),
        pytest.param(
            "report it within 24 hours to the manager on duty",
            "report it within 1 day to the manager on duty",
            (),
            id="the same in another unit",
        ),
        pytest.param(
            "give 500 mg of the drug by mouth at night",
            "give 0.5 g of the drug by mouth at night",
            (),
            id="the same mass",
        ),
        pytest.param(
            "report within 4 hours of the event to the desk",
            "report within 30 minutes of the event to the desk",
            ("4 hours against 30 minutes.",),
            id="another unit and not the same",
        ),
        pytest.param(
            "keep the records for six years after discharge",
            "keep the records for 6 years after discharge",
            (),
            id="spelled out",
        ),
        pytest.param(
            "staff may not use the device in the room",
            "staff may use the device in the room",
            ("“staff may not use the device” against “staff may use the device”.",),
            id="not",
        ),
        pytest.param(
            "nurses must sign the form at discharge",
            "nurses may sign the form at discharge",
            ("“must” against “may”.",),
            id="must against may",
        ),
        pytest.param(
            "nurses must sign the form at discharge",
            "nurses shall sign the form at discharge",
            (),
            id="must and shall agree",
        ),
        pytest.param(
            "the charge nurse reviews the log weekly and signs it",
            "the charge nurse reviews the log monthly and signs it",
            ("every week against every month.",),
            id="how often",
        ),
        pytest.param(
            "call the manager about parking in lot 7",
            "wash both hands for 20 seconds with soap",
            (),
            id="passages that do not agree at all",
        ),
    ],
)
def test_contradictions(one, two, expected):
    assert contradictions(one.split(), two.split()) == expected
