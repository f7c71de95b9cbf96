import pytest

from gross.analysis.detectors import doubled_log
from gross.analysis.measuring import measured
from tests.analysis.makers import (
    lines_as_passages,
    make_document,
    make_library,
    mention,
    quoted,
)

READ = (
    "The nurse reads the thermometer of the refrigerator twice daily and writes the reading with "
    "initials on the log at the door."
)


def found(*documents):
    return list(doubled_log.detect(measured(make_library(*documents))))


def document(policy_id, content, references=()):
    return make_document(
        policy_id,
        content,
        title=f"Title {policy_id}",
        number=f"PHM-{policy_id:03d}",
        passages=lines_as_passages(content),
        references=references,
    )


def test_the_policy_that_is_cited_there_is_the_other_place():
    cue = "Pharmacy signs its own log for the same refrigerator (PHM-002)."
    first = document(1, f"{READ} {cue}", (mention(f"{READ} {cue}", "PHM-002"),))
    second = document(2, "The technician signs the electronic log each morning.")

    (finding,) = found(first, second)

    assert finding.policies == (1, 2)
    assert finding.sentence.startswith(
        "“Title 1” (PHM-001) and “Title 2” (PHM-002) ask for the same record in 2 policies"
    )
    assert quoted(second, finding.evidence[-1].a) == second.text


def test_without_a_citation_the_likest_words_tell():
    first = document(1, READ + "\nThe blue sheet hangs by the white sheet; both are filled in.")
    second = document(2, READ.replace("twice", "once"))
    third = document(3, "The clerk keeps a log of keys.")

    (finding,) = found(first, second, third)

    assert finding.policies == (1, 2)


def test_one_policy_may_double_alone():
    only = document(1, "The nurse enters the check in the flowsheet.\n"
                       "The nurse also writes the same check on the paper log.")  # fmt: skip

    (finding,) = found(only)

    assert finding.policies == (1,)
    assert len(finding.evidence) == 2


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Load is entered on the same sheet; there is no second log.", id="denied"),
        pytest.param("Both nurses sign the log.", id="two people, one log"),
        pytest.param("The nurse signs the log. The clerk signs the roster.", id="two records"),
    ],
)
def test_one_record_is_no_flag(content):
    assert found(document(1, content), document(2, READ)) == []
