"""A manifest's rows find their files, and win over what the files say of themselves."""

import pytest

from gross.actions import manifests
from gross.actions.manifests import Manifest
from gross.domain.partial_date import PartialDate
from gross.intake.manifest import Row, read_manifest
from gross.intake.types import Reading


def manifest(text, *sources):
    return Manifest("list.csv", read_manifest("list.csv", text.encode()), sources)


def test_a_row_is_found_by_its_path_however_it_is_written():
    found = manifest("Title,File\nFalls,.\\Nursing\\FALLS.docx\n", "Nursing/falls.docx")

    assert found.row_for("Nursing/falls.docx").title == "Falls"
    assert list(found.left_over()) == []


def test_a_row_is_found_by_a_file_name_that_only_one_file_has():
    text = "Title,File\nFalls,P:/policies/falls.docx\nPain,old/pain.docx\n"

    found = manifest(text, "Nursing/falls.docx", "A/pain.docx", "B/pain.docx")

    assert found.row_for("Nursing/falls.docx").title == "Falls"
    assert found.row_for("A/pain.docx") is None


def test_a_row_without_a_file_is_found_by_number_else_by_title_and_only_once():
    found = manifest("Number,Title\nNUR-1,Falls\n,Pain\n", "a.txt", "b.txt")

    assert found.row_for("a.txt", "nur-1", "Something else").number == "NUR-1"
    assert found.row_for("b.txt", "NUR-1", "Falls") is None
    assert found.row_for("b.txt", "", "pain").title == "Pain"


def test_rows_without_their_file_are_missing_and_repeated_ones_duplicates():
    text = "Number,Title,File\nA-1,Falls,falls.txt\nA-2,Pain,pain.txt\nA-3,Again,falls.txt\n"
    found = manifest(text, "falls.txt")
    found.row_for("falls.txt")

    left = list(found.left_over())

    assert left == [
        ("missing", "pain.txt", "list.csv lists it in line 3; it was not there."),
        ("duplicate", "list.csv, line 4", "Line 2 already has the file falls.txt."),
    ]


def test_a_path_out_of_the_folder_is_only_missing():
    found = manifest("Title,File\nPasswords,../../etc/passwd\n", "a.txt")
    found.row_for("a.txt")

    assert [outcome for outcome, _, _ in found.left_over()] == ["missing"]


def test_the_manifest_wins_where_it_says_something():
    reading = Reading(
        "Text.", (), title="Mined", number="X-9", fields={"owner": "Mined owner", "version": "2"},
        dates={"effective": PartialDate(2001), "expires": PartialDate(2030)}, warnings=("One.",),
    )  # fmt: skip
    row = Row(2, title="Given", fields={"owner": "Given owner", "kind": "Policy and Procedure"},
              dates={"effective": PartialDate(2020, 5)}, problems=("Two.",))  # fmt: skip

    header = manifests.header("Nursing/a.txt", reading, row)

    assert (header.title, header.number, header.owner) == ("Given", "X-9", "Given owner")
    assert (header.kind, header.department) == ("policy", "Nursing")
    assert header.dates == {"effective": "2020-05", "expires": "2030"}
    assert header.warnings == ("One.", "Two.")


@pytest.mark.parametrize(
    ("written", "kind"),
    [("Standard Order Set", "order set"), ("SOP / Procedure", "procedure"), ("", "policy"),
     ("Clinical Guideline", "guideline"), ("Handbook", "policy")],
)  # fmt: skip
def test_kinds_are_the_librarys_own(written, kind):
    row = Row(2, fields={"kind": written} if written else {})

    assert manifests.header("a.txt", Reading("", ()), row).kind == kind


def test_a_file_that_says_nothing_is_called_by_its_name():
    header = manifests.header("a folder/Hand Hygiene.txt", Reading("", ()), None)

    assert (header.title, header.department) == ("Hand Hygiene", "a folder")


@pytest.mark.parametrize(
    ("status", "refused"), [("Archived", True), ("Active", False), ("", False)]
)
def test_what_the_manifest_retired_is_not_brought_in(status, refused):
    row = Row(2, fields={"status": status} if status else {})

    assert bool(manifests.why_not_in_force(row)) is refused
    if refused:
        assert manifests.why_not_in_force(row) == (
            "The manifest marks it as “Archived”; only policies in force are brought in."
        )
