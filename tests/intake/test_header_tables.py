"""Header data in tables: labels beside values, and labels over values."""

import pytest

from gross.intake import read
from tests.intake.makers import p, shown, word


def row(*cells):
    return f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"


def test_labels_over_values_are_paired_by_column():
    table = row("Title of Policy", "Policy #", "Last Approved", "Owner")
    table += row("Case Review", "CM-012", "3/2022", "Manager, Care Management")
    reading = read("x.docx", word(f"<w:tbl>{table}</w:tbl>{p('The team meets weekly.')}"))

    assert (reading.title, reading.number) == ("Case Review", "CM-012")
    assert str(reading.dates["last_reviewed"]) == "2022-03"
    assert [kind for kind, _, _ in shown(reading)] == ["header", "header", "paragraph"]


def test_a_table_of_dates_at_the_end_is_header_data_whole():
    rows = [("Document number", "ICU-031"), ("Effective", "1 July 2014"), ("Next review", "2028")]
    table = "".join(row(*cells) for cells in [*rows, ("Owner", "Medical Director")])
    body = p("Alarms") + "".join(p(f"Sentence {n} of the text.") for n in range(80))
    reading = read("x.docx", word(f"{body}<w:tbl>{table}</w:tbl>"))

    assert [kind for kind, _, _ in shown(reading)][-4:] == ["header"] * 4
    assert reading.fields["owner"] == "Medical Director"


@pytest.mark.parametrize(
    ("rows", "title", "number"),
    [
        pytest.param(
            row("Policy", "EVS-015", "Title", "Linen Handling")
            + row("Owner", "Manager", "Next Review", "06/2028"),
            "Linen Handling",
            "EVS-015",
            id="four columns",
        ),
        pytest.param(
            row("Policy:", "QUA-008 Complaints and Grievances") + row("Approved:", "14 April 2026"),
            "Complaints and Grievances",
            "QUA-008",
            id="number and title in one cell",
        ),
        pytest.param(
            row("Policy", "Obstetric Hemorrhage") + row("Number", "WCS-025"),
            "Obstetric Hemorrhage",
            "WCS-025",
            id="title labelled policy",
        ),
    ],
)
def test_a_table_names_the_policy_by_that_word(rows, title, number):
    reading = read(
        "x.docx", word(f"{p('St. Agnes Medical Center')}<w:tbl>{rows}</w:tbl>{p('We do.')}")
    )

    assert (reading.title, reading.number) == (title, number)
    assert {kind for kind, _, text in shown(reading) if "|" in text} == {"header"}


def test_a_table_that_says_what_the_policy_is_stays_text():
    rows = row("Policy", "The hospital washes all linen itself.") + row("Scope", "All units.")
    reading = read("x.docx", word(f"{p('Linen')}<w:tbl>{rows}</w:tbl>"))

    assert reading.title == "Linen"
    assert [kind for kind, _, text in shown(reading) if "|" in text] == ["row", "row"]
