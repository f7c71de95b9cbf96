"""Exports of policy managers: told by their columns, and read with their own names."""

import pytest

from gross.actions.deliveries import Candidate, Delivery, arranged
from gross.actions.manifests import Manifest
from gross.intake import layouts
from gross.intake.manifest import look_at, read_manifest

POLICYSTAT = b"""Title,Area,Applicability,Owner,Approval Workflow,Next Review,Reference Tags,\
Status,Approved,Revised,PolicyStat ID
Hand Hygiene,Infection,All sites,I. Preventer,P&P,04/30/2027,ic,Active,04/30/2024,04/01/2024,4711
"""
POLICYTECH = b"""Document report,,,,,,
Reference #,Document Title,Document Owner,Departments,Version #,Publication Date,Next Review Date
IC-014,Hand Hygiene,I. Preventer,Infection,3,04/30/2024,04/30/2027
"""
SHAREPOINT = b"""Name,Modified,Modified By,Item Type,Path
Nursing,04/30/2024,N. Urse,Folder,sites/policies/Documents
falls.docx,04/30/2024,N. Urse,Item,sites/policies/Documents/Nursing
falls.docx,04/30/2024,N. Urse,Item,sites/policies/Documents/Rehab
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("policystat", POLICYSTAT, id="policystat"),
        pytest.param("policytech", POLICYTECH, id="policytech"),
        pytest.param("sharepoint", SHAREPOINT, id="sharepoint"),
        pytest.param("plain", b"Number,Title,File\n1,Falls,falls.docx\n", id="any list"),
    ],
)
def test_a_layout_is_told_by_its_columns(name, content):
    assert look_at("list.csv", content).layout == name


def test_policystat_speaks_of_files_by_its_id_or_title():
    (row,) = read_manifest("list.csv", POLICYSTAT)
    assert (row.title, row.key) == ("Hand Hygiene", "4711")
    assert row.fields["applies_to"] == "All sites"
    assert {name: str(value) for name, value in row.dates.items()} == {
        "last_reviewed": "2024-04-30",
        "last_revised": "2024-04-01",
        "next_review": "2027-04-30",
    }

    for source in ("x/4711 - whatever.pdf", "x/hand-hygiene.docx"):
        assert Manifest("list.csv", [row], [source]).row_for(source) is row
    assert Manifest("list.csv", [row], ["x/47 hands.pdf"]).row_for("x/47 hands.pdf") is None


def test_policytech_speaks_of_files_by_their_reference_number():
    (row,) = read_manifest("list.csv", POLICYTECH)
    assert (row.line, row.number, row.fields["version"]) == (3, "IC-014", "3")

    source = "export/IC-014_Hand Hygiene.docx"
    assert Manifest("list.csv", [row], [source]).row_for(source) is row


def test_sharepoint_joins_folder_and_name_and_leaves_folders_out():
    rows = read_manifest("Library.csv", SHAREPOINT)
    assert [row.file for row in rows] == [
        "sites/policies/Documents/Nursing/falls.docx",
        "sites/policies/Documents/Rehab/falls.docx",
    ]

    sources = ["Documents/Nursing/falls.docx", "Documents/Rehab/falls.docx"]
    found = Manifest("Library.csv", rows, sources)
    assert [found.row_for(source) for source in sources] == list(rows)


def test_of_sharepoint_versions_the_newest_comes_in_under_its_plain_name():
    names = ("a/Falls.2.0.pdf", "a/Falls.10.0.pdf", "b/Pain.1.0.pdf", "b/Pain.pdf", "c.txt")
    delivery = Delivery("lib", tuple(Candidate(name, name.encode) for name in names))

    found = arranged(delivery, layouts.named("sharepoint")).candidates

    taken = {each.source: each.load() for each in found if not each.refusal}
    assert taken == {
        "a/Falls.pdf": b"a/Falls.10.0.pdf",
        "b/Pain.pdf": b"b/Pain.pdf",
        "c.txt": b"c.txt",
    }
    left = {each.source: (each.outcome, each.refusal) for each in found if each.refusal}
    assert left == {
        "a/Falls.2.0.pdf": (
            "duplicate", "Falls.2.0.pdf is an older version; Falls.10.0.pdf was taken.",
        ),
        "b/Pain.1.0.pdf": ("duplicate", "Pain.1.0.pdf is an older version; Pain.pdf was taken."),
    }  # fmt: skip
    assert arranged(delivery, layouts.named("plain")) is delivery


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("Library.xlsx", True), ("manifest.csv", True), ("PolicyStat export.csv", True),
     ("PolicyTech-2026.xlsx", True), ("Budget.xlsx", False), ("a/manifest.csv", False)],
)  # fmt: skip
def test_a_list_is_known_by_its_name(name, is_one):
    assert layouts.is_sheet(name) is is_one


def test_a_persons_mapping_is_taken_as_it_is():
    rows = read_manifest(
        "l.csv", b"x,y\na.txt,Falls\n", layout="plain", at=0, columns={"file": 0, "title": 1}
    )

    assert [(row.file, row.title) for row in rows] == [("a.txt", "Falls")]
