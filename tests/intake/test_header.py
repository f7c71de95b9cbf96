"""Header layouts after real ones, with changed names."""

import pytest

from gross.intake import read
from tests.intake.makers import shown

BODY = "\n\nPURPOSE\n\nTo keep patients safe while they are with us.\n"


def header_of(text, **options):
    reading = read("x.txt", (text + BODY).encode(), **options)
    return reading, {name: str(date) for name, date in reading.dates.items()}


@pytest.mark.parametrize(
    ("text", "number", "dates"),
    [
        pytest.param(
            "Restraints\nReviewed: 4/87 Revised: 1/85; 8/86; 11/02; 8/10\nNursing Policy P-55",
            "P-55",
            {"last_reviewed": "1987-04", "last_revised": "2010-08"},
            id="lists of two centuries on one line",
        ),
        pytest.param(
            "Hospital Policy Manual\nPolicy number: 2.1\nEffective Date: 4/01/10",
            "2.1",
            {"effective": "2010-04-01"},
            id="dotted number",
        ),
        pytest.param(
            "Restraints\nPOLICY #: 768\nDate Originated: 9/07\nReviewed/No Revision:\n"
            "Dates Revised: 3/08, 2/09, 1/21\nNext Review Date: 1/23",
            "768",
            {"originated": "2007-09", "last_revised": "2021-01", "next_review": "2023-01"},
            id="an empty field among dates",
        ),
        pytest.param(
            "Restraints\nDate Adopted: 07/09 Date Revised: 03/18 Supersedes: Date Reviewed: 03/18",
            "",
            {"originated": "2009-07", "last_revised": "2018-03", "last_reviewed": "2018-03"},
            id="four fields on one line",
        ),
        pytest.param(
            "Restraints\nApproved Date:08/28/2015 / EffectiveDate:TBD / "
            "Next ReviewDate: 08/01/2018\n"
            "Document NumberP-NS-1063.6 / Document Type:Policy / Page 1 of12",
            "P-NS-1063.6",
            {"last_reviewed": "2015-08-28", "next_review": "2018-08-01"},
            id="spaces lost, TBD for a date",
        ),
        pytest.param(
            "Policy Title: Patient Care Orders\nPolicy Number: 3.4.2\nCategory: Health System\n"
            "Effective Date: November 30, 2017",
            "3.4.2",
            {"effective": "2017-11-30"},
            id="month in words",
        ),
        pytest.param(
            "Late Entries\nEffective Date: April, 2004\nSupersedes Protocol: None\n"
            "Reviewed November 2007 January 2010 September 2013",
            "",
            {"effective": "2004-04", "last_reviewed": "2013-09"},
            id="a list without commas",
        ),
        pytest.param(
            "Crash Carts\nReview/Revision Date(s): 5/94, 9/96, 7/97, 3/12",
            "",
            {"last_reviewed": "2012-03"},
            id="review or revision",
        ),
        pytest.param(
            "Policy Reference: GV/002\nDate Approved: v3.0, 10/07/2019 v3.1, 24/08/2020",
            "GV/002",
            {"last_reviewed": "2020-08-24"},
            id="day first, by the document's own dates",
        ),
        pytest.param(
            "Waste\nVersion No.: 4.4\nEffective From: 23 February 2017\n"
            "Expiry Date: 23 February 2020",
            "",
            {"effective": "2017-02-23", "expires": "2020-02-23"},
            id="effective from, expiry",
        ),
        pytest.param(
            "Waste\nPolicy Valid from date: 1 st September 2020\n"
            "Policy Valid to date: 30 th September 2024\n"
            "Next Author Review Date: 1 st April 2024",
            "",
            {"effective": "2020-09-01", "next_review": "2024-04-01", "expires": "2024-09-30"},
            id="ordinals torn off",
        ),
        pytest.param(
            "Waste\nDoc. LAB-014 Version 9\nFirst effective: 02-Sep-2002\nNext Review Due: 3/2027",
            "LAB-014",
            {"originated": "2002-09-02", "next_review": "2027-03"},
            id="a document's number without its label",
        ),
        pytest.param(
            "Contrast\nRAD-006 Imaging Owner: Manager, Imaging Eff. 2/2018 Rev. 5/2026 "
            "Next review 5/2028",
            "RAD-006",
            {"effective": "2018-02", "last_revised": "2026-05", "next_review": "2028-05"},
            id="dates in a line, without colons",
        ),
        pytest.param(
            "Fire\nDocument FAC-014 Revision 9 Effective 2010-04-01 Last review 2026-03-10 "
            "Owner Safety Officer Approved by Safety Committee",
            "FAC-014",
            {"effective": "2010-04-01", "last_reviewed": "2026-03-10"},
            id="a table that became one line",
        ),
        pytest.param(
            "Isolation\nReviewed: 2/14, 1/23\nLast Approved: 01/2026",
            "",
            {"last_reviewed": "2026-01"},
            id="approved after it was reviewed",
        ),
        pytest.param(
            "Isolation\nReviewed: 2/14, 1/23\nLast Approved: 01/2019",
            "",
            {"last_reviewed": "2023-01"},
            id="reviewed after it was approved",
        ),
        pytest.param(
            "Isolation\nThe rule effective 2/2018 and its form effective 3/2019 have ended.",
            "",
            {},
            id="a sentence with dates",
        ),
        pytest.param("Procedure: wash for 20 seconds", "", {}, id="what a procedure says"),
        pytest.param("Waste\nPolicy Number: 91 86", "91 86", {}, id="parted by a space alone"),
        pytest.param(
            "Bylaws\nPOLICY NUMBER: 2006-01-02\nLAST REVISED: March 28, 2026",
            "2006-01-02",
            {"last_revised": "2026-03-28"},
            id="a number that looks like a date",
        ),
    ],
)
def test_a_header_gives_its_number_and_dates(text, number, dates):
    reading, found = header_of(text)

    assert (reading.number, found) == (number, dates)


def test_fields_are_read_by_their_labels():
    reading, _ = header_of(
        "Policy Title: Fall Prevention\nOwner: Director of Nursing\nDepartment: Nursing\n"
        "Document Type: Clinical Guideline\nVersion: 3.2\nSupersedes: v.5\nApplies to: All staff"
    )

    assert reading.title == "Fall Prevention"
    assert reading.fields == {
        "owner": "Director of Nursing",
        "area": "Nursing",
        "kind": "guideline",
        "version": "3.2",
        "supersedes": "v.5",
        "applies_to": "All staff",
    }


@pytest.mark.parametrize(
    ("text", "title", "number", "fields"),
    [
        pytest.param(
            "INSTITUTIONAL POLICY AND PROCEDURE (IPP)\nDepartment: Nursing\n"
            "TITLE/DESCRIPTION: Restraint\nREPLACES NUMBER: NS-11\nNO. OF PAGES: 4\nNUMBER: NS-012",
            "Restraint",
            "NS-012",
            {"area": "Nursing", "supersedes": "NS-11"},
            id="the number it replaces is not its own",
        ),
        pytest.param(
            "LOCATOR NUMBER\nPOLICY #: 768\nRestraints in Use\nReviewed by: Council: J Smith",
            "Restraints in Use",
            "768",
            {},
            id="a label without value is no title",
        ),
        pytest.param(
            "Last Approved 06/2020\nOwner Jane Doe\nHand Hygiene",
            "Hand Hygiene",
            "",
            {},
            id="labels that lost their colons",
        ),
    ],
)
def test_labels_are_not_mistaken_for_one_another(text, title, number, fields):
    reading, _ = header_of(text.replace("\n", "\n\n"))

    assert (reading.title, reading.number, reading.fields) == (title, number, fields)


def test_an_ambiguous_date_is_kept_to_its_year_and_says_so():
    reading, dates = header_of("Waste\nEffective Date: 03/12/2016", day_first=None)

    assert dates == {"effective": "2016"}
    assert reading.warnings == (
        "“03/12/2016” can be read day first or month first; only its year is kept.",
    )


@pytest.mark.parametrize(("day_first", "name"), [(False, "last_reviewed"), (True, "next_review")])
def test_a_bare_review_date_looks_where_the_library_looks(day_first, name):
    _, dates = header_of("Waste\nReview Date: December 2020", day_first=day_first)

    assert dates == {name: "2020-12"}


def test_a_table_of_other_things_is_no_header():
    text = "Team Charter\n\nName | Role | Site | Phone | Share\nLee | Nurse | West | 5512 | 40\n"
    reading, _ = header_of(text)

    assert reading.title == "Team Charter"
    assert [kind for kind, _, _ in shown(reading)][1:3] == ["row", "row"]


def test_signatures_at_the_end_are_header_data_and_the_body_is_not():
    text = "Waste\nOwner: Facilities" + BODY
    text += (
        "Report to the owner: the charge nurse on duty.\n\nApproved by: J. Doe Date: 1/12/2021\n"
    )
    passages = shown(read("x.txt", text.encode()))

    assert [text for kind, _, text in passages if kind == "header"] == [
        "Owner: Facilities",
        "Approved by: J. Doe Date: 1/12/2021",
    ]


@pytest.mark.parametrize(
    ("first_lines", "title", "number"),
    [
        pytest.param("NUR-231 Fall Prevention", "Fall Prevention", "NUR-231", id="number before"),
        pytest.param("VHA DIRECTIVE 1108.06", "VHA DIRECTIVE 1108.06", "1108.06", id="directive"),
        pytest.param("COVID-19 Rules", "COVID-19 Rules", "", id="a disease is no number"),
    ],
)  # fmt: skip
def test_a_number_may_stand_without_its_label(first_lines, title, number):
    reading, _ = header_of(first_lines)

    assert (reading.title, reading.number) == (title, number)


def test_purpose_is_nobodys_title():
    reading = read("hand hygiene.md", b"# Purpose\n\nto stop infection.\n\n# Scope\n\nall staff.\n")

    assert reading.title == "hand hygiene"


@pytest.mark.parametrize(
    ("banner", "title"),
    [
        pytest.param("LAKEVIEW COMMUNITY HOSPITAL", "VISITORS", id="hospital"),
        pytest.param("ST. AGNES MEDICAL CENTER - INTENSIVE CARE", "VISITORS", id="with a unit"),
        pytest.param("SMOKING IN THE HOSPITAL", "SMOKING IN THE HOSPITAL", id="a title"),
    ],
)
def test_a_banner_with_the_hospitals_name_is_no_title(banner, title):
    reading, _ = header_of(f"{banner}\n\nVISITORS\n")

    assert reading.title == title


def test_a_hospitals_name_is_the_title_when_nothing_else_is():
    assert header_of("LAKEVIEW COMMUNITY HOSPITAL")[0].title == "LAKEVIEW COMMUNITY HOSPITAL"
