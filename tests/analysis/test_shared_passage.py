import pytest

from gross.analysis.detectors import shared_passage
from gross.analysis.types import Kind
from tests.analysis.makers import make_document, make_library, prose, quoted, text


def found(*documents):
    return list(shared_passage.detect(make_library(*documents)))


def holding(policy_id, words, *, title="", number=""):
    shared = " ".join(prose("shared", words))
    content = f"{text(f'{policy_id} before', 120)}\n{shared}\n{text(f'{policy_id} after', 120)}"
    return make_document(policy_id, content, title=title, number=number)


def others(count):
    """Policies that have nothing in common, so that a small library is not all family."""
    return [make_document(1000 + n, text(f"other {n}", 60)) for n in range(count)]


def test_a_passage_of_two_policies_is_quoted_from_both():
    one = holding(1, 48, title="Falls", number="NUR-1")
    two = holding(2, 48, title="Restraints", number="NUR-2")

    (finding,) = found(one, two)

    assert finding.kind is Kind.OVERLAPPING
    assert finding.policies == (1, 2)
    assert finding.sentence == (
        "“Falls” (NUR-1) and “Restraints” (NUR-2) share a passage of 48 words."
    )
    (evidence,) = finding.evidence
    assert quoted(one, evidence.a) == quoted(two, evidence.b) == " ".join(prose("shared", 48))


def test_it_takes_twenty_four_words():
    assert found(holding(1, 24), holding(2, 24))
    assert not found(holding(1, 23), holding(2, 23))


def test_a_short_passage_that_is_half_reworded_proves_nothing():
    one, two = holding(1, 48), make_document(2, text("other", 120))
    words = prose("shared", 48)
    reworded = [f"{word}ish" if n % 8 > 4 else word for n, word in enumerate(words)]

    assert not found(one, make_document(2, f"{two.text}\n{' '.join(reworded)}"))


@pytest.mark.parametrize("policies", [4, 6, 10])
def test_a_passage_in_many_policies_is_one_finding(policies):
    (finding,) = found(*(holding(n, 48) for n in range(policies)), *others(30))

    assert sorted(finding.policies) == list(range(policies))
    assert finding.sentence.startswith(f"One passage of 48 words stands in {policies} policies: ")
    assert {which for evidence in finding.evidence for which in evidence.of} == set(range(policies))


def test_three_policies_are_told_in_pairs():
    assert len(found(*(holding(n, 48) for n in range(3)), *others(30))) == 3


def test_boilerplate_of_the_whole_library_is_no_finding():
    assert not found(*(holding(n, 48) for n in range(30)))


def reworded(seed, *, again):
    """Ten stretches of 48 words, a third of them changed `again`; 60 turned round in between."""
    words = []
    for part in range(10):
        stretch, between = prose(f"{seed} {part}", 48), prose(f"{seed} {part} between", 60)
        if again:
            stretch = [f"{word}ish" if n % 12 > 7 else word for n, word in enumerate(stretch)]
            between.reverse()
        words += stretch + between
    return " ".join(words)


def test_a_policy_in_other_words_is_found_though_no_passage_proves_it():
    one = make_document(1, reworded("hands", again=False), title="Hand Hygiene", number="IC-1")
    two = make_document(2, reworded("hands", again=True), title="Clean Hands", number="IC-2")

    (finding,) = found(one, two, *others(30))

    assert finding.sentence.startswith(
        "“Hand Hygiene” (IC-1) and “Clean Hands” (IC-2) say much the same in other words: "
        "10 passages of "
    )
    assert len(finding.evidence) == 10


def test_weak_passages_amid_other_words_are_no_finding():
    one = make_document(1, reworded("hands", again=False) + text("one", 3000))
    two = make_document(2, reworded("hands", again=True) + text("two", 3000))

    assert not found(one, two, *others(30))


def test_copies_do_not_overlap_with_each_other():
    assert not found(make_document(1, text("x", 240)), make_document(2, text("x", 240)))
