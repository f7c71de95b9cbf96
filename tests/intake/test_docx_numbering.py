"""Automatic numbers as the page shows them; each truth was worked out by hand from Word's rules."""

import pytest

from gross.intake import read
from gross.intake.docx.numbering import Level, List, Numbering
from tests.intake.makers import W, p, shown, word


def level(depth, text, style="decimal", extra="", start=1):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    abstract = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return f"<w:numbering {W}>{abstract}{nums}</w:numbering>"


def item(text, depth=0, list_id=1):
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def texts(content):
    return [text for _, _, text in shown(read("a.docx", content))]


def test_a_legal_outline_counts_through_its_levels():
    levels = level(0, "%1.") + level(1, "%1.%2") + level(2, "%1.%2.%3")
    body = [item("a"), item("b", 1), item("c", 2), item("d", 2), item("e", 1), item("f", 2)]
    body += [item("g"), item("h", 1)]

    found = texts(word("".join(body), numbering=numbering(levels)))

    assert found == [
        "1. a", "1.1 b", "1.1.1 c", "1.1.2 d", "1.2 e", "1.2.1 f", "2. g", "2.1 h",
    ]  # fmt: skip


def test_letters_and_roman_numbers_are_set_as_word_sets_them():
    levels = level(0, "%1.", "upperRoman") + level(1, "%2)", "lowerLetter")
    levels += level(2, "(%3)", "lowerRoman")
    body = item("a") + item("b", 1) + item("c", 2) + item("d", 2) + item("e", 1) + item("f")

    found = texts(word(body, numbering=numbering(levels)))

    assert found == ["I. a", "a) b", "(i) c", "(ii) d", "b) e", "II. f"]


def test_a_style_brings_its_own_number_to_its_headings():
    levels = level(0, "%1", extra='<w:pStyle w:val="Heading1"/>')
    levels += level(1, "%1.%2", extra='<w:pStyle w:val="Heading2"/>')
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="Heading1"/></w:style></w:styles>'
    )
    one, two = '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading2"/>'
    body = p("Purpose", one) + p("Procedure", one) + p("Adults", two) + p("Wash hands first.")

    reading = read("a.docx", word(body, numbering=numbering(levels), styles=styles))

    assert shown(reading)[-2:] == [
        ("heading", "2 Procedure", "2.1 Adults"),
        ("paragraph", "2 Procedure › 2.1 Adults", "Wash hands first."),
    ]


def test_a_list_that_starts_anew_counts_from_its_own_start():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = item("a") + item("b", list_id=2) + item("c", list_id=2) + item("d", list_id=3)

    found = texts(word(body, numbering=numbering(level(0, "%1."), nums)))

    assert found == ["1. a", "5. b", "6. c", "7. d"]


def test_an_empty_paragraph_counts_and_a_bullet_shows_nothing():
    levels = level(0, "%1.") + level(1, "•", "bullet")
    body = item("a") + item("") + item("b") + item("c", 1)

    found = texts(word(body, numbering=numbering(levels)))

    assert found == ["1. a", "3. b", "c"]


def test_a_paragraph_may_leave_its_styles_list():
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="L"><w:name w:val="List"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    style = '<w:pStyle w:val="L"/>'
    body = p("a", style) + p("b", style + '<w:numPr><w:numId w:val="0"/></w:numPr>')

    found = texts(word(body, numbering=numbering(level(0, "%1.")), styles=styles))

    assert found == ["1. a", "b"]


@pytest.mark.parametrize(
    ("style", "counts", "expected"),
    [
        pytest.param("lowerLetter", (26, 27, 53), ["z", "aa", "aaa"], id="letters after z double"),
        pytest.param("upperRoman", (4, 9, 1994), ["IV", "IX", "MCMXCIV"], id="roman"),
        pytest.param("decimalZero", (7, 12), ["07", "12"], id="with a nought"),
        pytest.param("ordinal", (1, 12, 23), ["1st", "12th", "23rd"], id="ordinal"),
        pytest.param("cardinalText", (1, 21, 40), ["One", "Twenty-one", "Forty"], id="in words"),
        pytest.param("ordinalText", (1, 12, 30), ["First", "Twelfth", "Thirtieth"], id="as rank"),
        pytest.param("decimalEnclosedCircle", (3, 21), ["③", "21"], id="in circles"),
        pytest.param("000", (7, 1234), ["007", "1234"], id="of three digits"),
        pytest.param("chicago", (1, 2, 5), ["*", "†", "**"], id="as a note's sign"),
        pytest.param("chineseCounting", (3,), ["3"], id="a form we do not set"),
    ],
)
def test_a_count_is_formatted_as_its_level_says(style, counts, expected):
    found = []
    for count in counts:
        one = List("0", {}, {}, {0: Level(start=count, style=style, text="%1")})
        found.append(Numbering({"1": one}).next_number("1", 0))

    assert found == expected


def test_a_list_that_is_not_defined_gives_no_number():
    assert texts(word(item("a", list_id=9))) == ["a"]
    assert Numbering().next_number("9", 0) is None
