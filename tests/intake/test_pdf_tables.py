from gross.intake import read
from tests.intake.makers import shown
from tests.intake.sheets import WIDE, drawn, lines, table

SIDES = [72, 200, 330, 500]


def rows(content):
    return [text for kind, _, text in shown(read("x.pdf", content)) if kind == "row"]


def test_a_ruled_table_gives_rows_with_cells():
    def draw(sheet):
        lines(sheet, ["Alarm limits of the telemetry unit are these:"], top=730)
        table(sheet, [["Alarm", "Low", "High"], ["Heart rate", "50", "130"]], SIDES)
        lines(sheet, ["Call the physician when one is passed twice."], top=600)

    assert [(kind, text) for kind, _, text in shown(read("x.pdf", drawn(draw)))] == [
        ("paragraph", "Alarm limits of the telemetry unit are these:"),
        ("row", "Alarm | Low | High"),
        ("row", "Heart rate | 50 | 130"),
        ("paragraph", "Call the physician when one is passed twice."),
    ]


def test_the_lines_of_a_cell_are_one_and_empty_cells_keep_their_place():
    def draw(sheet):
        cells = [["Temperature of the\nrefrigerator", "", "8 °C"], ["", "2 °C", "above"]]
        table(sheet, cells, SIDES, height=40)

    assert rows(drawn(draw)) == ["Temperature of the refrigerator |  | 8 °C", "| 2 °C | above"]


def test_a_cell_over_two_columns_is_one_cell():
    def draw(sheet):
        sheet.grid([72, 500], [700, 680])
        sheet.drawString(76, 688, "Alarm")
        sheet.drawString(204, 688, "Limits of both kinds")
        sheet.line(200, 680, 200, 700)
        table(sheet, [["Heart rate", "50", "130"]], SIDES, top=680)

    assert rows(drawn(draw)) == ["Alarm | Limits of both kinds", "Heart rate | 50 | 130"]


def test_a_cell_over_two_rows_stands_in_the_first():
    def draw(sheet):
        sheet.grid([72, 500], [700, 660])
        sheet.line(200, 660, 200, 700)
        sheet.line(200, 680, 500, 680)
        for left, height, words in ((76, 688, "Adults"), (204, 688, "first"), (204, 668, "second")):
            sheet.drawString(left, height, words)

    assert rows(drawn(draw)) == ["Adults | first", "| second"]


def test_a_table_of_thin_filled_boxes_is_ruled_too():
    def draw(sheet):
        for height in (700, 680, 660):
            sheet.rect(72, height, 300, 0.6, fill=1, stroke=0)
        for side in (72, 200, 372):
            sheet.rect(side, 660, 0.6, 40, fill=1, stroke=0)
        for left, height, words in (
            (76, 685, "a"),
            (204, 685, "b"),
            (76, 665, "c"),
            (204, 665, "d"),
        ):
            sheet.drawString(left, height, words)

    assert rows(drawn(draw)) == ["a | b", "c | d"]


def test_a_table_that_goes_on_over_the_page_says_its_head_once():
    head = ["Drug", "Dose", "Check"]

    def page(*more):
        return lambda sheet: table(sheet, [head, *more], SIDES, top=760 if more else 700)

    content = drawn(
        page(["Heparin", "5,000 units", "two nurses"]), page(["Insulin", "4 units", "one"])
    )

    assert rows(content) == [
        "Drug | Dose | Check",
        "Heparin | 5,000 units | two nurses",
        "Insulin | 4 units | one",
    ]


def test_a_frame_around_text_is_no_table():
    def draw(sheet):
        sheet.rect(60, 600, 480, 120)
        lines(sheet, ["Wash your hands before each patient.", "Wash them again behind each."])

    reading = read("x.pdf", drawn(draw))

    assert "row" not in [kind for kind, _, _ in shown(reading)]
    assert "Wash them again behind each." in reading.text


def test_boxes_joined_by_arrows_are_no_table():
    def draw(sheet):
        for n, words in enumerate(["Code called", "Team comes", "Shock", "Stand down"]):
            left, low = 72 + 150 * (n % 2), 600 - 90 * (n // 2)
            sheet.rect(left, low, 90, 40)
            sheet.drawString(left + 5, low + 15, words)
        sheet.line(162, 620, 222, 620)
        sheet.line(162, 530, 222, 530)

    assert rows(drawn(draw)) == []


def test_a_header_table_gives_the_header_data():
    def draw(sheet):
        cells = [
            ["Policy Number", "NUR-231"],
            ["Title", "Fall Prevention"],
            ["Effective Date", "3/12/2016"],
        ]
        table(sheet, cells, [72, 200, 420], top=740)
        lines(sheet, ["PURPOSE", WIDE, WIDE], top=600)

    reading = read("x.pdf", drawn(draw))

    assert (reading.number, reading.title) == ("NUR-231", "Fall Prevention")
    assert str(reading.dates["effective"]) == "2016-03-12"


def test_a_header_table_on_every_page_stands_once():
    def draw(sheet):
        table(sheet, [["Mercy Hospital", "Policy Number: NUR-231"]], [72, 300, 540], top=770)
        lines(sheet, [f"{WIDE} {sheet.getPageNumber()}"] * 8, top=680)

    reading = read("x.pdf", drawn(draw, draw, draw))

    assert reading.number == "NUR-231"
    assert reading.text.count("NUR-231") == 1
