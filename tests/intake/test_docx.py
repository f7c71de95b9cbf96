import docx
import pytest

from gross.domain.errors import Refused
from gross.intake import read
from tests.intake.makers import W, p, saved, shown, word, zipped

ENTITY = '<!DOCTYPE d [<!ENTITY x "y">]>'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def texts(content):
    return [text for _, _, text in shown(read("a.docx", content))]


def make_policy():
    """A policy as Word saves it: header table, page edges, headings, a list, a table."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Mercy Hospital | NUR-231"
    document.sections[0].footer.paragraphs[0].text = "Printed copies are not controlled."
    table = document.add_table(rows=3, cols=4)
    cells = ["Policy Title", "Fall Prevention", "Number:", "NUR-231"]
    cells += ["Effective Date", "03/12/2016", "Next Review", "03/2019"]
    cells += ["Owner", "Director of Nursing", "Version", "4"]
    for n, text in enumerate(cells):
        table.cell(n // 4, n % 4).text = text
    document.add_heading("Purpose", 1)
    document.add_paragraph("To keep patients from falling. See IC-014.")
    document.add_heading("Procedure", 1)
    document.add_heading("Adults", 2)
    document.add_paragraph("Raise two rails.", style="List Bullet")
    doses = document.add_table(rows=2, cols=2)
    for n, text in enumerate(["Score", "Action", "45", "Alarm on"]):
        doses.cell(n // 2, n % 2).text = text
    return saved(document)


def test_a_policy_from_word_gives_its_header_data():
    reading = read("scan0012.docx", make_policy())

    assert (reading.title, reading.number) == ("Fall Prevention", "NUR-231")
    assert {name: str(date) for name, date in reading.dates.items()} == {
        "effective": "2016-03-12",
        "next_review": "2019-03",
    }
    assert reading.fields["owner"] == "Director of Nursing"
    assert reading.fields["version"] == "4"
    assert [each.number for each in reading.references] == ["IC-014"]


def test_a_policy_from_word_gives_its_passages_in_order():
    assert shown(read("a.docx", make_policy())) == [
        ("header", "", "Mercy Hospital | NUR-231"),
        ("header", "", "Policy Title | Fall Prevention | Number: | NUR-231"),
        ("header", "", "Effective Date | 03/12/2016 | Next Review | 03/2019"),
        ("header", "", "Owner | Director of Nursing | Version | 4"),
        ("heading", "", "Purpose"),
        ("paragraph", "Purpose", "To keep patients from falling. See IC-014."),
        ("heading", "", "Procedure"),
        ("heading", "Procedure", "Adults"),
        ("item", "Procedure › Adults", "Raise two rails."),
        ("row", "Procedure › Adults", "Score | Action"),
        ("row", "Procedure › Adults", "45 | Alarm on"),
        ("header", "Procedure › Adults", "Printed copies are not controlled."),
    ]


def test_tracked_insertions_are_read_and_deletions_are_not():
    body = (
        "<w:p><w:r><w:t>Keep for </w:t></w:r>"
        '<w:del w:id="1"><w:r><w:delText>five</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>six</w:t></w:r></w:ins><w:r><w:t> years.</w:t></w:r></w:p>'
        '<w:p><w:moveFrom w:id="3"><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom></w:p>'
        '<w:p><w:moveTo w:id="4"><w:r><w:t>Moved here.</w:t></w:r></w:moveTo></w:p>'
    )

    assert texts(word(body)) == ["Keep for six years.", "Moved here."]


def test_content_controls_links_and_fields_are_read_as_shown():
    body = (
        f"<w:sdt><w:sdtPr><w:alias w:val='hidden'/></w:sdtPr><w:sdtContent>{p('In a control.')}"
        "</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>See </w:t></w:r><w:hyperlink><w:r><w:t>the link</w:t></w:r></w:hyperlink>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        "<w:r><w:t>, page 4</w:t></w:r></w:p>"
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>inline</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )

    assert texts(word(body)) == ["In a control.", "See the link, page 4", "inline"]


def test_a_text_box_that_is_written_twice_is_read_once():
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Before.</w:t></w:r><w:r><mc:AlternateContent {MC}><mc:Choice>{box}"
        f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert texts(word(body)) == ["Before.", "In the box."]


def test_notes_that_the_text_refers_to_follow_it():
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0">{p("separator")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Not in the NICU.")}</w:footnote></w:footnotes>'
    )
    body = '<w:p><w:r><w:t>Weigh daily.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'

    assert texts(word(body, footnotes=notes)) == ["Weigh daily.", "Not in the NICU."]


def test_a_nested_table_follows_its_row_and_a_frame_is_no_table():
    def cell(inner):
        return f"<w:tc>{inner}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(p('x'))}{cell(p('y'))}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr>{cell(p('In a frame.'))}</w:tr></w:tbl>"
    body += f"<w:tbl><w:tr>{cell(p('a') + inner)}{cell(p('b'))}</w:tr></w:tbl>"

    assert shown(read("a.docx", word(body))) == [
        ("paragraph", "", "In a frame."),
        ("row", "", "a | b"),
        ("row", "", "x | y"),
    ]


def test_a_heading_may_be_one_by_the_style_it_is_based_on_or_by_itself():
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="Mercy Head"/>'
        '<w:basedOn w:val="A"/></w:style></w:styles>'
    )
    body = p("By its base", '<w:pStyle w:val="B"/>') + p("By itself", '<w:outlineLvl w:val="1"/>')

    reading = read("a.docx", word(body, styles=styles))

    assert [kind for kind, _, _ in shown(reading)] == ["heading", "heading"]


def test_a_document_without_heading_styles_has_headings_by_their_look():
    body = p("Fall Prevention") + p("I. PURPOSE") + p("To keep patients safe.")
    body += p("II. PROCEDURE") + p("A. Adults") + p("Raise two rails.")

    assert shown(read("a.docx", word(body)))[-3:] == [
        ("heading", "", "II. PROCEDURE"),
        ("heading", "II. PROCEDURE", "A. Adults"),
        ("paragraph", "II. PROCEDURE › A. Adults", "Raise two rails."),
    ]


def test_hidden_text_and_page_numbers_are_left_out():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    body = f"<w:p>{hidden}<w:r><w:t>seen</w:t></w:r></w:p>"
    footer = f"<w:ftr {W}>{p('Page 2 of 9')}</w:ftr>"

    assert texts(word(body, footer1=footer)) == ["seen"]


def test_styles_that_are_based_on_each_other_end():
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:name w:val="x"/><w:basedOn '
        'w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="y"/>'
        '<w:basedOn w:val="A"/></w:style></w:styles>'
    )

    assert texts(word(p("text", '<w:pStyle w:val="A"/>'), styles=styles)) == ["text"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            word(p("text"))[:300],
            "a.docx is damaged: its ZIP directory cannot be read.",
            id="cut short",
        ),
        pytest.param(
            zipped({"word/other.xml": "<a/>"}),
            "a.docx is damaged: it holds no Word document.",
            id="without a document",
        ),
        pytest.param(
            word("<w:p>"),
            "a.docx is damaged: a part of it is not well-formed XML.",
            id="not well-formed",
        ),
        pytest.param(
            zipped({"word/document.xml": f"{ENTITY}<w:document {W}>&x;</w:document>"}),
            "a.docx declares entities of its own, which no word processor does.",
            id="entities",
        ),
    ],
)
def test_a_broken_word_file_is_refused(content, sentence):
    with pytest.raises(Refused) as refusal:
        read("a.docx", content)

    assert str(refusal.value) == sentence


def test_a_table_of_90_000_cells_is_read():
    row = f"<w:tr>{'<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>' * 300}</w:tr>"

    assert len(read("a.docx", word(f"<w:tbl>{row * 300}</w:tbl>")).passages) == 300


def bold(text, size="", properties=""):
    size = f'<w:sz w:val="{size}"/>' if size else ""
    run = f"<w:r><w:rPr><w:b/>{size}</w:rPr><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


HEADING_STYLES = (
    f'<w:styles {W}><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/>'
    "</w:style></w:styles>"
)
AIM = p("Why we have this policy", '<w:pStyle w:val="H"/>') + p("So that nobody waits.")


@pytest.mark.parametrize(
    ("first", "title"),
    [
        pytest.param(bold("Triage", "36"), "Triage", id="large and bold"),
        pytest.param(bold("Triage", "", '<w:jc w:val="center"/>'), "Triage", id="centred and bold"),
        pytest.param(
            bold("St. Agnes Medical Center", "36") + bold("Triage", "28"),
            "Triage",
            id="below a banner",
        ),
        pytest.param(bold("Triage"), "Why we have this policy", id="only bold"),
        pytest.param(p("Triage"), "Why we have this policy", id="plain"),
        pytest.param(
            p("Who comes first. " * 10) + bold("Triage", "36"),
            "Why we have this policy",
            id="below text",
        ),
    ],
)
def test_a_title_without_a_style_is_told_by_its_look(first, title):
    assert read("x.docx", word(first + AIM, styles=HEADING_STYLES)).title == title


@pytest.mark.parametrize(
    ("kept", "title"),
    [
        pytest.param("Triage", "Triage", id="the title on the page"),
        pytest.param("Policy template 2009", "Why we have this policy", id="another file's title"),
    ],
)
def test_the_title_in_a_files_properties_counts_when_the_page_shows_it(kept, title):
    document = docx.Document()
    document.core_properties.title = kept
    document.add_paragraph("Triage")
    document.add_heading("Why we have this policy", 1)
    document.add_paragraph("So that nobody waits.")

    assert read("x.docx", saved(document)).title == title
