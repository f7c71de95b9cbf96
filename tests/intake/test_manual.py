import pytest

from gross.domain.errors import Refused
from gross.intake import guarded, read
from gross.intake.child import ReaderProcess
from gross.intake.manual import part_from_json, part_reading, parts_of
from tests.intake.shared import data

NUMBERED = """# Infection Control Manual

Contents: IC-014, IC-020

## IC-014 Hand Hygiene

### Purpose

Wash.

## IC-020 Waste

Bag it. See IC-014.
"""
LABELLED = """HAND HYGIENE

Policy Number: IC-014

Wash.

WASTE

Policy Number: IC-020

Bag it.
"""
SECTIONS = """# Hand Hygiene

## Purpose

Wash.

# Waste

## Purpose

Bag it.
"""


def told(text, filename="m.md", **options):
    reading = read(filename, text.encode())
    return [(each.number, each.title, each.rule) for each in parts_of(reading, **options)]


@pytest.mark.parametrize(
    ("filename", "text", "expected"),
    [
        pytest.param(
            "m.md",
            NUMBERED,
            [("IC-014", "Hand Hygiene", "number"), ("IC-020", "Waste", "number")],
            id="numbers in headings",
        ),
        pytest.param(
            "m.txt",
            LABELLED,
            [("", "HAND HYGIENE", "label"), ("", "WASTE", "label")],
            id="labels below headings",
        ),
        pytest.param(
            "m.md",
            SECTIONS,
            [("", "Hand Hygiene", "sections"), ("", "Waste", "sections")],
            id="a section that comes again",
        ),
    ],
)
def test_a_manual_is_parted_by_the_first_rule_that_finds_two(filename, text, expected):
    assert told(text, filename) == expected


def test_a_person_may_name_the_level():
    assert told(NUMBERED, level=1) == [
        ("IC-014", "Hand Hygiene", "level 1"),
        ("IC-020", "Waste", "level 1"),
    ]
    assert told(SECTIONS, level=2) == [("", "Purpose", "level 2"), ("", "Purpose", "level 2")]


@pytest.mark.parametrize("level", [0, 10, -1])
def test_a_level_that_is_none_is_refused(level):
    with pytest.raises(Refused) as refusal:
        told(NUMBERED, level=level)

    assert str(refusal.value) == f"A level counts from 1 to 9; {level} is none."


def test_more_parts_than_any_manual_has_are_refused(monkeypatch):
    monkeypatch.setattr("gross.intake.manual.MAX_PARTS", 1)

    with pytest.raises(Refused) as refusal:
        told(NUMBERED)

    assert str(refusal.value) == "It would give more than 1 parts; choose a higher level."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Only words.", id="no headings"),
        pytest.param("# IC-014 Hands\n\n## Purpose\n\nA.\n\n## Scope\n\nB.\n", id="one policy"),
        pytest.param("# A\n\n# B\n\n# C\n", id="headings without words"),
    ],
)
def test_one_policy_is_not_parted(text):
    assert told(text) == []


def test_parts_cover_the_manual_from_the_first_on():
    reading = read("m.md", NUMBERED.encode())
    parts = parts_of(reading)

    assert reading.text[parts[0].start :].startswith("IC-014 Hand Hygiene")
    assert [each.end for each in parts] == [
        reading.text.index("\n\n## IC-020"),
        len(NUMBERED.rstrip()),
    ]


def test_a_part_reads_as_a_document_of_its_own():
    manual = read("m.md", NUMBERED.encode())
    hands, waste = (part_reading("m.md", manual, each) for each in parts_of(manual))

    assert [(p.section, hands.text[p.start : p.end]) for p in hands.passages] == [
        ("", "IC-014 Hand Hygiene"),
        ("", "Purpose"),
        ("Purpose", "Wash."),
    ]
    assert (waste.number, waste.title) == ("IC-020", "Waste")
    assert [waste.text[ref.start : ref.end] for ref in waste.references] == ["IC-014"]
    assert waste.warnings[-1].startswith("This is a part of m.md: characters ")


def test_a_labelled_part_has_its_own_header_data():
    manual = read("m.txt", LABELLED.encode())

    assert [part_reading("m.txt", manual, each).number for each in parts_of(manual)] == [
        "IC-014",
        "IC-020",
    ]


def test_the_guarded_process_gives_the_same_parts():
    with ReaderProcess() as process:
        found = guarded.parts(process, "m.md", NUMBERED.encode(), level=None, day_first=False)

    reading = read("m.md", NUMBERED.encode())
    assert found.whole == reading
    assert [part for part, _ in found.parts] == list(parts_of(reading))


@pytest.mark.parametrize("start", [-1, 5])
def test_a_part_without_words_is_never_built(start):
    with pytest.raises(ValueError, match="a part has no words"):
        part_from_json({"title": "", "number": "", "start": start, "end": 5, "rule": ""})


# Each organisation's policies put one after the other are a manual whose parts are known: its
# files. A few of the files hold two policies, which the headings say.
ORGANISATIONS = data("hipaa-forks") / "docs"


@pytest.mark.parametrize("folder", sorted(ORGANISATIONS.iterdir()), ids=lambda path: path.name)
def test_a_real_manual_is_parted_where_its_policies_begin(folder):
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]
    reading = read("manual.md", "\n\n".join(texts).encode())
    parts = parts_of(reading)
    firsts = [" ".join(text.lstrip().partition("\n")[0].lstrip("# ").split()) for text in texts]

    found = {each.title for each in parts}
    missed = [line for line in firsts if line.startswith(tuple("0123456789")) and line not in found]
    assert missed == []
    assert len(texts) <= len(parts) <= len(texts) + 1


def test_no_real_single_policy_is_parted():
    paths = sorted(ORGANISATIONS.rglob("*.md")) + sorted(data("security-policies").rglob("*.txt"))

    parted = [path.name for path in paths if parts_of(read(path.name, path.read_bytes()))]
    assert (len(paths) > 300, parted) == (True, [])
