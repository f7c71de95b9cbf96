"""240 phrases labelled by hand before the detectors were: half tuned on, half only measured.

`labelled/outdated.jsonl`: each text is a policy of its own; `others` stand in the library with it.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from gross.analysis import detectors
from gross.analysis.detectors import overdue_review
from gross.analysis.knowledge.superseded_terms import terms
from gross.analysis.types import Kind
from gross.intake.references import find_references
from tests.analysis.makers import lines_as_passages, make_document, make_library

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "labelled" / "outdated.jsonl").read_text().splitlines()
]
USING = [
    each
    for each in detectors.ALL
    if each.kind is Kind.OUTDATED and each.name != overdue_review.NAME
]
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.90


def document_of(policy_id, text, number, title):
    passages = lines_as_passages(text)
    return make_document(
        policy_id,
        text,
        number=number,
        title=title,
        passages=passages,
        references=find_references(text, passages, number),
    )


def is_flagged(row):
    others = enumerate(row.get("others", ()), start=2)
    library = make_library(
        document_of(1, row["text"], "XX-900", "A policy"),
        *(document_of(at, each["text"], each["number"], each["title"]) for at, each in others),
        terms=terms(),
    )
    return any(
        finding.policies[0] == 1 for detector in USING for finding in detector.detect(library)
    )


def test_the_set_is_as_large_as_it_says():
    counts = Counter((row["half"], row["outdated"]) for row in ROWS)
    assert set(counts.values()) == {60}
    assert len({row["text"] for row in ROWS}) == 240


@pytest.mark.parametrize("half", ["tuned", "untouched"])
def test_outdated_phrases_are_told_from_others(half, capsys):
    told = Counter((row["outdated"], is_flagged(row)) for row in ROWS if row["half"] == half)
    found, false, missed = told[True, True], told[False, True], told[True, False]
    precision, recall = found / (found + false), found / (found + missed)

    with capsys.disabled():
        sys.stdout.write(
            f"\noutdated, {half} half: precision {precision:.3f}, recall {recall:.3f}\n"
        )

    assert precision >= LEAST_PRECISION
    assert recall >= LEAST_RECALL
