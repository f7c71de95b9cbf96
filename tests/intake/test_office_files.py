"""Real office files of other organisations are read, or refused in a sentence that names them."""

import pytest

from gross.domain.errors import Refused
from gross.intake.child import ReaderProcess
from tests.intake.shared import data

FILES = sorted(path for path in data("office-files").rglob("*") if path.is_file())
READABLE = {".pdf", ".docx"}


@pytest.fixture(scope="module")
def reader():
    with ReaderProcess() as process:
        yield process


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_office_file_is_read_or_refused_in_one_sentence(path, reader):
    try:
        reading = reader.read(path.name, path.read_bytes())
    except Refused as refusal:
        assert str(refusal).startswith(path.name)
        assert str(refusal).endswith(".")
        assert "crashed" not in str(refusal)
        assert "longer than" not in str(refusal)
    else:
        assert path.suffix in READABLE
        assert reading.title
        assert reading.passages or reading.warnings


def test_most_of_the_office_files_are_read(reader):
    documents = [path for path in FILES if path.suffix in READABLE]
    texts = []
    for path in documents:
        try:
            texts.append(reader.read(path.name, path.read_bytes()).text)
        except Refused:
            texts.append("")

    assert sum(map(bool, texts)) >= 0.6 * len(documents)
