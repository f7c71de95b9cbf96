"""Word documents that cover each feature of the format, held to the truth written by hand.

`fidelity/rendered.json` keeps the numbers that LibreOffice shows; where it is installed, they are
rendered anew and compared.
"""

import json
import shutil
from pathlib import Path

import pytest

from gross.intake import read
from gross.intake.as_json import from_json, to_json
from tests.intake.fidelity import arranged, changed, numbered, written
from tests.intake.fidelity.pieces import docx
from tests.intake.fidelity.rendering import RENDERED, as_rendered, rendered_anew

CASES = (*numbered.CASES, *changed.CASES, *written.CASES, *arranged.CASES)
cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def lines_of(reading):
    return tuple(line for line in reading.text.split("\n") if line)


def test_the_set_covers_at_least_60_documents_of_different_names():
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@cases
def test_the_text_in_reading_order_is_the_truth(case):
    assert lines_of(read("a.docx", docx(case))) == case.lines


@cases
def test_what_is_no_text_is_kept_aside_at_its_place(case):
    reading = read("a.docx", docx(case))

    def line_at(at):
        start, end = reading.text.rfind("\n", 0, at) + 1, reading.text.find("\n", at)
        return reading.text[start : end if end >= 0 else None]

    assert tuple((each.kind, each.text, line_at(each.at)) for each in reading.asides) == case.asides


@cases
def test_links_have_their_words_and_targets(case):
    reading = read("a.docx", docx(case))

    found = tuple((reading.text[each.start : each.end], each.target) for each in reading.links)
    assert found == case.links


@cases
def test_what_was_not_read_is_warned_of(case):
    reading = read("a.docx", docx(case))

    found = [each for each in reading.warnings if "was not read" in each]
    assert found == [
        f"a.docx holds {what}, which was not read; look at the original." for what in case.warnings
    ]


@pytest.mark.parametrize("case", [case for case in CASES if case.kinds], ids=lambda case: case.name)
def test_each_passage_is_of_its_kind(case):
    assert tuple(str(each.kind) for each in read("a.docx", docx(case)).passages) == case.kinds


@cases
def test_a_reading_comes_back_from_json_as_it_was(case):
    reading = read("a.docx", docx(case))

    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


@pytest.mark.parametrize(
    "case",
    [case for case in numbered.CASES if case.name not in numbered.NOT_RENDERED],
    ids=lambda case: case.name,
)
def test_the_numbers_are_those_that_a_page_shows(case):
    rendered = json.loads(RENDERED.read_text("utf-8"))[case.name]

    assert as_rendered(lines_of(read("a.docx", docx(case)))) == rendered


def test_the_rendered_numbers_are_still_what_libreoffice_shows(tmp_path: Path):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LIBREOFFICE IS MISSING: its numbers are compared as they were kept")

    assert rendered_anew(program, tmp_path) == json.loads(RENDERED.read_text("utf-8"))
