import pytest

from gross.domain.errors import Refused
from gross.intake import read
from gross.intake.odt_numbering import Level, _shown
from tests.intake.makers import odt, shown, zipped

BODY = (
    "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
    '<text:h text:outline-level="1">Purpose</text:h><text:p>To stop<text:s text:c="99999999"/>'
    "infection<text:tab/>now.</text:p><text:list><text:list-item><text:p>Wet hands.</text:p>"
    "</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Rub"
    "</text:p></table:table-cell><table:table-cell><text:p>20 s</text:p></table:table-cell>"
    "</table:table-row></table:table>"
)


def test_an_opendocument_text_gives_its_passages():
    assert shown(read("a.odt", odt(BODY))) == [
        ("heading", "", "Purpose"),
        ("paragraph", "Purpose", "To stop infection now."),
        ("item", "Purpose", "Wet hands."),
        ("row", "Purpose", "Rub | 20 s"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            odt("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "a.odt is protected by a password; save it without one.",
            id="encrypted",
        ),
        pytest.param(
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
            "a.odt is damaged: it holds no OpenDocument text.",
            id="without content",
        ),
    ],
)
def test_a_broken_opendocument_text_is_refused(content, sentence):
    with pytest.raises(Refused) as refusal:
        read("a.odt", content)

    assert str(refusal.value) == sentence


def listed(*items, more=""):
    inside = "".join(f"<text:list-item>{each}</text:list-item>" for each in items)
    return f'<text:list text:style-name="L1"{more}>{inside}</text:list>'


STYLES = (
    "<office:automatic-styles>"
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/>'
    "</text:list-style></office:automatic-styles>"
)
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def with_styles(body, outline="", edges=""):
    return odt(
        body,
        **{
            "styles.xml": f"<office:document-styles {NAMES}>{STYLES}{outline}{edges}"
            "</office:document-styles>"
        },
    )


def lines(content):
    return [text for _, _, text in shown(read("a.odt", content))]


def test_lists_show_their_numbers_at_each_depth():
    deep = listed("<text:p>Deep</text:p>")
    rub = f"<text:list><text:list-item><text:p>Rub</text:p>{deep}</text:list-item></text:list>"
    body = listed(
        f"<text:p>Wet</text:p>{rub}", "<text:p>Dry</text:p><text:p>and more of it</text:p>"
    )

    assert lines(with_styles(body)) == [
        "1. Wet",
        "a) Rub",
        "1.a.1 Deep",
        "2. Dry",
        "and more of it",
    ]


def test_a_list_goes_on_only_where_it_says_so():
    one = listed("<text:p>A</text:p>", more=' xml:id="x"')
    on = listed("<text:p>B</text:p>", more=' text:continue-numbering="true"')
    by_id = listed("<text:p>C</text:p>", more=' text:continue-list="x"')
    anew = listed("<text:p>D</text:p>")

    assert lines(with_styles(one + on + by_id + anew)) == ["1. A", "2. B", "3. C", "1. D"]


def test_an_item_may_say_where_it_starts_and_a_list_header_counts_nothing():
    body = (
        '<text:list text:style-name="L1"><text:list-header><text:p>Head</text:p></text:list-header>'
        '<text:list-item text:start-value="7"><text:p>A</text:p></text:list-item>'
        "<text:list-item><text:p>B</text:p></text:list-item></text:list>"
    )

    assert lines(with_styles(body)) == ["Head", "7. A", "8. B"]


def test_headings_show_the_numbers_of_the_outline():
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" '
        'style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="A"/>'
        "</text:outline-style>"
    )
    heads = "".join(
        f'<text:h text:outline-level="{level}">{words}</text:h>'
        for level, words in ((1, "Purpose"), (2, "Why"), (2, "How"), (1, "Scope"), (2, "Who"))
    )

    assert lines(with_styles(heads, outline)) == [
        "I. Purpose",
        "A Why",
        "B How",
        "II. Scope",
        "A Who",
    ]


@pytest.mark.parametrize(
    ("count", "form", "expected"),
    [
        (27, "a", "aa"),
        (28, "A", "BB"),
        (1999, "i", "mcmxcix"),
        (4, "I", "IV"),
        (12, "1", "12"),
        (3, "", ""),
        (3, "bullet", ""),
    ],
)
def test_counts_are_shown_in_their_form(count, form, expected):
    assert _shown(Level(form), count) == expected


def test_merged_cells_keep_the_columns():
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    covered = "<table:covered-table-cell/>"
    body = (
        "<table:table><table:table-row>"
        + cell.format("", "Drug")
        + cell.format("", "Dose")
        + cell.format("", "Unit")
        + "</table:table-row><table:table-row>"
        + cell.format(' table:number-columns-spanned="2"', "Heparin")
        + covered
        + cell.format("", "units")
        + '</table:table-row><table:table-row><table:table-cell table:number-columns-repeated="2">'
        + "<text:p>same</text:p></table:table-cell>"
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        + "</table:table>"
    )

    assert lines(odt(body)) == ["Drug | Dose | Unit", "Heparin |  | units", "same | same |"]


def test_page_edges_of_first_and_left_pages_are_read_once_each():
    edges = (
        "<office:master-styles><style:header><text:p>Policy IC-014</text:p></style:header>"
        "<style:header-first><text:p>Draft</text:p></style:header-first>"
        "<style:footer-left><text:p>Policy IC-014</text:p></style:footer-left>"
        "<style:footer-first><text:p>Owner: Nobody</text:p></style:footer-first>"
        "</office:master-styles>"
    )

    assert lines(with_styles("<text:p>Words.</text:p>", edges=edges)) == [
        "Policy IC-014",
        "Draft",
        "Words.",
        "Policy IC-014",
        "Owner: Nobody",
    ]


def test_notes_stand_at_the_end_boxes_after_their_paragraph_and_remarks_aside():
    body = (
        "<text:p>Wash<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A note.</text:p></text:note-body></text:note> hands."
        '<office:annotation><text:p>Why?</text:p></office:annotation><draw:frame xmlns:draw="d">'
        "<draw:text-box><text:p>Boxed."
        "</text:p></draw:text-box></draw:frame></text:p><text:p>End.</text:p>"
        '<text:section text:display="none"><text:p>Hidden.</text:p></text:section>'
    )
    reading = read("a.odt", odt(body))

    assert reading.text.split("\n\n") == ["Wash hands.", "Boxed.", "End.", "A note."]
    assert reading.warnings[0] == (
        "a.odt has remarks in its margin (1), which are not part of its text."
    )


def test_a_style_made_from_the_title_is_a_title():
    parts = (
        f"<office:document-styles {NAMES}><style:style style:name='P1' style:family='paragraph' "
        "style:parent-style-name='Title'/></office:document-styles>"
    )
    content = odt(
        '<text:p text:style-name="P1">Visitor Rules</text:p><text:p>Words.</text:p>',
        **{"styles.xml": parts},
    )

    assert shown(read("a.odt", content))[0] == ("heading", "", "Visitor Rules")
