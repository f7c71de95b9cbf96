from gross.analysis.detectors import contained
from gross.analysis.types import Kind
from tests.analysis.makers import make_document, make_library, prose, quoted, text


def found(*documents):
    return list(contained.detect(make_library(*documents)))


def inner(shared, own):
    return " ".join([*prose("shared", shared), *prose("own", own)])


OUTER = text("before", 240) + "\n" + " ".join(prose("shared", 100)) + "\n" + text("after", 240)


def test_a_policy_inside_another_is_found_and_named_first():
    outer = make_document(1, OUTER, title="Nursing Manual", number="NUR-001")
    small = make_document(2, inner(100, 0), title="Hand Hygiene", number="IC-014")

    (finding,) = found(outer, small)

    assert finding.kind is Kind.CONTAINED
    assert finding.policies == (2, 1)
    assert finding.sentence == (
        "“Hand Hygiene” (IC-014) stands inside “Nursing Manual” (NUR-001): 100% of its words."
    )
    (evidence,) = finding.evidence
    assert evidence.of == (1, 0)
    assert quoted(outer, evidence.a) == quoted(small, evidence.b)


def test_it_takes_seven_tenths_of_the_inner_one():
    assert found(make_document(1, OUTER), make_document(2, inner(100, 42)))
    assert not found(make_document(1, OUTER), make_document(2, inner(100, 44)))


def test_copies_share_one_finding():
    outers = [make_document(n, OUTER + f" Site {n}.") for n in (1, 2, 3)]

    (finding,) = found(*outers, make_document(9, inner(100, 0)))

    assert finding.policies[0] == 9
    assert set(finding.policies) == {1, 2, 3, 9}
    assert "; so it is with their copies " in finding.sentence


def test_a_copy_is_not_inside_its_copy():
    assert not found(make_document(1, OUTER), make_document(2, OUTER + " More."))
