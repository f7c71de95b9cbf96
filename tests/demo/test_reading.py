"""What the readers find in the sample's files, held against what their authors wrote down."""

import csv
import re
from pathlib import Path

import pytest

from gross.intake import read
from gross.intake.dates import find_dates, newest

DEMO = Path(__file__).parents[2] / "demo"
LISTED = list(csv.DictReader((DEMO / "manifest.csv").read_text(encoding="utf-8").splitlines()))
# The files that the list forgot: number, title, effective, last approved and next review.
FORGOTTEN = {
    "Critical Care/icu catheter review.txt": (
        "ICU-022", "Daily Urinary Catheter Review", "2018-12-31", "2022-12-31", "2025-12-31"
    ),
    "Emergency/febrile-infant.md": (
        "ED-041", "Febrile Infants and Children under 3 Years", "2017-11-15", "2026-02-10",
        "2029-02-10"
    ),
    "Food and Nutrition/FNS-011 Kitchen Fire Response.docx": (
        "FNS-011", "Kitchen Fire Response", "2016-09", "2023-11", "2026-11"
    ),
    "Information Technology/IT-130 Downtime Cart and Computer Check.html": (
        "IT-130", "Downtime Cart and Computer Check", "2018-09-10", "2024-09-03", "2027-09-03"
    ),
}  # fmt: skip
# Where document and list differ, and both are right: (file, what) -> why.
EXPLAINED = {
    ("Laboratory/LAB-008v11 Critical Values.pdf", "effective"): (
        "Its page header gives the day on which version 11 took effect; the list gives the first."
    ),
}


def written(cell):
    """A date of the list, as the readers give it."""
    date = newest(find_dates(cell, day_first=False))
    return str(date.value) if date else ""


EXPECTED = FORGOTTEN | {
    row["File"]: (
        row["Number"],
        row["Title"],
        *(written(row[name]) for name in ("Effective", "Last Approved", "Next Review")),
    )
    for row in LISTED
}


def folded(words):
    return " ".join(re.findall(r"\w+", words.casefold()))


def said_by(source):
    """A first effective date is listed as effective, a revision as an approval."""
    path = DEMO / "library" / source
    reading = read(path.name, path.read_bytes())
    dates = {name: str(date) for name, date in reading.dates.items()}
    return {
        "number": reading.number,
        "title": folded(reading.title),
        "effective": dates.get("effective", dates.get("originated", "")),
        "approved": max(dates.get("last_reviewed", ""), dates.get("last_revised", "")),
        "next review": dates.get("next_review", ""),
    }


@pytest.mark.parametrize("source", sorted(EXPECTED))
def test_a_file_says_what_the_list_says(source):
    number, title, *dates = EXPECTED[source]
    wanted = dict(
        zip(
            ("number", "title", "effective", "approved", "next review"),
            (number, folded(title), *dates),
            strict=True,
        )
    )

    said = said_by(source)

    differing = {(source, name) for name in wanted if said[name] != wanted[name]}
    assert differing == {each for each in EXPLAINED if each[0] == source}, said


def test_the_header_is_no_text():
    """Labelled dates and owners are never compared as if they were text."""
    label = re.compile(
        r"^\W*(?:policy (?:#|no|number)|effective|origination|(?:last )?(?:approved|reviewed)"
        r"|revised|next review|owner|responsible|document number|adopted|amended)\b[^.]{0,12}[:|]",
        re.IGNORECASE,
    )
    unmasked = []
    for source in EXPECTED:
        path = DEMO / "library" / source
        reading = read(path.name, path.read_bytes())
        for passage in reading.passages:
            shown = reading.text[passage.start : passage.end]
            if passage.kind != "header" and any(map(label.match, shown.split("\n"))):
                unmasked.append((source, shown[:80]))
    assert unmasked == []


def test_every_file_is_expected():
    files = {path for path in (DEMO / "library").rglob("*") if path.is_file()}
    assert {str(path.relative_to(DEMO / "library")) for path in files} == set(EXPECTED)
