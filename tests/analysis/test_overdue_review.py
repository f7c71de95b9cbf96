import pytest

from gross.analysis.detectors import overdue_review
from gross.domain.passage import PassageKind
from tests.analysis.makers import TODAY, lines_as_passages, make_document, make_library, quoted

TEXT = "Hand Hygiene\nEffective: 3/2019\nNext Review Date: 11/22/2026\nStaff wash their hands."


def policy(dates, content=TEXT):
    passages = lines_as_passages(content, {1: PassageKind.HEADER, 2: PassageKind.HEADER})
    return make_document(
        1, content, title="Hand Hygiene", number="IC-1", dates=dates, passages=passages
    )


def found(dates, content=TEXT):
    return list(overdue_review.detect(make_library(policy(dates, content))))


@pytest.mark.parametrize(
    ("dates", "overdue"),
    [
        pytest.param({"next_review": "2026-11-22"}, True, id="due yesterday"),
        pytest.param({"next_review": "2026-11-23"}, False, id="due today"),
        pytest.param({"next_review": "2026-10"}, True, id="due last month"),
        pytest.param({"next_review": "2026-11"}, False, id="due some day this month"),
        pytest.param({"next_review": "2026"}, False, id="due some day this year"),
        pytest.param({"last_reviewed": "2023-11-22"}, True, id="three years and a day ago"),
        pytest.param({"last_reviewed": "2023-11-23"}, False, id="three years ago"),
        pytest.param({"effective": "2022"}, True, id="only an old effective date"),
        pytest.param(
            {"effective": "1999", "last_reviewed": "2026-01"}, False, id="old but reviewed"
        ),
        pytest.param(
            {"last_reviewed": "2001", "next_review": "2027-01-01"}, False, id="not due yet"
        ),
        pytest.param({}, False, id="no date"),
    ],
)
def test_it_flags_what_is_past_its_day(dates, overdue):
    assert bool(found(dates)) is overdue


def test_the_sentence_counts_days_and_never_calls_the_text_obsolete():
    assert TODAY.isoformat() == "2026-11-23"

    (finding,) = found({"next_review": "2026-11-22"})

    assert finding.sentence == (
        "The next review of “Hand Hygiene” (IC-1) was due on 2026-11-22: 1 day overdue for review."
    )
    assert finding.score <= overdue_review.HIGHEST_SCORE


def test_the_evidence_is_the_line_with_the_date():
    (finding,) = found({"next_review": "2026-11-22"})

    assert quoted(policy({}), finding.evidence[0].a) == "Next Review Date: 11/22/2026"


def test_without_the_date_in_the_text_the_evidence_is_its_first_passage():
    (finding,) = found({"next_review": "2020"}, "Hand Hygiene\nStaff wash their hands.")

    assert quoted(policy({}, "Hand Hygiene\nx"), finding.evidence[0].a) == "Hand Hygiene"


def test_a_leap_day_is_overdue_three_years_later():
    assert found({"last_reviewed": "2020-02-29"})
