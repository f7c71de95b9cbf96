import pytest

from gross.analysis.detectors import length
from gross.analysis.measuring import measured
from gross.analysis.outliers import FEWEST
from tests.analysis.makers import make_document, make_library, text


def found(*counts):
    documents = [make_document(at, text(at, count)) for at, count in enumerate(counts, start=1)]
    return list(length.detect(measured(make_library(*documents))))


def test_one_that_stands_far_out_is_flagged_with_the_usual_beside_it():
    (finding,) = found(*[600] * FEWEST, 6000)

    assert finding.policies == (FEWEST + 1,)
    assert "6,000 words, about 12 pages" in finding.sentence
    assert "half of the library's policies have 600 or fewer" in finding.sentence


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param([*[600] * FEWEST, length.LEAST_WORDS], id="the stated count is not passed"),
        pytest.param([600] * (FEWEST - 2) + [6000], id="too few policies to have a tail"),
        pytest.param([6000] * FEWEST, id="all are long"),
    ],
)
def test_others_are_only_ranked(counts):
    assert found(*counts) == []
