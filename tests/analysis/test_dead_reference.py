import pytest

from gross.analysis.detectors import dead_reference
from gross.analysis.types import Kind
from tests.analysis.makers import make_document, make_library, mention, quoted

OTHERS = (
    make_document(2, "x", number="NUR-230", title="Fall Prevention"),
    make_document(3, "y", number="IC-014", title="Hand Hygiene"),
    make_document(4, "z", number="NUR-007", title="Paper Charts", retired=True),
)


def citing(content, number="", title=""):
    reference = mention(content, number, title)
    return make_document(1, content, number="NUR-100", title="Rounding", references=(reference,))


def found(document, others=OTHERS):
    return list(dead_reference.detect(make_library(document, *others)))


@pytest.mark.parametrize(
    ("content", "number", "dead"),
    [
        pytest.param("See NUR-231.", "NUR-231", True, id="no such number"),
        pytest.param("See nur 230.", "nur 230", False, id="another way to write a number"),
        pytest.param("See Policy NUR230.", "Policy NUR230", False, id="with the word policy"),
        pytest.param("See IC-14.", "IC-14", False, id="without leading zeros"),
        pytest.param("See NUR-007.", "NUR-007", True, id="retired"),
        pytest.param("This is NUR-100.", "NUR-100", False, id="itself"),
        pytest.param("Use form FRM-12.", "FRM-12", False, id="a scheme that no policy has"),
        pytest.param("Under 45 CFR 164.316 staff", "164.316", False, id="a law"),
        pytest.param("Complete Form NUR-555.", "NUR-555", False, id="a form"),
        pytest.param("Supersedes: NUR-055", "NUR-055", False, id="what it supersedes"),
        pytest.param("This replaces NUR-055.", "NUR-055", False, id="what it replaces"),
        pytest.param("Use room NUR-211.", "NUR-211", False, id="a room"),
        pytest.param("Go to NUR-23 at once.", "NUR-23", False, id="fewer digits than any policy"),
        pytest.param("See 8.16.", "8.16", False, id="bare numbers where no policy has one"),
    ],
)
def test_numbers(content, number, dead):
    assert bool(found(citing(content, number))) is dead


@pytest.mark.parametrize(
    ("content", "title", "dead"),
    [
        pytest.param("See the Wound Care Rounds policy.", "Wound Care Rounds", True, id="unknown"),
        pytest.param("See the Hand Hygiene policy.", "Hand Hygiene", False, id="known"),
        pytest.param("See the Hand Hygeine policy.", "Hand Hygeine", False, id="misspelled"),
        pytest.param("Read Paper Charts, a policy.", "Paper Charts", True, id="retired"),
        pytest.param("See the Privacy policy.", "Privacy", False, id="a short name of any policy"),
        pytest.param("Read Wound Care Rounds again.", "Wound Care Rounds", False, id="no policy"),
    ],
)
def test_titles(content, title, dead):
    assert bool(found(citing(content, title=title))) is dead


def test_the_sentence_names_the_nearest_and_the_evidence_is_the_mention():
    document = citing("After a fall see NUR-231 at once.", "NUR-231")

    (finding,) = found(document)

    assert finding.kind is Kind.OUTDATED
    assert finding.sentence == (
        "“Rounding” (NUR-100) cites NUR-231, which is no policy of this library; "
        "nearest: “Fall Prevention” (NUR-230)."
    )
    assert quoted(document, finding.evidence[0].a) == "NUR-231"


def test_a_retired_target_is_named():
    (finding,) = found(citing("See NUR-007.", "NUR-007"))

    assert finding.sentence == (
        "“Rounding” (NUR-100) cites NUR-007: “Paper Charts” (NUR-007) is retired."
    )


def test_bare_numbers_count_once_three_policies_have_them():
    three = [make_document(n, "x", number=f"8.{n}") for n in (11, 12, 13)]

    assert found(citing("See 8.16.", "8.16"), three)
    assert not found(citing("See 8.16.", "8.16"), three[:2])


def test_mentions_of_one_number_are_one_finding():
    content = "See NUR-231. And again nur 231."
    references = (mention(content, "NUR-231"), mention(content, "nur 231"))
    document = make_document(1, content, number="NUR-100", references=references)

    (finding,) = found(document)

    assert [quoted(document, each.a) for each in finding.evidence] == ["NUR-231", "nur 231"]


def test_a_dead_number_whose_title_lives_on_names_that_policy_first():
    content = "See Hand Hygiene (NUR-900)."
    reference = mention(content, "NUR-900")
    titled = type(reference)(reference.start, reference.end, "NUR-900", "Hand Hygiene")
    document = make_document(1, content, number="NUR-100", references=(titled,))

    (finding,) = found(document)

    assert "cites “Hand Hygiene” (NUR-900), which is no policy" in finding.sentence
    assert "nearest: “Hand Hygiene” (IC-014)" in finding.sentence
