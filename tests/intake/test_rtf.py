import pytest

from gross.domain.errors import Refused
from gross.intake import read
from gross.intake.rtf_words import words
from tests.intake.makers import shown

STYLES = r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 heading 2;}{\s9 Title;}}"


def rtf(body):
    return (r"{\rtf1\ansi\ansicpg1252" + STYLES + body + "}").encode("cp1252")


def test_headings_are_told_by_their_styles_and_the_title_by_its_own():
    reading = read(
        "a.rtf",
        rtf(
            r"{\info{\title Other}{\author Nobody}}\pard\s9 Visitor Rules\par\pard\s1 Purpose\par"
            r"\pard Rest.\par\pard\s2 scope of it\par\pard\outlinelevel1 more\par"
            r"\pard\s1 Records\par"
        ),
    )

    assert shown(reading) == [
        ("heading", "", "Visitor Rules"),
        ("heading", "", "Purpose"),
        ("paragraph", "Purpose", "Rest."),
        ("heading", "Purpose", "scope of it"),
        ("heading", "Purpose", "more"),
        ("heading", "", "Records"),
    ]
    assert reading.title == "Visitor Rules"
    assert reading.warnings == ()


def test_without_styles_headings_are_told_by_their_look():
    reading = read(
        "a.rtf",
        rb"{\rtf1\ansi{\info{\title Visitor Rules}}\pard PURPOSE\par Visitors may stay.\par}",
    )

    assert shown(reading) == [
        ("heading", "", "PURPOSE"),
        ("paragraph", "PURPOSE", "Visitors may stay."),
    ]
    assert reading.title == "Visitor Rules"


def test_lists_show_the_numbers_that_were_saved_with_them():
    body = (
        r"\pard\s1{\listtext\pard 4.\tab}Steps\par\pard\ls1{\listtext 4.1\tab}Wet hands.\par"
        r"{\pntext\pard\bullet\tab}\pard\ls1 Dry them.\par"
    )

    assert shown(read("a.rtf", rtf(body))) == [
        ("heading", "", "4. Steps"),
        ("item", "4. Steps", "4.1 Wet hands."),
        ("item", "4. Steps", "• Dry them."),
    ]


def test_tables_give_rows_and_a_lone_cell_a_paragraph():
    body = (
        r"\trowd\cellx1\cellx2\pard\intbl Rub\par twice\cell 20 s\cell\row"
        r"\trowd\cellx1\pard\intbl Framed words\cell\row\pard After.\par"
    )

    assert shown(read("a.rtf", rtf(body))) == [
        ("row", "", "Rub twice | 20 s"),
        ("paragraph", "", "Framed words"),
        ("paragraph", "", "After."),
    ]


def test_page_edges_notes_and_boxes_have_their_place():
    body = (
        r"{\header\pard Policy IC-014\par}{\footer\pard Page {\field{\*\fldinst PAGE}{\fldrslt 1}}"
        r"\par}\pard Wash{\super\chftn}{\footnote\pard A note.} hands.\par"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt \pard In a box.\par}}}\pard End.\par"
    )

    assert shown(read("a.rtf", rtf(body))) == [
        ("header", "", "Policy IC-014"),
        ("paragraph", "", "Wash hands."),
        ("paragraph", "", "End."),
        ("paragraph", "", "A note."),
        ("paragraph", "", "In a box."),
    ]


def test_what_was_deleted_hidden_or_remarked_is_left_out():
    body = (
        r"\pard Keep {\deleted\revauthdel1 drop }{\revised\revauth1 new }{\v hid }words."
        r"{\*\annotation A remark.}{\*\unheard of}{\pict\bin6 {}{}{}89ab}\par"
    )

    assert read("a.rtf", rtf(body)).text == "Keep new words."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(r"caf\'e9 \u8211?\emdash", "café –—", id="western"),
        pytest.param(r"{\uc2\u233 ab}c \u-4051?x", "éc \uf02dx", id="stand-ins are skipped"),
        pytest.param(r"\{a\}\~b\_c\-d\\", "{a} b-cd\\", id="symbols"),
        pytest.param(r"{\fonttbl{\f1\fcharset238 Arial CE;}}\f1 \'e8", "č", id="Czech font"),
        pytest.param(r"{\fonttbl{\f1\fcharset128 M;}}\f1 \'82\'a0", "あ", id="two bytes a letter"),
    ],
)
def test_characters(body, text):
    assert read("a.rtf", rtf(body + r"\par")).text == text


@pytest.mark.parametrize("content", [b"no rtf at all", b"\\rtf1 without its brace"])
def test_what_is_no_rtf_is_refused(content):
    with pytest.raises(Refused) as refusal:
        read("a.rtf", content)

    assert str(refusal.value) == "a.rtf is damaged: it does not begin as RTF does."


def test_groups_without_end_are_refused():
    with pytest.raises(Refused) as refusal:
        read("a.rtf", b"{\\rtf1" + b"{" * 2_000 + b"x")

    assert str(refusal.value) == "a.rtf is damaged: its RTF cannot be understood."


def test_a_picture_that_claims_to_be_endless_is_passed_over():
    assert list(words(b"{\\rtf1 a\\bin99999999 b")) != []
    assert read("a.rtf", rb"{\rtf1 a\par{\pict\bin-5 zz}b\par}").text == "a\n\nb"
