from gross.analysis.detectors import near_duplicate
from gross.analysis.types import Kind
from gross.domain.passage import PassageKind
from tests.analysis.makers import (
    lines_as_passages,
    make_document,
    make_library,
    prose,
    quoted,
    text,
)


def found(*documents):
    return list(near_duplicate.detect(make_library(*documents)))


def halves(shared, own, which):
    """A text whose first `shared` words stand in all texts made so, the rest in this one alone."""
    return " ".join([*prose("shared", shared), *prose(f"own {which}", own)])


def test_two_copies_are_one_finding_that_quotes_both():
    one = make_document(1, text("hands", 240), title="Hand Hygiene", number="IC-014")
    two = make_document(2, "Draft. " + text("hands", 240), title="Hand Washing", number="NUR-231")
    three = make_document(3, text("parking", 240))

    (finding,) = found(one, two, three)

    assert finding.kind is Kind.REDUNDANT
    assert set(finding.policies) == {1, 2}
    (evidence,) = finding.evidence
    documents = {1: one, 2: two}
    a, b = (documents[finding.policies[which]] for which in evidence.of)
    assert quoted(a, evidence.a) == quoted(b, evidence.b) == text("hands", 240).rstrip(".")


def test_the_sentence_counts_the_passages():
    content = text("hands", 480)
    one = make_document(1, content, title="Hand Hygiene", number="IC-014")
    more = content + "\n" + text("nails", 48)
    two = make_document(
        2, more, title="Hand Washing", number="NUR-231", passages=lines_as_passages(more)
    )

    (finding,) = found(one, two)

    assert finding.sentence == (
        "“Hand Washing” (NUR-231) says almost all of what “Hand Hygiene” (IC-014) says: "
        "10 of its 11 passages stand there."
    )


def test_a_family_of_copies_is_one_finding_with_a_proof_for_each():
    copies = [make_document(n, text("hands", 240) + f" Site {n}.") for n in range(1, 41)]

    (finding,) = found(*copies)

    assert sorted(finding.policies) == list(range(1, 41))
    assert {which for evidence in finding.evidence for which in evidence.of} == set(range(40))
    assert finding.sentence.startswith("40 policies say much the same: ")


def test_it_takes_more_than_half_of_both():
    assert found(*(make_document(n, halves(120, 80, n)) for n in (1, 2)))
    assert not found(*(make_document(n, halves(100, 100, n)) for n in (1, 2)))


def test_a_short_policy_inside_a_long_one_is_not_redundant():
    assert not found(make_document(1, halves(200, 0, 1)), make_document(2, halves(200, 400, 2)))


def test_a_stub_is_redundant_with_nothing():
    assert found(*(make_document(n, " ".join(prose("stub", 30))) for n in (1, 2)))
    assert not found(*(make_document(n, " ".join(prose("stub", 29))) for n in (1, 2)))


def test_policies_of_different_departments_that_share_only_boilerplate_are_no_copies():
    standard = text("standard paragraphs of this hospital", 200)
    library = [make_document(n, f"{text(n, 90)}\n{standard}") for n in range(1, 31)]

    assert not found(*library)


def test_two_near_misses_in_a_small_library_that_share_a_paragraph_are_no_copies():
    standard = text("standard paragraph", 60)

    assert not found(*(make_document(n, f"{text(n, 120)}\n{standard}") for n in (1, 2, 3)))


def test_the_same_header_data_makes_no_copies():
    header = "Policy number: 12\nOwner: " + " ".join(prose("owner", 60))
    passages = {0: PassageKind.HEADER, 1: PassageKind.HEADER}
    documents = []
    for n in (1, 2):
        content = f"{header}\n{text(n, 40)}"
        documents.append(make_document(n, content, passages=lines_as_passages(content, passages)))

    assert not found(*documents)


def test_numbering_accents_and_case_do_not_hide_a_copy():
    plain = text("hands", 240)
    lines = plain.split("\n")
    numbered = "\n".join(f"4.{n}. {line.upper()}" for n, line in enumerate(lines, start=1))

    assert found(make_document(1, plain), make_document(2, numbered.replace("E", "É")))
