"""A manifest and a page's picture come from the reading process, whole or with a sentence."""

import struct
import zlib
from io import BytesIO

import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from gross.domain.errors import Refused
from gross.intake import guarded
from gross.intake.child import ReaderProcess
from gross.intake.manifest import look_at, read_manifest


@pytest.fixture(scope="module")
def reader():
    with ReaderProcess() as process:
        yield process


@pytest.fixture(scope="module")
def workbook():
    book = openpyxl.Workbook()
    book.active.append(["Policy No", "Title", "File", "Next Review"])
    for n in range(10_000):
        book.active.append([f"P-{n}", f"Policy {n}", f"{n}.docx", "2027-05-01"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_ten_thousand_rows_cross_as_they_are(reader, workbook):
    rows, layout = guarded.rows(reader, "list.xlsx", workbook, day_first=False)

    assert layout == "plain"
    assert rows == read_manifest("list.xlsx", workbook)
    assert (len(rows), rows[-1].file, str(rows[0].dates["next_review"])) == (
        10_000, "9999.docx", "2027-05-01",
    )  # fmt: skip


def test_the_top_of_a_sheet_crosses_as_it_is(reader, workbook):
    assert guarded.look(reader, "list.xlsx", workbook) == look_at("list.xlsx", workbook)


def test_a_sheet_that_harms_is_a_sentence(reader):
    with pytest.raises(Refused, match=r"^list\.xlsx is damaged"):
        guarded.rows(reader, "list.xlsx", b"PK\x03\x04 no workbook", day_first=False)


def pdf(pages):
    out = BytesIO()
    canvas = Canvas(out)
    for n in range(pages):
        canvas.drawString(100, 700, f"Page {n + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_page_is_drawn_dark_on_white(reader):
    drawn = guarded.picture(reader, "a.pdf", pdf(3), page=2)

    assert drawn.pages == 3
    assert drawn.png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", drawn.png[16:24])
    assert (width, height > width) == (900, True)
    start = drawn.png.index(b"IDAT")
    size = struct.unpack(">I", drawn.png[start - 4 : start])[0]
    pixels = zlib.decompress(drawn.png[start + 4 : start + 4 + size])
    assert len(pixels) == height * (1 + 3 * width)
    assert set(pixels) >= {0, 255}


@pytest.mark.parametrize(
    ("content", "page", "sentence"),
    [
        pytest.param(pdf(1), 2, "a.pdf has no page 2.", id="no such page"),
        pytest.param(b"%PDF-1.4 cut", 1, "a.pdf cannot be drawn", id="damaged"),
    ],
)
def test_a_page_that_cannot_be_drawn_is_a_sentence(reader, content, page, sentence):
    with pytest.raises(Refused, match=sentence):
        guarded.picture(reader, "a.pdf", content, page=page)
