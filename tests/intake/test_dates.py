import pytest

from gross.intake.dates import find_dates, newest, order_of


def found(text, *, day_first=False):
    return [str(date.value) for date in find_dates(text, day_first=day_first)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("4/01/10", ["2010-04-01"], id="two-digit year"),
        pytest.param("Reviewed: 4/87", ["1987-04"], id="month and year of the last century"),
        pytest.param("1/49 and 1/50", ["2049-01", "1950-01"], id="the pivot"),
        pytest.param("November 30, 2017", ["2017-11-30"], id="month name first"),
        pytest.param("23 February 2017", ["2017-02-23"], id="day first in words"),
        pytest.param("1 st September 2020", ["2020-09-01"], id="an ordinal torn off"),
        pytest.param("April, 2004", ["2004-04"], id="month and year in words"),
        pytest.param("May 2018", ["2018-05"], id="May"),
        pytest.param("2026-03-28", ["2026-03-28"], id="ISO"),
        pytest.param("2016", ["2016"], id="a year"),
        pytest.param("TBD", [], id="to be determined"),
        pytest.param("3/08, 2/09, 1/21", ["2008-03", "2009-02", "2021-01"], id="a list"),
        pytest.param("8/10; 12/05/2011", ["2010-08", "2011-12-05"], id="a mixed list"),
        pytest.param("13/45/2016", [], id="no date"),
        pytest.param("31/12/2016", ["2016-12-31"], id="only day first makes sense"),
        pytest.param("2/30/2016", [], id="30 February"),
        pytest.param("45 CFR 164.528, 1-800-555-0199", [], id="law and telephone"),
        pytest.param("(effective 08/28/2015)", ["2015-08-28"], id="in brackets"),
    ],
)
def test_dates_are_found_with_their_precision(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("day_first", "expected", "is_ambiguous"),
    [(False, "2016-03-12", False), (True, "2016-12-03", False), (None, "2016", True)],
)
def test_an_ambiguous_date_follows_the_setting_or_keeps_its_year(day_first, expected, is_ambiguous):
    (date,) = find_dates("03/12/2016", day_first=day_first)

    assert (str(date.value), date.is_ambiguous) == (expected, is_ambiguous)


def test_a_date_that_is_the_same_both_ways_is_not_ambiguous():
    assert found("05/05/2016", day_first=None) == ["2016-05-05"]


@pytest.mark.parametrize(
    ("text", "setting", "expected"),
    [
        pytest.param("03/12/2016 and 24/08/2017", False, True, id="24 can only be a day"),
        pytest.param("03/12/2016 and 08/24/2017", True, False, id="24 stands second"),
        pytest.param("03/12/2016", None, None, id="nothing decides"),
        pytest.param("13/01/2016 and 01/13/2016", False, False, id="both ways: the setting"),
    ],
)
def test_the_documents_own_dates_decide_their_order(text, setting, expected):
    assert order_of(text, day_first=setting) is expected


def test_the_newest_of_a_list_is_chosen():
    date = newest(find_dates("1/85; 8/86; 11/02; 8/10; 2/95", day_first=False))

    assert date is not None
    assert str(date.value) == "2010-08"
    assert newest(()) is None


def test_offsets_are_exact():
    text = "Effective: 4/01/10."
    (date,) = find_dates(text, day_first=False)

    assert text[date.start : date.end] == "4/01/10"
