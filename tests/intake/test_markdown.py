from gross.intake import read
from tests.intake.makers import shown

POLICY = """\
---
title: "Hand Hygiene"
owner: Infection Prevention
last_reviewed_on: 2019-09-17
tags:
  - hands
  - gel
---

# Hand Hygiene

## 1. Purpose

To stop infection. See [IC-014](#x) and
the *gel* rules.

## 2. Procedure

### 2.1 Wards

* Wet hands.
* Take soap:
    1. five millilitres

| Step | Time |
|------|------|
| Rub  | 20 s |

```
code stays
```
<!-- a comment is no text -->
"""


def test_front_matter_is_mined():
    reading = read("a.md", POLICY.encode())

    assert reading.title == "Hand Hygiene"
    assert reading.fields["owner"] == "Infection Prevention"
    assert str(reading.dates["last_reviewed"]) == "2019-09-17"


def test_passages_are_the_files_own_lines_without_their_marks():
    reading = read("a.md", POLICY.replace("\n", "\r\n").encode())

    assert reading.text == POLICY
    assert shown(reading)[1:] == [
        ("heading", "", "Hand Hygiene"),
        ("heading", "", "1. Purpose"),
        ("paragraph", "1. Purpose", "To stop infection. See [IC-014](#x) and\nthe *gel* rules."),
        ("heading", "", "2. Procedure"),
        ("heading", "2. Procedure", "2.1 Wards"),
        ("item", "2. Procedure › 2.1 Wards", "Wet hands."),
        ("item", "2. Procedure › 2.1 Wards", "Take soap:"),
        ("item", "2. Procedure › 2.1 Wards", "five millilitres"),
        ("row", "2. Procedure › 2.1 Wards", "| Step | Time |"),
        ("row", "2. Procedure › 2.1 Wards", "| Rub  | 20 s |"),
        ("paragraph", "2. Procedure › 2.1 Wards", "```\ncode stays\n```"),
    ]


def test_toml_front_matter_is_mined():
    text = '+++\ntitle = "Vascular Access"\neffective_date = "2021-05-01"\n+++\nUse gloves.\n'
    reading = read("a.md", text.encode())

    assert reading.title == "Vascular Access"
    assert str(reading.dates["effective"]) == "2021-05-01"


def test_a_rule_at_the_top_is_no_front_matter():
    assert shown(read("a.md", b"---\n\nWash hands.\n\n---\n")) == [("paragraph", "", "Wash hands.")]


def test_deep_nesting_ends():
    reading = read("a.md", (">" * 3000 + " deep\n" + "- " * 500 + "item\n").encode())

    assert reading.text.endswith("item\n")


def test_bold_labels_are_header_data():
    source = (
        "# Airways\n\n**Policy:** RT-011  \n**Effective:** May 2022  \n\n## Procedure\n\nSuction.\n"
    )
    reading = read("a.md", source.encode())

    assert (reading.title, reading.number) == ("Airways", "RT-011")
    assert str(reading.dates["effective"]) == "2022-05"
    assert [str(each.kind) for each in reading.passages] == [
        "heading", "header", "heading", "paragraph"
    ]  # fmt: skip
