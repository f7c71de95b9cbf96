import pytest

from gross.intake import read
from tests.intake.makers import pdf, shown
from tests.intake.sheets import WIDE, drawn, lines, table

LEFT = [f"Left line {n} of the column says this much" for n in range(8)]
RIGHT = [f"Right line {n} of the column says as much" for n in range(8)]


def in_order(text, *pieces):
    places = [text.index(piece) for piece in pieces]
    return places == sorted(places)


def by_columns(sheet, top=640):
    lines(sheet, LEFT, 72, top)
    lines(sheet, RIGHT, 320, top)


def by_rows(sheet, top=640):
    for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        lines(sheet, [left], 72, top - 14 * n)
        lines(sheet, [right], 320, top - 14 * n)


@pytest.mark.parametrize("draw", [by_columns, by_rows])
def test_two_columns_are_read_one_after_the_other(draw):
    text = read("x.pdf", drawn(draw)).text

    assert in_order(text, *LEFT, *RIGHT)


@pytest.mark.parametrize("draw", [by_columns, by_rows])
def test_a_heading_across_parts_the_columns_above_from_those_below(draw):
    def page(sheet):
        draw(sheet, 700)
        lines(sheet, ["PREPARATION OF THE PATIENT AND THE ROOM BEFORE THE PROCEDURE"], 72, 560)
        for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            lines(sheet, [left.replace("Left", "Lower left")], 72, 520 - 14 * n)
            lines(sheet, [right.replace("Right", "Lower right")], 320, 520 - 14 * n)

    text = read("x.pdf", drawn(page)).text

    assert in_order(text, LEFT[7], RIGHT[0], RIGHT[7], "PREPARATION", "Lower left line 0")
    assert in_order(text, "Lower left line 7", "Lower right line 0")


def test_a_table_across_stands_between_the_columns():
    def page(sheet):
        by_rows(sheet, 700)
        table(sheet, [["Step", "Who"], ["Count", "Nurse"]], [72, 300, 530], top=570)
        lines(sheet, [line.replace("Left", "Lower") for line in LEFT], 72, 500)
        lines(sheet, [line.replace("Right", "Last") for line in RIGHT], 320, 500)

    text = read("x.pdf", drawn(page)).text

    assert in_order(
        text, LEFT[7], RIGHT[7], "Step | Who", "Count | Nurse", "Lower line 0", "Last line 0"
    )


def test_terms_beside_their_meanings_are_read_row_by_row():
    def page(sheet):
        for n in range(6):
            lines(sheet, [f"Term {n}"], 72, 700 - 14 * n)
            lines(sheet, [f"means what the house agreed on in its meeting {n}"], 200, 700 - 14 * n)

    assert in_order(read("x.pdf", drawn(page)).text, "Term 0", "meeting 0", "Term 1", "meeting 1")


def test_a_page_that_was_turned_reads_as_it_shows():
    def page(sheet):
        sheet.setPageRotation(90)
        sheet.rotate(90)
        lines(
            sheet, ["MERCY HOSPITAL", "Raise two rails of the bed.", "Lock its wheels."], 72, -100
        )

    assert in_order(read("x.pdf", drawn(page)).text, "MERCY", "Raise two", "Lock its")


def test_a_table_on_a_page_that_lies_on_its_side_has_its_cells():
    def page(sheet):
        sheet.translate(612, 0)
        sheet.rotate(90)
        table(sheet, [["Alarm", "High"], ["Heart rate", "130"]], [72, 200, 330], top=500)

    passages = shown(read("x.pdf", drawn(page)))

    assert [text for _, _, text in passages] == ["Alarm | High", "Heart rate | 130"]


def test_a_page_upside_down_reads_from_its_top():
    def page(sheet):
        sheet.setPageRotation(180)
        sheet.translate(612, 792)
        sheet.rotate(180)
        lines(sheet, ["The first line of the page", "the second line of it", "and the third"])

    assert in_order(read("x.pdf", drawn(page)).text, "first", "second", "third")


def test_page_numbers_of_every_kind_go_and_other_edges_are_mined():
    def page(n, label):
        edge = [
            (72, 760, 9, "Policy Number: NUR-231  Effective Date: 3/12/2016"),
            (300, 30, 9, label),
        ]
        return edge + [(72, 700 - 14 * k, 11, f"{WIDE} {n}{k}") for k in range(6)]

    reading = read("x.pdf", pdf([page(n, label) for n, label in enumerate(["i", "ii", "iii"])]))

    assert reading.number == "NUR-231"
    assert str(reading.dates["effective"]) == "2016-03-12"
    assert not {"i", "ii", "iii"} & set(reading.text.split())


def test_a_page_number_in_the_words_of_its_label_goes():
    def page(sheet):
        n = sheet.getPageNumber()
        sheet.addPageLabel(n - 1, style="ARABIC", start=n, prefix="A-")
        lines(sheet, [f"{WIDE} {n}.{k}" for k in range(6)])
        lines(sheet, [f"A-{n}"], 300, 30, 9)

    assert "A-" not in read("x.pdf", drawn(page, page)).text


def test_left_and_right_pages_may_carry_edges_of_their_own():
    def page(n):
        edge = "Mercy Hospital Nursing Manual" if n % 2 else "Fall Prevention NUR-231"
        body = [(72, 700 - 14 * k, 11, f"{WIDE} {n}.{k}") for k in range(12)]
        return [(72, 760, 9, edge), *body]

    text = read("x.pdf", pdf([page(n) for n in range(8)])).text

    assert (text.count("Nursing Manual"), text.count("NUR-231")) == (1, 1)
