import pytest

from gross.analysis.detectors import approval_chain
from gross.analysis.measuring import measured
from tests.analysis.makers import lines_as_passages, make_document, make_library, quoted

FOUR = "The form is signed by the employee, the supervisor, the director and the Controller."
THREE = "The form is signed by the employee, the supervisor and the director."


def found(*contents):
    documents = [
        make_document(at, each, title="Cards", number=f"A-{at}", passages=lines_as_passages(each))
        for at, each in enumerate(contents, start=1)
    ]
    return documents, list(approval_chain.detect(measured(make_library(*documents))))


def test_four_signatures_are_counted_named_and_quoted():
    documents, (finding,) = found("Ask first. " + FOUR, THREE)

    assert finding.sentence == (
        "“Cards” (A-1) has 4 offices sign for one act: employee, supervisor, director and "
        "Controller (no other policy here asks for as many)."
    )
    assert quoted(documents[0], finding.evidence[0].a) == FOUR


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(THREE, id="three are in proportion"),
        pytest.param(
            "It is approved by the CEO, the CNO, the CMO or the CFO.", id="any one of four"
        ),
        pytest.param(
            "It is not signed by the nurse, the manager, the director and the CEO.", id="denied"
        ),
        pytest.param(
            "Vital signs are taken by the nurse, the aide, the resident and the intern.",
            id="vital signs",
        ),
    ],
)
def test_fewer_or_other_signatures_are_no_flag(content):
    assert found(content)[1] == []


def test_where_long_chains_are_usual_only_the_longest_twentieth_is_flagged():
    five = FOUR.replace("the employee", "the employee, the nurse manager")

    _, findings = found(*[FOUR] * 99, five)

    assert [finding.policies for finding in findings] == [(100,)]
