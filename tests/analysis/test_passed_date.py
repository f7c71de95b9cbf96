from datetime import timedelta

import pytest

from gross.analysis.detectors import passed_date
from gross.domain.passage import PassageKind
from tests.analysis.makers import (
    TODAY,
    lines_as_passages,
    make_document,
    make_library,
    quoted,
)


def found(content, **more):
    document = make_document(1, content, title="Visitors", number="A-1", **more)
    return list(passed_date.detect(make_library(document)))


def test_a_rule_that_ended_is_quoted_with_its_day():
    content = "Wash hands. This interim rule expires on December 31, 2021. Ask the lead."
    document = make_document(1, content)

    (finding,) = found(content)

    assert finding.sentence == (
        "“Visitors” (A-1) gives a rule that ended on or before 2021-12-31 (December 31, 2021)."
    )
    assert quoted(document, finding.evidence[0].a) == (
        "This interim rule expires on December 31, 2021."
    )


def test_a_day_for_a_deed_says_so():
    (finding,) = found("All nurses must complete the module by September 30, 2019.")

    assert "asks for something that was due on or before 2019-09-30" in finding.sentence


def test_a_date_is_read_as_late_as_it_can_be_meant():
    (finding,) = found("This rule is valid through 03/12/2016.")

    assert "2016-12-03" in finding.sentence


@pytest.mark.parametrize(
    ("days", "count"),
    [
        pytest.param(passed_date.GRACE_DAYS, 1, id="the grace is over"),
        pytest.param(passed_date.GRACE_DAYS - 1, 0, id="a day less"),
        pytest.param(-1, 0, id="tomorrow"),
    ],
)
def test_the_grace_is_exact(days, count):
    day = (TODAY - timedelta(days=days)).isoformat()

    assert len(found(f"This rule ends on {day}.")) == count


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Records created before January 1, 2010 shall be kept.", id="past deeds"),
        pytest.param("Until 2016 there were two hospitals.", id="a year alone"),
        pytest.param("The wing was in use until June 2014.", id="history"),
        pytest.param("Effective January 1, 2020, bands are blue.", id="a beginning"),
        pytest.param("NFPA 99-2012 shall be met by 1910.2030.", id="numbers of standards"),
        pytest.param("This rule ends on 31/31/2019.", id="no date"),
    ],
)
def test_other_dates_are_left_alone(content):
    assert found(content) == []


def test_a_header_that_gives_its_last_day_is_believed():
    content = "Valid to: 06/2015\nWash."
    passages = lines_as_passages(content, {0: PassageKind.HEADER})

    (finding,) = found(content, passages=passages, dates={"expires": "2015-06"})

    assert "gives a rule that ended on or before 2015-06-30 (2015-06)" in finding.sentence
    assert found(content, passages=passages, dates={"expires": "2030-06"}) == []


def test_header_data_and_histories_are_left_alone():
    content = "Valid to: June 1, 2015\nWash."
    passages = lines_as_passages(content, {0: PassageKind.HEADER})

    assert found(content, passages=passages) == []
    assert len(found(content)) == 1
