"""Asked about one policy, the engine says of it what it says in a scan of the whole library."""

from dataclasses import replace
from pathlib import Path

import pytest

from gross.analysis.relations import of
from gross.analysis.scan import scan
from gross.analysis.types import Document, Library
from gross.intake import read
from tests.analysis.makers import TODAY

FILES = sorted(path for path in (Path(__file__).parents[2] / "demo/library").rglob("*.*"))
IN_GROUPS = {"near_duplicate", "shared_passage"}  # one finding of theirs is about many policies


@pytest.fixture(scope="module")
def library():
    documents = []
    for number, path in enumerate(FILES):
        found = read(path.name, path.read_bytes())
        documents.append(
            Document(
                number,
                str(number),
                found.number,
                found.title,
                found.text,
                found.passages,
                found.dates,
                found.references,
            )
        )
    return Library(tuple(documents), TODAY)


def test_the_relations_of_each_policy_are_those_of_the_whole(library):
    whole = of(library)
    assert len(whole) > 20

    for document in library.documents:
        known = [each for each in whole if document.policy_id in {each.a, each.b}]
        assert list(of(replace(library, about=document.policy_id))) == known, document.title


def test_the_findings_of_a_policy_are_those_of_the_whole(library):
    whole = scan(library).findings

    for about in range(0, len(FILES), 6):
        known = [each for each in whole if about in each.policies]
        found = scan(replace(library, about=about)).findings
        assert [each for each in found if each.detector not in IN_GROUPS] == [
            each for each in known if each.detector not in IN_GROUPS
        ]
        assert {each.detector for each in found} == {each.detector for each in known}
