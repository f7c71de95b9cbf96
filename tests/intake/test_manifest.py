import io

import openpyxl
import pytest

from gross.domain.errors import Refused
from gross.intake import manifest
from gross.intake.manifest import read_manifest

LABELS = "Policy Number,Title,File Path,Owner,Department,Last Approved,Next Review,Status"


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def refusal(filename, content):
    with pytest.raises(Refused) as refused:
        read_manifest(filename, content)
    return str(refused.value)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_csv_is_read_by_its_labels(mark):
    row = "NUR-1,Falls,nursing/falls.docx,CNO,Nursing,06/30/2020,TBD,Active"
    content = f"\ufeff{LABELS}\r\n{row}\r\n".replace(",", mark).encode()

    (found,) = read_manifest("list.csv", content)

    assert (found.line, found.number, found.title, found.file) == (
        2,
        "NUR-1",
        "Falls",
        "nursing/falls.docx",
    )
    assert found.fields == {"owner": "CNO", "area": "Nursing", "status": "Active"}
    assert {name: str(date) for name, date in found.dates.items()} == {
        "last_reviewed": "2020-06-30"
    }
    assert found.problems == ()


def test_a_workbook_is_read_and_its_formulas_are_not_run():
    content = workbook(
        ["Policies of Mercy Hospital"],
        [],
        ["Policy #", "Document Title", "File Name", "Effective Date"],
        [13.07, "Hand\u00a0Hygiene", "=1+1", "2019-03"],
    )

    (found,) = read_manifest("list.xlsx", content)

    assert (found.line, found.number, found.title, found.file) == (4, "13.07", "Hand Hygiene", "")
    assert str(found.dates["effective"]) == "2019-03"


def test_rows_that_repeat_another_say_which():
    content = b"title,file\nFalls,a.txt\nFires,A.TXT\n"

    first, second = read_manifest("list.csv", content)

    assert first.problems == ()
    assert second.problems == ("Line 2 already has the file A.TXT.",)


def test_a_row_says_what_is_wrong_with_it():
    content = b"title,file,owner,effective,next review\n,,CNO,99/99/2016x,03/12/2016\n"

    (row,) = read_manifest("list.csv", content, day_first=None)

    assert row.problems == (
        "“99/99/2016x” is not a date that can be read.",
        "“03/12/2016” can be read day first or month first; only its year is kept.",
        "The row names no file, number or title.",
    )


@pytest.mark.parametrize(
    ("filename", "content", "sentence"),
    [
        pytest.param(
            "list.txt", b"x", "list.txt cannot be read as a manifest; use .csv or .xlsx.", id="kind"
        ),
        pytest.param("list.csv", b"", "list.csv is empty.", id="empty"),
        pytest.param("list.csv", b"\n\n , \n", "list.csv has no rows.", id="blank rows"),
        pytest.param(
            "list.csv",
            b"title\nFalls\n",
            "list.csv has a single column; a manifest needs one for the file "
            "and one for the title.",
            id="single column",
        ),
        pytest.param(
            "list.csv",
            b"colour,size\nred,4\n",
            "list.csv has no column for the file, and none for the number or the title; "
            "name them so.",
            id="no known column",
        ),
        pytest.param(
            "list.csv",
            b"title,file\n",
            "list.csv has a row of column names and no policy below it.",
            id="no policy",
        ),
        pytest.param(
            "list.csv",
            b"PK\x03\x04",
            "list.csv is called .csv but is not text; save the list as CSV again.",
            id="workbook called CSV",
        ),
        pytest.param(
            "list.xlsx",
            b"\xd0\xcf\x11\xe0",
            "list.xlsx is an old or protected Excel file; save it as .xlsx without password.",
            id="old Excel",
        ),
        pytest.param(
            "list.xlsx",
            workbook(["title", "file"])[:500],
            "list.xlsx is damaged: its ZIP directory cannot be read.",
            id="cut short",
        ),
    ],
)
def test_what_is_no_manifest_is_refused_in_one_sentence(filename, content, sentence):
    assert refusal(filename, content) == sentence


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(manifest, "MAX_ROWS", 2)

    assert len(read_manifest("list.csv", b"title,file\na,b\nc,d\n")) == 2
    assert refusal("list.csv", b"title,file\na,b\nc,d\ne,f\n") == (
        "list.csv lists more than 2 policies; split it."
    )
