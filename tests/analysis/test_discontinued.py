from dataclasses import replace

import pytest

from gross.analysis.detectors import discontinued
from gross.domain.passage import PassageKind
from tests.analysis.makers import lines_as_passages, make_document, make_library, quoted

GONE = "Phones. The hospital's paging system was switched off on June 30, 2023."


def found(content, other=GONE):
    documents = (
        make_document(1, content, title="Spills", number="A-1"),
        make_document(2, other, title="Phones", number="B-2"),
    )
    return documents, list(discontinued.detect(make_library(*documents)))


def test_a_policy_that_relies_on_what_is_gone_is_shown_beside_the_one_that_says_so():
    documents, (finding,) = found("Call the desk. The officer is reached by pager.")

    assert finding.sentence == (
        "“Spills” (A-1) relies on the paging system, of which “Phones” (B-2) says that it "
        "was switched off on June 30, 2023."
    )
    (evidence,) = finding.evidence
    assert quoted(documents[0], evidence.a) == "The officer is reached by pager."
    assert quoted(documents[1], evidence.b).startswith("The hospital's paging system")


@pytest.mark.parametrize(
    ("content", "other"),
    [
        pytest.param("Order in RadTrack.", "RadTrack was decommissioned in 2021.", id="a name"),
        pytest.param("Use form QA-17.", "Form QA-17 was discontinued in 2019.", id="a form"),
        pytest.param(
            "Ask the Forms Committee.", "The Forms Committee has been dissolved.", id="a body"
        ),
    ],
)
def test_names_of_systems_forms_and_bodies_are_found(content, other):
    assert len(found(content, other)[1]) == 1


@pytest.mark.parametrize(
    ("content", "other"),
    [
        pytest.param("Page the doctor.", GONE, id="another word"),
        pytest.param("RadTrack, now retired, holds scans.", "RadTrack was shut down in 2021.",
                     id="told as past"),
        pytest.param("Test the suction system.", "The suction system was taken out of service on "
                     "May 3, 2024 for repair.", id="for a while"),
        pytest.param("Close the case.", "The case was closed in 2021.", id="no name"),
        pytest.param("Ask the Forms Committee.", "The Forms Committee was closed at noon.",
                     id="no year"),
    ],
)  # fmt: skip
def test_what_is_not_gone_is_left_alone(content, other):
    assert found(content, other)[1] == []


@pytest.mark.parametrize(("label", "count"), [("Owner", 1), ("Title", 0)])
def test_of_header_data_only_the_owner_is_relied_on(label, count):
    header = f"{label}: Nursing Practice Council"
    passages = lines_as_passages(header, {0: PassageKind.HEADER})
    documents = (
        make_document(1, header, passages=passages),
        make_document(2, "The Nursing Practice Council was dissolved in 2022."),
    )

    assert len(list(discontinued.detect(make_library(*documents)))) == count


def test_a_draft_that_says_so_is_shown_who_relies_on_it():
    documents = make_document(1, "Reached by pager."), make_document(2, GONE)

    library = replace(make_library(*documents), about=2)

    assert [finding.policies for finding in discontinued.detect(library)] == [(1, 2)]


def test_the_policy_that_says_so_is_not_flagged():
    document = make_document(1, GONE + " A pager found is sent to Telecommunications.")

    assert list(discontinued.detect(make_library(document))) == []
