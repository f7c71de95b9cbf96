from gross.analysis.detectors import obligations
from gross.analysis.measuring import measured
from gross.analysis.outliers import FEWEST
from tests.analysis.makers import lines_as_passages, make_document, make_library, text

DENSE = "\n".join(f"The nurse must check item {n} within 2 hours." for n in range(30))


def found(*contents):
    library = make_library(
        *(
            make_document(at, each, passages=lines_as_passages(each))
            for at, each in enumerate(contents, start=1)
        )
    )
    return list(obligations.detect(measured(library)))


def test_a_page_that_asks_far_more_is_flagged_with_the_counts_and_whom_it_asks():
    (finding,) = found(*(text(n, 300) for n in range(FEWEST)), DENSE)

    assert finding.policies == (FEWEST + 1,)
    assert "asks 30 things of people, 30 a page, most often of: nurse (30)" in finding.sentence
    assert "half of the library's policies ask 0 a page or fewer" in finding.sentence
    assert len(finding.evidence) == obligations.SHOWN


def test_a_short_sheet_of_steps_is_what_it_should_be():
    steps = "\n".join(DENSE.split("\n")[: obligations.LEAST - 1])

    assert found(*(text(n, 300) for n in range(FEWEST)), steps) == []


def test_where_all_ask_as_much_none_is_flagged():
    assert found(*[DENSE] * (FEWEST + 1)) == []
