import io

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from gross.domain.errors import Refused
from gross.intake import read
from tests.intake.makers import pdf, shown

WRAPPED = [
    "All staff who care for patients at risk of falling shall complete the assess-",
    "ment within one hour of arrival, and shall write it into the patient's record",
    "before the end of the shift.",
]


def page(n, lines, first_height=680):
    edges = [
        (72, 760, 9, "Mercy Hospital    Policy Number: NUR-231"),
        (72, 40, 9, f"Page {n} of 2"),
    ]
    return edges + [(72, first_height - 14 * k, 11, line) for k, line in enumerate(lines)]


def make_policy():
    one = [(72, 720, 18, "Fall Prevention"), *page(1, ["Effective Date: 3/12/2016"])]
    one += [(72, 640, 14, "1. Purpose")]
    one += [(72, 610 - 14 * k, 11, line) for k, line in enumerate(WRAPPED)]
    two = [
        *page(2, []),
        (72, 690, 14, "2. Procedure"),
        (72, 660, 11, "Raise two rails of the bed."),
    ]
    return pdf([one, two], pageCompression=1)


def test_a_pdf_gives_its_header_data():
    reading = read("x.pdf", make_policy())

    assert (reading.title, reading.number) == ("Fall Prevention", "NUR-231")
    assert str(reading.dates["effective"]) == "2016-03-12"


def test_running_edges_are_told_from_the_body_and_kept_once():
    passages = shown(read("x.pdf", make_policy()))

    assert [text for kind, _, text in passages if "Mercy" in text] == [
        "Mercy Hospital Policy Number: NUR-231"
    ]
    assert passages[0][0] == "header"
    assert not [text for _, _, text in passages if text.startswith("Page")]


def test_lines_become_paragraphs_under_their_headings_and_words_are_mended():
    passages = shown(read("x.pdf", make_policy()))

    assert passages[-4:] == [
        ("heading", "", "1. Purpose"),
        ("paragraph", "1. Purpose", " ".join(WRAPPED).replace("assess- ment", "assessment")),
        ("heading", "", "2. Procedure"),
        ("paragraph", "2. Procedure", "Raise two rails of the bed."),
    ]


def test_a_gap_parts_paragraphs_and_list_items_stand_alone():
    lines = [
        (72, 700, 11, "The first paragraph ends here and is a whole line long, as it should be.")
    ]
    lines += [(72, 686, 11, "It goes on here")]
    lines += [
        (72, 650, 11, "the second one begins"),
        (72, 636, 11, "a) wash"),
        (72, 622, 11, "b) dry"),
    ]

    passages = shown(read("x.pdf", pdf([lines])))

    assert [(kind, text) for kind, _, text in passages][1:] == [
        ("paragraph", "the second one begins"),
        ("item", "a) wash"),
        ("item", "b) dry"),
    ]


def test_a_protected_pdf_says_so():
    content = pdf([[(72, 700, 11, "secret")]], encrypt=StandardEncryption("user", "owner"))

    with pytest.raises(Refused) as refusal:
        read("x.pdf", content)

    assert str(refusal.value) == "x.pdf is protected by a password; save it without one."


def test_a_pdf_that_may_be_opened_without_password_is_read():
    content = pdf([[(72, 700, 11, "for all to read")]], encrypt=StandardEncryption("", "owner"))

    assert read("x.pdf", content).text == "for all to read"


def test_a_picture_of_a_page_needs_ocr():
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer)
    sheet.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 72, 72)
    sheet.save()

    reading = read("x.pdf", buffer.getvalue())

    assert (reading.text, reading.warnings) == ("", ("x.pdf has no text: needs OCR.",))


def test_a_blank_page_is_nothing_to_warn_of():
    content = pdf([[(72, 700, 11, "Some words")], []])

    assert read("x.pdf", content).warnings == ()


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing", make_policy()[:400]])
def test_a_damaged_pdf_is_refused(content):
    with pytest.raises(Refused) as refusal:
        read("x.pdf", content)

    assert str(refusal.value) == "x.pdf is damaged: it cannot be opened as a PDF."


FULL = "Words of the text that fill a line to its end on the right. " * 2
FILL = [(72, 500 - 14 * line, 11, FULL) for line in range(6)]


def test_a_heading_that_was_full_goes_on_in_the_next_line():
    title = "REFRIGERATOR AND FREEZER TEMPERATURE MONITORING ON EVERY NURSING UNIT OF"
    lines = [(72, 720, 14, title), (72, 702, 14, "THE HOSPITAL AND ITS CLINICS"), *FILL]

    assert read("x.pdf", pdf([lines])).title == f"{title} THE HOSPITAL AND ITS CLINICS"


def test_a_heading_with_room_left_is_a_line_of_its_own():
    lines = [(72, 720, 14, "LAKEVIEW COMMUNITY HOSPITAL"), (72, 702, 14, "VISITORS"), *FILL]
    passages = shown(read("x.pdf", pdf([lines])))

    assert [text for kind, _, text in passages if kind == "heading"] == [
        "LAKEVIEW COMMUNITY HOSPITAL",
        "VISITORS",
    ]


def test_a_header_that_was_drawn_last_stands_first():
    head = [(72, 760, 18, "Contrast"), (72, 740, 9, "RAD-006 Imaging Effective: 2/2018")]
    lines = [*FILL, *head, (72, 40, 9, "RAD-006 Rev. 5/2026 1/1")]
    reading = read("x.pdf", pdf([lines]))

    assert [kind for kind, _, _ in shown(reading)] == ["header", "heading", "header", "paragraph"]
    assert (reading.title, reading.number) == ("Contrast", "RAD-006")


def test_the_second_column_stays_behind_the_first():
    left = [(72, 700 - 14 * k, 11, f"left line {k} of the page") for k in range(4)]
    right = [(320, 720 - 14 * k, 11, f"right line {k} of the page") for k in range(4)]
    text = read("x.pdf", pdf([left + right])).text

    assert text.index("left line 3") < text.index("right line 0")


def test_a_bullet_larger_than_its_words_is_no_heading():
    lines = [(72, 720, 14, "Ask First"), (72, 690, 13, "• Allergies: which, when"), *FILL]
    passages = shown(read("x.pdf", pdf([lines])))

    assert ("item", "Ask First", "• Allergies: which, when") in passages


def test_a_header_cell_of_two_lines_is_one():
    lines = [(72, 720, 9, "Policy Owner: Director,"), (72, 709, 9, "Perioperative Services"), *FILL]
    reading = read("x.pdf", pdf([lines]))

    assert reading.fields["owner"] == "Director, Perioperative Services"
