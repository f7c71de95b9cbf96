"""What every detector owes, whatever it looks for."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from gross.analysis import detectors, relations
from gross.analysis.desk import Here
from gross.analysis.knowledge.superseded_terms import terms
from gross.analysis.measuring import measured
from gross.analysis.scan import scan
from gross.domain.passage import Passage, PassageKind
from gross.domain.reference import Reference
from tests.analysis.makers import make_document, make_library, text

ODD = {
    "empty": "",
    "a space": " ",
    "one letter": "a",
    "a long word": "A" * 5000,
    "CRLF": "Wash hands.\r\n\r\nWash hands.\r\n",
    "emoji and Chinese": "Ärzte – 手指衛生 🧼 👩🏽‍⚕️ " * 20,
    "NUL": "\x00\x00",
    "a lone surrogate": "hand \ud800 hygiene",
    "numbering alone": "1.\n2.\n3)\n4.1.2\n",
    "signs": "1.\t§ 2(b)",
    "terms": "Call JCAHO. Use the MSDS.\nSee NUR-231 and policy POL-999.",
    "asks": "Both logs are kept. The form is signed by the nurse, the manager, the director, "
    "the CEO and the board. This ends on March 3, 2019. The Nursing Council was dissolved in 2020.",
    "prose": text("prose", 240),
    "prose in CRLF": text("prose", 240).replace("\n", "\r\n"),
    "prose with emoji": "🧼🧼 " + text("prose", 240).replace(". ", ". 🧼 "),
}
DATES = {"last_reviewed": "2001-01-01"}


def library_of(contents):
    documents = []
    for policy_id, content in enumerate(contents, start=1):
        end = len(content.split(maxsplit=1)[0]) if content[:1].strip() else 0
        passages = (Passage(0, end, PassageKind.HEADER),) if end else ()
        references = (Reference(0, end, "POL-999"),) if end else ()
        documents.append(
            make_document(policy_id, content, passages=passages, dates=DATES, references=references)
        )
    return measured(make_library(*documents, terms=terms()))


LIBRARY = library_of([*ODD.values(), *ODD.values()])


@pytest.fixture(params=detectors.ALL, ids=lambda detector: detector.name)
def detector(request):
    return request.param


def assert_sound(findings, library, detector):
    documents = {document.policy_id: document for document in library.documents}
    for finding in findings:
        assert finding.detector == detector.name
        assert finding.kind is detector.kind
        assert len(set(finding.policies)) == len(finding.policies) >= 1
        assert 0 < finding.score <= 1
        assert finding.sentence.endswith(".")
        for evidence in finding.evidence:
            for span, which in zip((evidence.a, evidence.b), (*evidence.of, None), strict=False):
                if span is not None:
                    whole = documents[finding.policies[which]].text
                    assert 0 <= span.start < span.end <= len(whole)
                    assert whole[span.start : span.end] == whole[span.start : span.end].strip()
                    assert not (whole[span.start - 1 : span.start + 1].isalnum() and span.start)
                    assert not whole[span.end - 1 : span.end + 1].isalnum() or span.end == len(
                        whole
                    )


def test_findings_on_odd_texts_are_sound_and_the_same_twice(detector):
    found = list(detector.detect(LIBRARY))

    assert_sound(found, LIBRARY, detector)
    assert found == list(detector.detect(LIBRARY))


def test_a_policy_alone_is_at_fault_with_nobody(detector):
    document = make_document(1, "Wash hands before and after each contact with a patient.")

    assert list(detector.detect(make_library(document, terms=terms()))) == []


def test_an_empty_library_has_no_findings(detector):
    assert list(detector.detect(make_library())) == []


def test_retired_policies_are_never_flagged(detector):
    document = make_document(1, ODD["terms"], dates=DATES, retired=True)
    other = make_document(2, ODD["terms"], dates=DATES, retired=True)

    assert list(detector.detect(make_library(document, other, terms=terms()))) == []


class Counting(Here):
    """The engine of this process, which counts the pairs that it lays side by side."""

    pairs = 0

    def aligned(self, desk, pairs):
        self.pairs += len(pairs)
        return super().aligned(desk, pairs)


def boilerplate(lines):
    said = "Printed copies of this page are not controlled.\n" * lines
    return [said + text(own, 60) for own in "ab"]


LARGE = {
    "5 MB of one word, twice": ([" ".join(["word"] * 1_000_000)] * 2, 1),
    "50 identical documents": ([text("copy", 400)] * 50, 49),
    "10,000 lines of boilerplate": (boilerplate(10_000), 1),
    "1 MB of line ends and of NUL": (["\n" * 1_000_000, "\x00" * 1_000_000], 0),
}


@pytest.mark.parametrize(("contents", "most_pairs"), LARGE.values(), ids=LARGE)
def test_large_and_monotonous_texts_are_read_whole_and_few_pairs_compared(contents, most_pairs):
    """A family of n copies costs n - 1 pairs, each with its leader, and never all n² / 2."""
    library, engine = library_of(contents), Counting()

    findings = scan(library, engine=engine).findings

    assert engine.pairs <= most_pairs
    assert findings == scan(library).findings
    for detector in detectors.ALL:
        assert_sound(
            [each for each in findings if each.detector == detector.name], library, detector
        )


def calls(act):
    """How many functions run while it acts, ours and C's: what it costs, on any machine."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


GROWING = {
    "one word": lambda size: [" ".join(["word"] * 2_000 * size)] * 2,
    "identical documents": lambda size: [text("copy", 240) + "\nBoth logs are kept."] * 6 * size,
    "boilerplate": lambda size: boilerplate(500 * size),
    "odd texts": lambda size: [each * size for each in ODD.values() for _ in range(2)],
}


@pytest.mark.parametrize("contents", GROWING.values(), ids=GROWING)
def test_twice_as_much_costs_no_more_than_twice_as_much_work(contents, detector):
    small, large = (library_of(contents(size)) for size in (4, 8))
    small = replace(small, relations=relations.of(small))
    large = replace(large, relations=relations.of(large))
    list(detector.detect(small))  # what is made once is made

    once, twice = (
        calls(lambda: list(detector.detect(small))),
        calls(lambda: list(detector.detect(large))),
    )

    assert twice <= 2.2 * once + 500


@pytest.mark.parametrize("contents", GROWING.values(), ids=GROWING)
def test_twice_as_much_is_related_at_no_more_than_twice_the_work(contents):
    small, large = (library_of(contents(size)) for size in (4, 8))
    relations.of(small)

    once, twice = calls(lambda: relations.of(small)), calls(lambda: relations.of(large))

    assert twice <= 2.2 * once + 500


def test_fifty_identical_documents_are_one_finding():
    library = make_library(*(make_document(number, text("x", 400)) for number in range(50)))

    findings = scan(library).findings

    assert [len(finding.policies) for finding in findings] == [50]


def test_names_are_unique():
    assert len({detector.name for detector in detectors.ALL}) == len(detectors.ALL)
