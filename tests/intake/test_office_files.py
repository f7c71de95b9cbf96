"""Real office files of other organisations are read, or refused in a sentence that names them."""

import pytest

from gross.domain.errors import Refused
from gross.intake.child import ReaderProcess
from tests.intake.shared import data

FILES = sorted(path for path in data("office-files").rglob("*") if path.is_file())
READABLE = {".pdf", ".docx", ".doc", ".xlsx"}


@pytest.fixture(scope="module")
def reader():
    with ReaderProcess() as process:
        yield process


def outcome(reader, path):
    """The reading, and the sentence that refused it."""
    try:
        return reader.read(path.name, path.read_bytes()), ""
    except Refused as refusal:
        return None, str(refusal)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_office_file_is_read_or_refused_in_one_sentence(path, reader):
    reading, refusal = outcome(reader, path)

    if reading is None:
        assert refusal.startswith(path.name)
        assert refusal.endswith(".")
        assert "crashed" not in refusal
        assert "longer than" not in refusal
    else:
        assert path.suffix in READABLE
        assert reading.title
        assert reading.passages or reading.warnings


def test_most_of_the_office_files_are_read(reader):
    documents = [path for path in FILES if path.suffix in READABLE - {".doc"}]
    readings = [outcome(reader, path)[0] for path in documents]

    assert sum(bool(reading and reading.text) for reading in readings) >= 0.6 * len(documents)
