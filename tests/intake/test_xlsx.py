import io
from datetime import date, datetime, time

import openpyxl
import pytest

from gross.domain.errors import Refused
from gross.intake import read
from tests.intake.makers import shown, zipped


def book(fill):
    made = openpyxl.Workbook()
    fill(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def rows(*lines):
    def fill(made):
        for line in lines:
            made.active.append(line)

    return fill


def titled(title, fill):
    def both(made):
        made.active.title = title
        fill(made)

    return both


def test_sheets_are_sections_and_rows_are_table_rows():
    def fill(made):
        made.active.title = "Crash carts"
        made.active.append(["Place", "How often"])
        made.active.append(["ICU", "daily"])
        made.create_sheet("Defibrillators").append(["Model", 3])

    assert shown(read("a.xlsx", book(fill))) == [
        ("heading", "", "Crash carts"),
        ("row", "Crash carts", "Place | How often"),
        ("row", "Crash carts", "ICU | daily"),
        ("heading", "", "Defibrillators"),
        ("row", "Defibrillators", "Model | 3"),
    ]


def test_a_lone_sheet_with_no_name_of_its_own_is_no_section():
    def fill(made):
        made.active.title = "Sheet1"
        made.active.append(["Place", "How often"])

    assert shown(read("a.xlsx", book(fill))) == [("row", "", "Place | How often")]


def test_dates_are_dates_and_numbers_stand_as_shown():
    def fill(made):
        made.active.title = "Sheet1"
        morning = datetime.combine(date(2016, 3, 12), time(7, 30))
        made.active.append([date(2016, 3, 12), morning, 0.985, 4.0, 0.1 + 0.2])
        made.active["C1"].number_format = "0.0%"
        made.active.append([True, "x", "y", "z", 12345678901])

    assert [text for _, _, text in shown(read("a.xlsx", book(fill)))] == [
        "2016-03-12 | 2016-03-12 07:30 | 98.5% | 4 | 0.3",
        "TRUE | x | y | z | 12345678901",
    ]


def test_dates_of_old_workbooks_of_the_mac_count_from_1904():
    def fill(made):
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        made.active.append([date(2016, 3, 12), "x"])

    assert "2016-03-12" in read("a.xlsx", book(fill)).text


def test_a_formula_is_never_run_and_shows_what_was_saved_with_it():
    sheet = (
        '<worksheet><sheetData><row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1" t="str">'
        "<f>cmd|'/c calc'!A0</f><v>kept</v></c><c r=\"C1\"><f>2+2</f></c></row></sheetData>"
        "</worksheet>"
    )
    reading = read("a.xlsx", workbook(sheet))

    assert reading.text == "7 | kept | =2+2"
    assert reading.warnings[0] == (
        "a.xlsx has formulas without a saved value (1); they stand as formulas. "
        "Open it in Excel and save it again."
    )


def workbook(sheet, **parts):
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship '
            f'Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns:r="{office}"><sheets><sheet name="Sheet1" '
            'sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": sheet,
        }
        | parts
    )


def test_merged_cells_say_their_words_once():
    def fill(made):
        rows(["Place", "Thing", "Times"], ["ICU", "Cart", 2], [None, "Bag", 1])(made)
        made.active.title = "Sheet1"
        made.active.merge_cells("A2:A3")

    assert read("a.xlsx", book(fill)).text == "Place | Thing | Times\nICU | Cart | 2\n| Bag | 1"


def test_hidden_sheets_are_not_read_and_are_named():
    def fill(made):
        made.active.append(["Place", "ICU"])
        made.create_sheet("Lists").append(["secret", "words"])
        made["Lists"].sheet_state = "veryHidden"

    reading = read("a.xlsx", book(fill))

    assert "secret" not in reading.text
    assert reading.warnings[0] == (
        "a.xlsx has a hidden sheet, “Lists”, not read; show what belongs to the policy."
    )


def test_an_empty_row_ends_a_table_and_a_lone_cell_is_a_paragraph():
    fill = rows(["Look at these before a shift."], [], ["Step", None, "Who"], ["1", None, "Nurse"])

    assert shown(read("a.xlsx", book(titled("Steps", fill))))[1:] == [
        ("paragraph", "Steps", "Look at these before a shift."),
        ("row", "Steps", "Step | Who"),
        ("row", "Steps", "1 | Nurse"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            zipped({"xl/other.xml": "<a/>"}),
            "a.xlsx is damaged: it holds no Excel workbook.",
            id="no workbook",
        ),
        pytest.param(
            zipped({"xl/workbook.xml": "<workbook/>"}),
            "a.xlsx is damaged: its workbook names no sheet.",
            id="no sheets",
        ),
        pytest.param(
            zipped({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'}),
            "a.xlsx declares entities of its own, which no word processor does.",
            id="entities",
        ),
    ],
)
def test_a_broken_workbook_is_refused(content, sentence):
    with pytest.raises(Refused) as refusal:
        read("a.xlsx", content)

    assert str(refusal.value) == sentence


def test_more_rows_than_any_policy_has_are_refused(monkeypatch):
    monkeypatch.setattr("gross.intake.xlsx.MAX_ROWS", 3)

    with pytest.raises(Refused) as refusal:
        read("a.xlsx", book(rows(*[["a", "b"]] * 4)))

    assert str(refusal.value) == "a.xlsx has more than 3 rows; it is no policy."
