"""Wilson's interval against published values, and at its ends."""

import pytest

from gross.domain.precision import precision


@pytest.mark.parametrize(
    ("confirmed", "dismissed", "low", "high"),
    [
        pytest.param(0, 0, 0.0, 1.0, id="nobody has answered: anything is possible"),
        pytest.param(0, 10, 0.0, 0.2775, id="0 of 10"),
        pytest.param(10, 0, 0.7225, 1.0, id="10 of 10"),
        pytest.param(81, 182, 0.2553, 0.3662, id="81 of 263: Newcombe 1998, table I"),
        pytest.param(15, 133, 0.0624, 0.1605, id="15 of 148: Newcombe 1998, table I"),
    ],
)
def test_the_interval_is_wilsons(confirmed, dismissed, low, high):
    found = precision(confirmed, dismissed)

    assert (round(found.low, 4), round(found.high, 4)) == pytest.approx((low, high), abs=1e-4)
    assert found.answered == confirmed + dismissed
    assert found.share == (confirmed / found.answered if found.answered else None)


def test_more_answers_make_it_narrower():
    few, many = precision(8, 2), precision(80, 20)
    assert few.low < many.low < 0.8 < many.high < few.high
