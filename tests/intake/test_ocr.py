"""Scans: read by the real tesseract where it is installed, named where it is not."""

import pytest

from gross.domain.errors import Refused
from gross.intake import ocr, read
from gross.intake.child import ReaderProcess, read_guarded
from gross.intake.ocr import Ocr
from tests.intake.sheets import WIDE, drawn, lines, place, scan

WORDS = [
    "FALL PREVENTION",
    "Policy Number: NUR-231",
    "Effective Date: 3/12/2016",
    "PURPOSE",
    "Raise two rails of the bed at night.",
]
CHECK = "Page 1 was read by OCR; check it against the original."

needs_tesseract = pytest.mark.skipif(
    not ocr.is_installed(),
    reason="TESSERACT IS MISSING: scans are not read here; install tesseract-ocr to test it",
)


def scanned(sheet):
    place(sheet, scan(WORDS))


def typed(sheet):
    page = sheet.getPageNumber()
    lines(sheet, [f"{'abcdef'[page - 1] * 4} {WIDE} {page}"] * 4)


@needs_tesseract
def test_a_scan_is_read_in_the_guarded_process_and_says_so():
    reading = read_guarded("x.pdf", drawn(scanned), ocr=Ocr())

    assert "Raise two rails of the bed at night." in reading.text
    assert (reading.number, reading.title) == ("NUR-231", "FALL PREVENTION")
    assert str(reading.dates["effective"]) == "2016-03-12"
    assert (reading.ocr_pages, reading.image_pages) == ((1,), ())
    assert CHECK in reading.warnings


@needs_tesseract
def test_a_scan_among_typed_pages_stands_in_its_place():
    reading = read("x.pdf", drawn(typed, scanned, typed), ocr=Ocr())

    assert reading.text.index("shift. 1") < reading.text.index("Raise two")
    assert reading.text.index("Raise two") < reading.text.index("shift. 3")
    assert reading.ocr_pages == (2,)


@needs_tesseract
def test_beyond_its_budget_pages_stay_unread_and_named():
    reading = read("x.pdf", drawn(scanned, scanned), ocr=Ocr(pages=1))

    assert (reading.ocr_pages, reading.image_pages) == ((1,), (2,))
    assert "x.pdf: page 2 holds no text that can be read: needs OCR." in reading.warnings


@needs_tesseract
def test_a_language_that_is_not_installed_leaves_the_scan_unread():
    reading = read("x.pdf", drawn(scanned), ocr=Ocr(language="xxx"))

    assert reading.warnings == ("x.pdf has no text: needs OCR.",)


def test_without_tesseract_a_scan_is_listed_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with ReaderProcess(ocr=Ocr()) as process:
        reading = process.read("x.pdf", drawn(scanned))

    assert (reading.text, reading.image_pages) == ("", (1,))
    assert reading.warnings == ("x.pdf has no text: needs OCR.",)


def test_scans_among_typed_pages_are_named_by_number_and_label():
    def labelled(sheet):
        sheet.addPageLabel(0, style="ROMAN_LOWER")
        typed(sheet)

    one = read("x.pdf", drawn(labelled, scanned))
    many = read("x.pdf", drawn(typed, scanned, typed, scanned, scanned, scanned))

    assert one.warnings[0].startswith("x.pdf: page 2 (“ii”) holds no text that can be read")
    assert many.warnings[0].startswith("x.pdf: pages 2 and 4–6 hold no text that can be read")


def test_a_stamp_on_a_scan_is_not_its_text():
    def stamped(sheet):
        scanned(sheet)
        lines(sheet, ["RECEIVED 2016"], 400, 40)

    reading = read("x.pdf", drawn(stamped))

    assert (reading.text, reading.image_pages) == ("RECEIVED 2016", (1,))


def test_when_ocr_fails_what_was_read_without_it_stays(tmp_path, monkeypatch):
    late = tmp_path / "tesseract"
    late.write_text("#!/bin/sh\nsleep 60\n")
    late.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    with ReaderProcess(ocr=Ocr(seconds=2.5)) as process:
        reading = process.read("x.pdf", drawn(typed, scanned))

    assert "every shift. 1" in reading.text
    assert reading.image_pages == (2,)


def test_a_refused_file_is_not_asked_for_twice():
    with pytest.raises(Refused), ReaderProcess(ocr=Ocr()) as process:
        process.read("x.pdf", b"%PDF-1.7\nnothing")
