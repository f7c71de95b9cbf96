"""Files that LibreOffice made of two hand-written ones: numbers, notes, tables and links arrive."""

import re
import shutil
from pathlib import Path

import pytest

from gross.intake import read

MADE = Path(__file__).parent / "fidelity" / "made"
OUTLINE = (
    "1. Purpose",
    "Blood is given safely.",
    "2. Procedure",
    "2.1 Before",
    "Two nurses check the bag.",
    "2.2 During",
    "2.2.1 First quarter of an hour",
    "Stay with the patient.",
    "3. Records",
    "Also plasma.",
)
POLICY = (
    "Fall Prevention",
    "Number: NUR-231",
    "Purpose",
    "To keep patients from falling. See IC-014.",
    "Procedure",
    "1. Assess on admission.",
    "2. Act on the score:",
    "a. raise two rails;",
    "b. turn the alarm on.",
    "3. Record.",
    "Score | Action",
    "45 and more | Alarm on",
    "Reviewed each year.",
)
_NUMBER = re.compile(r"^(?:[\d.]+|[a-z]\.) ")


def reading_of(name):
    path = MADE / name
    if path.suffix == ".doc" and shutil.which("soffice") is None:
        pytest.skip(f"LIBREOFFICE IS MISSING: {name} cannot be read")
    return read(name, path.read_bytes())


@pytest.mark.parametrize("form", ["docx", "doc"])
@pytest.mark.parametrize(("name", "lines"), [("outline", OUTLINE), ("policy", POLICY)])
def test_a_made_file_of_word_is_read_line_by_line(name, lines, form):
    found = reading_of(f"{name}.{form}").text.split("\n")

    assert tuple(line for line in found if line) == lines


@pytest.mark.parametrize("form", ["odt", "rtf", "html"])
def test_a_made_file_of_another_kind_has_the_words_in_order(form):
    text = reading_of(f"policy.{form}").text

    places = [text.find(_NUMBER.sub("", line)) for line in POLICY]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("form", ["docx", "doc"])
def test_a_made_policy_keeps_its_number_its_title_and_its_link(form):
    reading = reading_of(f"policy.{form}")

    assert (reading.title, reading.number) == ("Fall Prevention", "NUR-231")
    assert [(reading.text[link.start : link.end], link.target) for link in reading.links] == [
        ("IC-014", "https://example.org/ic-014")
    ]
