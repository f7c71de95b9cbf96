"""Words of PDF files: hyphens, ligatures, raised figures, headings, and what does not show."""

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from gross.intake import read
from gross.intake.pdf.lines import without_ligatures
from tests.intake.makers import pdf, shown
from tests.intake.sheets import WIDE, drawn, lines, place, scan

UNSEEN = "Text that does not show on page 1 was left out."


def text_of(*words, **more):
    return read("x.pdf", drawn(lambda sheet: lines(sheet, words), **more)).text


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        pytest.param("complete the assess-", "ment in time", "assessment in", id="parted word"),
        pytest.param("complete the self-", "assessment in time", "self-assessment", id="self-"),
        pytest.param("plan for a follow-", "up visit soon", "follow-up visit", id="follow-up"),
        pytest.param("order a chest X-", "Ray before noon", "X-Ray before", id="X-Ray"),
        pytest.param("sign within 24-", "hour periods only", "24-hour periods", id="24-hour"),
        pytest.param("buy it over-the-", "counter if need be", "over-the-counter", id="three"),
        pytest.param("of the Com-", "mittee on safety", "Committee on", id="capital"),
        pytest.param("patients with pre-", "vention plans", "prevention plans", id="pre"),
        pytest.param("read the in-", "cident report", "incident report", id="in"),
    ],
)
def test_hyphens_at_a_lines_end(first, second, whole):
    assert whole in text_of(f"All staff {first}", second)


def test_what_the_document_writes_elsewhere_decides():
    mended = text_of("The coworker may be a co-", "worker of old.")
    kept = text_of("The co-worker may be a co-", "worker of old.")

    assert "a coworker of" in mended
    assert "a co-worker of" in kept


def test_a_dash_between_words_stays():
    assert text_of("Wash, dry -", "then touch the patient") == "Wash, dry - then touch the patient"


def test_small_raised_figures_are_superscripts():
    def draw(sheet):
        words = sheet.beginText(72, 700)
        for piece, size, rise in (
            ("Platelets below 50 x 10", 11, 0),
            ("3", 7, 4),
            (" per mm", 11, 0),
            ("3", 7, 4),
            (" need a call; SpO", 11, 0),
            ("2", 7, -2),
            (" too.", 11, 0),
        ):
            words.setFont("Helvetica", size)
            words.setRise(rise)
            words.textOut(piece)
        sheet.drawText(words)

    assert (
        read("x.pdf", drawn(draw)).text == "Platelets below 50 x 10³ per mm³ need a call; SpO2 too."
    )


def test_words_behind_a_large_bullet_are_not_raised():
    def draw(sheet):
        words = sheet.beginText(72, 700)
        for piece, size, rise in (("• ", 22, -3), ("01.a - Access Control in an ICU", 10, 0)):
            words.setFont("Helvetica", size)
            words.setRise(rise)
            words.textOut(piece)
        sheet.drawText(words)

    assert read("x.pdf", drawn(draw)).text == "• 01.a - Access Control in an ICU"


def test_small_capitals_are_one_line():
    def draw(sheet):
        words = sheet.beginText(72, 700)
        for first, rest in (("H", "AND "), ("H", "YGIENE")):
            words.setFont("Times-Roman", 14)
            words.textOut(first)
            words.setFont("Times-Roman", 11)
            words.textOut(rest)
        sheet.drawText(words)
        lines(sheet, [WIDE] * 3, top=660)

    assert shown(read("x.pdf", drawn(draw)))[0] == ("heading", "", "HAND HYGIENE")


def test_bookmarks_tell_headings_and_their_depth():
    def draw(sheet):
        for n, (words, level) in enumerate(
            [("when a patient falls", 0), ("what the nurse does first", 1), ("what is told", 0)]
        ):
            sheet.bookmarkPage(f"at{n}")
            sheet.addOutlineEntry(words, f"at{n}", level)
            lines(sheet, [words], top=700 - 100 * n)
            lines(sheet, [WIDE, WIDE], top=670 - 100 * n)

    passages = shown(read("x.pdf", drawn(draw)))

    assert [(kind, path) for kind, path, _ in passages] == [
        ("heading", ""),
        ("paragraph", "when a patient falls"),
        ("heading", "when a patient falls"),
        ("paragraph", "when a patient falls › what the nurse does first"),
        ("heading", ""),
        ("paragraph", "what is told"),
    ]


def test_headings_are_told_by_the_size_that_shows():
    def draw(sheet):
        sheet.scale(0.5, 0.5)
        lines(sheet, ["Care of the central line"], 144, 1400, 32)
        sheet.setFont("Helvetica", 22)
        for n in range(4):
            sheet.drawString(144, 1300 - 28 * n, WIDE)

    assert shown(read("x.pdf", drawn(draw)))[0][0] == "heading"


def unseen_mode(sheet):
    words = sheet.beginText(72, 300)
    words.setTextRenderMode(3)
    words.textOut("secret words")
    words.setTextRenderMode(0)
    sheet.drawText(words)


def white(sheet):
    sheet.setFillColorRGB(1, 1, 1)
    sheet.drawString(72, 300, "secret words")


def off_page(sheet):
    sheet.drawString(-400, 300, "secret words")


def tiny(sheet):
    lines(sheet, ["secret words"], 72, 300, 0.6)


def under(sheet):
    sheet.drawString(72, 300, "secret words")
    sheet.rect(60, 290, 200, 30, fill=1)


def under_white(sheet):
    sheet.drawString(72, 300, "secret words")
    sheet.setFillColorRGB(1, 1, 1)
    sheet.rect(60, 290, 200, 30, fill=1, stroke=0)


@pytest.mark.parametrize("hide", [unseen_mode, white, off_page, tiny, under, under_white])
def test_what_does_not_show_is_left_out_and_told(hide):
    def draw(sheet):
        lines(sheet, [WIDE, WIDE])
        hide(sheet)

    reading = read("x.pdf", drawn(draw))

    assert reading.text == f"{WIDE} {WIDE}"
    assert UNSEEN in reading.warnings


def test_a_word_under_a_black_box_goes_and_the_line_around_it_stays():
    def draw(sheet):
        lines(sheet, ["The nurse Jane Doe gave the drug."])
        sheet.rect(125, 695, 47, 14, fill=1)

    reading = read("x.pdf", drawn(draw))

    assert "Doe" not in reading.text
    assert "gave the drug." in reading.text


def test_white_words_on_a_dark_ground_show():
    def draw(sheet):
        sheet.rect(60, 690, 400, 30, fill=1)
        sheet.setFillColorRGB(1, 1, 1)
        lines(sheet, ["Never leave the patient alone"])

    assert read("x.pdf", drawn(draw)).text == "Never leave the patient alone"


def test_the_text_layer_of_a_scan_is_its_text():
    words = [WIDE, "Raise two rails of the bed."]

    def draw(sheet):
        place(sheet, scan(words, 20))
        layer = sheet.beginText(72, 700)
        layer.setTextRenderMode(3)
        layer.textLines(words)
        sheet.drawText(layer)

    reading = read("x.pdf", drawn(draw))

    assert reading.text == " ".join(words)
    assert UNSEEN not in reading.warnings
    assert reading.image_pages == ()


def form(sheet):
    lines(sheet, ["Name of the unit:", "Checked by the pharmacy:"], top=700)
    fields = sheet.acroForm
    fields.textfield(
        name="unit", value="4 West", x=200, y=695, width=150, height=14, borderStyle="inset"
    )
    fields.checkbox(name="checked", checked=True, x=220, y=681, size=12)
    fields.checkbox(name="second", checked=False, x=300, y=681, size=12)
    fields.choice(
        name="kind",
        value="Monthly",
        options=["Monthly", "Weekly"],
        x=72,
        y=640,
        width=90,
        height=14,
    )


def test_values_of_form_fields_stand_where_they_show():
    assert read("x.pdf", drawn(form)).text.splitlines() == [
        "Name of the unit: 4 West",
        "",
        "Checked by the pharmacy: ☒",
        "",
        "Monthly",
    ]


def test_typed_words_are_text_and_comments_are_counted():
    def draw(sheet):
        lines(sheet, [WIDE])
        sheet.freeTextAnnotation("Superseded by NUR-400", "Helv", Rect=[72, 600, 300, 620])
        sheet.textAnnotation("Is this still right?", Rect=[72, 500, 90, 520])

    reading = read("x.pdf", drawn(draw))

    assert "Superseded by NUR-400" in reading.text
    assert "still right" not in reading.text
    assert reading.warnings == ("1 comment was left out; the original has them.",)


@pytest.mark.parametrize("strength", [40, 128])
def test_a_pdf_that_opens_without_password_is_read_however_it_is_locked(strength):
    lock = StandardEncryption("", "owner", strength=strength)

    assert read("x.pdf", pdf([[(72, 700, 11, "for all")]], encrypt=lock)).text == "for all"


def test_ligatures_are_letters():
    assert (
        without_ligatures("o\ufb03ce \ufb02ow \ufb01nal a\ufb00ect") == "office flow final affect"
    )
