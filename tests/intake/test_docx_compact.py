"""Word's XML made small reads as the whole of it: nothing that was cut is missed."""

import io
import zipfile

import pytest

from gross.intake import docx
from gross.intake.docx.compact import compacted
from tests.intake.fidelity.pieces import docx as file_of
from tests.intake.makers import zipped
from tests.intake.shared import data
from tests.intake.test_docx_fidelity import CASES

WORD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ATTRIBUTES = b' w:rsidR="00A77427" w:rsidRDefault="007F1D13" w14:paraId="0DA2BF31"'
LOOKS = b'<w:spacing w:before="240" w:after="120"/><w:ind w:left="709" w:hanging="283"/>'
RUN_LOOKS = b'<w:lang w:val="en-US"/><w:color w:val="1F497D"/>'


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def with_xml(content, change):
    """The file with each of Word's own parts changed."""
    is_xml = (b"<w:", b"<?xml")
    return zipped(
        {
            name: change(part) if part.startswith(is_xml) and b"xmlns:w=" in part else part
            for name, part in parts_of(content).items()
        }
    )


def as_word_writes(part):
    """A declaration, the sittings in which it was typed, and looks on every paragraph and run."""
    part = part.removeprefix(WORD).replace(b"<w:p>", b"<w:p" + ATTRIBUTES + b">")
    part = part.replace(b"<w:r>", b'<w:r w:rsidRPr="00B12">').replace(
        b"</w:pPr>", LOOKS + b"</w:pPr>"
    )
    return WORD + part.replace(b"</w:rPr>", RUN_LOOKS + b"</w:rPr>")


def never_cut(part):
    """A comment makes the whole of it go through the parser."""
    at = part.rindex(b"</")
    return part[:at] + b"<!-- kept whole -->" + part[at:]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_document_that_is_cut_reads_as_the_whole_one(case):
    content = with_xml(file_of(case), as_word_writes)
    main = parts_of(content)["word/document.xml"]

    assert compacted(main) != main
    assert docx.read("a.docx", content) == docx.read("a.docx", with_xml(content, never_cut))


def test_real_documents_that_are_cut_read_as_whole_ones():
    files = sorted(data("office-files").rglob("*.docx"))

    assert files
    for path in files:
        content = path.read_bytes()
        main = parts_of(content)["word/document.xml"]
        assert len(compacted(main)) < len(main) / 2
        whole = docx.read(path.name, with_xml(content, never_cut))
        assert docx.read(path.name, content) == whole


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(b"<w:document><w:p w:rsidR='1'/></w:document>", id="without a declaration"),
        pytest.param(WORD + b"<w:document><![CDATA[<w:rPr></w:rPr>]]></w:document>", id="raw text"),
        pytest.param(WORD.replace(b"UTF-8", b"UTF-16") + b"<w:document/>", id="not in UTF-8"),
        pytest.param(WORD + b"<x:document><w:rPr></w:rPr></x:document>", id="another prefix"),
    ],
)
def test_what_is_written_in_another_way_is_left_whole(part):
    assert compacted(part) == part


def test_an_attribute_that_holds_the_end_of_a_tag_is_left_whole():
    body = (
        '<w:p w:note="a>b"><w:pPr><w:jc w:val="left"/></w:pPr><w:r w:note="c>d"><w:t>Wash '
        "hands.</w:t></w:r></w:p>"
    )
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    part = WORD + f"<w:document {names}><w:body>{body}</w:body></w:document>".encode()

    assert body.replace(' w:note="a>b"', "").encode() not in compacted(part)
    assert b'b">' in compacted(part)
    assert b'd">' in compacted(part)
