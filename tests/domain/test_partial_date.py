from datetime import date

import pytest

from gross.domain.partial_date import PartialDate


@pytest.mark.parametrize("written", ["2016", "2016-03", "2016-03-12", "0987-01-01"])
def test_a_date_reads_back_as_it_was_written(written):
    assert str(PartialDate.parse(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("", id="empty"),
        pytest.param("2016-13", id="month 13"),
        pytest.param("2016-02-30", id="30 February"),
        pytest.param("2016-03-12-01", id="four parts"),
        pytest.param("March 2016", id="words"),
        pytest.param("2016-", id="a part missing"),
        pytest.param("0000", id="year nought"),
    ],
)
def test_what_is_no_date_is_an_error(written):
    with pytest.raises(ValueError, match=r"not a date|month|day|year|invalid literal"):
        PartialDate.parse(written)


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="a day needs its month"):
        PartialDate(2016, None, 3)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        pytest.param("2016", date(2016, 1, 1), date(2016, 12, 31), id="year"),
        pytest.param("2016-02", date(2016, 2, 1), date(2016, 2, 29), id="leap February"),
        pytest.param("2015-02", date(2015, 2, 1), date(2015, 2, 28), id="February"),
        pytest.param("2016-03-12", date(2016, 3, 12), date(2016, 3, 12), id="day"),
    ],
)
def test_a_partial_date_spans_all_days_it_can_be(written, first, last):
    assert (PartialDate.parse(written).first, PartialDate.parse(written).last) == (first, last)
