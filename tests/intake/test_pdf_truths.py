"""What a person saw on the rendered pages of real PDF files, held against what was read."""

import json
from pathlib import Path

import pytest

from gross.intake.child import read_guarded
from tests.intake.shared import data

TRUTHS = json.loads(Path(__file__).with_name("pdf_truths.json").read_text(encoding="utf-8"))
ROOT = data("office-files").parent
FONT_WITHOUT_LETTERS = (
    "basecamp+policies/privacy_regulations_dpa_Basecamp_Data_Processing_Addendum_"
)

# What is not yet as it was seen. A test fails when one becomes right: the list only shrinks.
DIFFERENCES = {
    ("Security_Overview.pdf", "title"): "it stands in the running header alone",
    ("IH-Eradication.pdf", "title"): "it stands beside a blank date in small capitals",
    ("IH-Identification.pdf", "title"): "the same",
    ("IH-Survey.pdf", "title"): "the same",
}


def read_truth(truth):
    path = ROOT / truth["file"]
    return read_guarded(path.name, path.read_bytes())


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth["file"].rpartition("/")[2])
def test_a_real_pdf_reads_as_it_shows(truth):
    reading = read_truth(truth)
    flat = " ".join(reading.text.split())
    places = [flat.find(quote) for quote in truth["quotes"]]
    seen = {
        "title": reading.title.casefold(),
        "number": reading.number,
        "dates": {name: str(value) for name, value in reading.dates.items()},
    }
    wrong = {
        name
        for name, value in seen.items()
        if value != (truth[name].casefold() if name == "title" else truth[name])
    }
    known = {name for end, name in DIFFERENCES if truth["file"].endswith(end)}

    assert -1 not in places, [q for q, at in zip(truth["quotes"], places, strict=True) if at < 0]
    assert places == sorted(places)
    assert not [words for words in truth["absent"] if words in flat]
    assert wrong == known


def test_a_font_that_does_not_tell_its_letters_needs_ocr():
    path = ROOT / f"office-files/{FONT_WITHOUT_LETTERS}v201805.pdf"
    reading = read_guarded(path.name, path.read_bytes())

    assert len(reading.image_pages) >= 24
    assert "needs OCR" in reading.warnings[0]
    assert "7KLV" not in reading.text
