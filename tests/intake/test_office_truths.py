"""Real files held to what their rendered pages show, written down after looking at them."""

import json
import shutil
from pathlib import Path

import pytest

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.child import ReaderProcess
from tests.intake.shared import data

ROOT = data("office-files").parent
TRUTHS = json.loads(Path(__file__).with_name("office_truths.json").read_text("utf-8"))
CASES = [pytest.param(truth, file, id=file) for truth in TRUTHS for file in truth["files"]]


@pytest.fixture(scope="module")
def reader():
    with ReaderProcess() as process:
        yield process


def test_the_truths_are_about_at_least_40_files():
    assert len(CASES) >= 40


@pytest.mark.parametrize(("truth", "file"), CASES)
def test_a_real_file_is_read_as_its_pages_show_it(truth, file, reader):
    path = ROOT / file
    if path.suffix == ".doc" and shutil.which("soffice") is None:
        pytest.skip(f"LIBREOFFICE IS MISSING: {file} cannot be compared")
    if truth.get("refused"):
        with pytest.raises(Refused, match=path.name):
            reader.read(path.name, path.read_bytes())
        return

    reading = reader.read(path.name, path.read_bytes())

    text = " ".join(reading.text.split())
    rows = [
        [cell.strip() for cell in reading.text[each.start : each.end].split("|")]
        for each in reading.passages
        if each.kind in {PassageKind.ROW, PassageKind.HEADER}
    ]
    links = [[reading.text[each.start : each.end], each.target] for each in reading.links]
    assert reading.title == truth.get("title", reading.title)
    assert [quote for quote in truth["quotes"] if quote not in text] == []
    assert [row for row in truth.get("rows", []) if row not in rows] == []
    assert [link for link in truth.get("links", []) if link not in links] == []
    assert truth.get("warning", "") in " ".join(reading.warnings)
