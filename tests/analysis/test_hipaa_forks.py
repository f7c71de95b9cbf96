"""287 real policies of 12 organisations: effects that hold, a little below what was measured."""

from __future__ import annotations

import pytest

from benchmarks.hipaa_forks import folder, load, quality
from gross.analysis.scan import scan

if not (folder() / "truth.jsonl").is_file():
    message = f"real documents are missing: {folder()}; set GROSS_SHARED to the folder of data/"
    pytest.skip(message, allow_module_level=True)


@pytest.fixture(scope="module")
def real():
    return load(folder())


@pytest.fixture(scope="module")
def findings(real):
    return scan(real[0]).findings


def test_policies_of_one_origin_are_found_together(real, findings):
    found = quality(findings, real[1])

    assert found.recall >= 0.97
    assert found.hard_recall >= 0.55
    assert found.precision_set_aside >= 0.97


def test_every_quote_is_exact(real, findings):
    documents = {document.policy_id: document for document in real[0].documents}
    for finding in findings:
        assert finding.evidence
        for evidence in finding.evidence:
            spans = [evidence.a, *([evidence.b] if evidence.b else [])]
            for span, which in zip(spans, evidence.of, strict=True):
                content = documents[finding.policies[which]].text
                assert 0 <= span.start < span.end <= len(content)
                quote = content[span.start : span.end]
                assert quote == quote.strip()


def test_a_topic_of_twelve_organisations_is_one_family(real, findings):
    topics = real[1].topics
    families = [
        {topics[policy] for policy in finding.policies}
        for finding in findings
        if finding.detector == "near_duplicate" and len(finding.policies) >= 8
    ]

    assert sum(len(family) == 1 for family in families) >= 15
