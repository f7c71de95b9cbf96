from pathlib import Path

from gross.intake import read
from tests.intake.makers import shown

POLICY = """\
FALL PREVENTION

Policy Number: NUR-231
Effective Date: 4/01/10

1. Purpose
To keep patients from falling
while they are with us.

2. Procedure

2.1 Adults
- Raise two rails.
- Answer the bell.

Score | Action
45 | Alarm on
"""


def test_the_text_is_the_files_own_with_line_feeds():
    content = POLICY.replace("\n", "\r\n").encode("utf-8-sig")

    assert read("a.txt", content).text == POLICY


def test_passages_point_into_the_file():
    assert shown(read("a.txt", POLICY.encode())) == [
        ("heading", "", "FALL PREVENTION"),
        ("header", "FALL PREVENTION", "Policy Number: NUR-231"),
        ("header", "FALL PREVENTION", "Effective Date: 4/01/10"),
        ("heading", "", "1. Purpose"),
        ("paragraph", "1. Purpose", "To keep patients from falling\nwhile they are with us."),
        ("heading", "", "2. Procedure"),
        ("heading", "2. Procedure", "2.1 Adults"),
        ("item", "2. Procedure › 2.1 Adults", "- Raise two rails."),
        ("item", "2. Procedure › 2.1 Adults", "- Answer the bell."),
        ("row", "2. Procedure › 2.1 Adults", "Score | Action"),
        ("row", "2. Procedure › 2.1 Adults", "45 | Alarm on"),
    ]


def test_a_line_that_names_a_section_of_any_policy_is_a_heading():
    passages = shown(read("a.txt", b"Rules\n\nScope\nall who work here.\n"))

    assert passages[1:] == [("heading", "", "Scope"), ("paragraph", "Scope", "all who work here.")]


def test_long_lines_are_paragraphs_of_their_own():
    text = "A sentence that was never wrapped by hand goes on for as long as it likes, " * 2
    passages = shown(read("a.txt", f"{text}\n{text}\n".encode()))

    assert [kind for kind, _, _ in passages] == ["paragraph", "paragraph"]


def test_a_file_in_another_encoding_is_read_with_a_warning():
    text = "Übergabe am Bett – jede Schicht, für alle Patienten, ohne Ausnahme und täglich.\n" * 5
    reading = read("a.txt", text.encode("cp1252"))

    assert reading.text == text
    assert any("a.txt is not UTF-8" in warning for warning in reading.warnings)


def test_utf_16_with_its_mark_is_read():
    assert read("a.txt", "Händehygiene".encode("utf-16")).text == "Händehygiene"


def test_a_title_may_be_the_file_name_only_with_a_warning():
    reading = read("fall_prevention v2.txt", b"wash your hands before you touch anyone.")

    assert reading.title == "fall prevention v2"
    assert reading.warnings == ("fall_prevention v2.txt names no title; its file name stands in.",)


def test_a_small_file_is_read_from_a_real_path(tmp_path: Path):
    path = tmp_path / "手順書.txt"
    path.write_text("手を洗う。", encoding="utf-8")

    assert read(path.name, path.read_bytes()).text == "手を洗う。"
