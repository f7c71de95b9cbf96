"""Damaged, hostile and odd files, each through the guarded reader as its manifest says."""

import csv
import time

import pytest

from gross.domain.errors import Refused
from gross.intake.child import ReaderProcess
from tests.intake.shared import data

FOLDER = data("broken-files")
with (FOLDER / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t"))

# What is not yet as the manifest says. A test fails when one becomes right: the list only shrinks.
DIFFERENCES = {
    "found/pdf.js/encrypted-attachment.pdf": "only its attachment is encrypted",
    "found/qpdf/issue-147.pdf": "91 bytes: refused as damaged, before any encryption is met",
    "found/qpdf/23642.fuzz": "refused for its extension",
    "found/pikepdf/378014596.pdf": "pdfium repairs it, and gives pages without text",
    "found/tika/testRTFWordPadCzechCharacters.rtf": "RTF is read here",
}


@pytest.fixture(scope="module")
def reader():
    with ReaderProcess() as process:
        yield process


def objection(row, reading, refusal):
    """How the outcome differs from the manifest's words, "" when it does not."""
    expect = row["expect"]
    if expect.startswith("parse") and refusal:
        return f"refused: {refusal}"
    if expect.startswith("reject") and reading:
        return "read, where it should be refused"
    if expect == "reject:password" and "password" not in refusal:
        return f"refused, but not for its password: {refusal}"
    if expect == "parse:no-text" and (reading.text.strip() or not reading.warnings):
        return f"gave text, or no warning: {reading.text[:80]!r}"
    return _objection_to_text(row, reading.text) if reading else ""


def _objection_to_text(row, text):
    missing = [word for word in row["must_contain"].split("|") if word and word not in text]
    leaked = [word for word in row["must_not_contain"].split("|") if word and word in text]
    return f"missing {missing}, leaked {leaked}" if missing or leaked else ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"].removeprefix("found/"))
def test_a_broken_file_ends_as_its_manifest_says(row, reader):
    content = (FOLDER / row["file"]).read_bytes()
    reading, refusal = None, ""
    started = time.monotonic()
    try:
        reading = reader.read(row["file"].rpartition("/")[2], content)
    except Refused as error:
        refusal = str(error)

    assert time.monotonic() - started < float(row["max_seconds"]) + 5
    assert "crashed" not in refusal
    assert bool(objection(row, reading, refusal)) == (row["file"] in DIFFERENCES)


def test_the_list_of_differences_names_only_files_of_the_manifest():
    assert {row["file"] for row in ROWS} >= DIFFERENCES.keys()
