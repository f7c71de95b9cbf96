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

# The manifest was written for readers that take no old Word and no RTF: "reject:type" says so, and
# not that the content is bad. They are read here, or refused for their damage.
READ_HERE = (".doc", ".rtf")


@pytest.fixture(scope="module")
def reader():
    with ReaderProcess() as process:
        yield process


def objection(row, reading, refusal):
    """How the outcome differs from the manifest's words, "" when it does not."""
    expect = row["expect"]
    if expect == "reject:type" and row["file"].endswith(READ_HERE):
        expect = "either"
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
    assert objection(row, reading, refusal) == ""
