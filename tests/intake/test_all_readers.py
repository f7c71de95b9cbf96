"""Every reader through the same checks, on odd input: offsets hold, and only Refused is raised."""

import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from gross.domain.errors import Refused
from gross.intake import READERS, read
from gross.intake.as_json import from_json, to_json
from tests.intake.makers import odt, p, pdf, word

ODD = [
    "",
    " ",
    "a",
    "\0",
    "\u00ad",
    "🏥",
    "e\u0301",
    "\u202e",
    "1.",
    "| |",
    "Title:",
    "2016",
    "-",
    "\x0c",
]
WORDS = st.one_of(
    st.sampled_from(
        [*ODD, "Policy Number: NUR-231", "Effective Date: 03/12/2016", "PURPOSE", "see"]
    ),
    st.text(st.characters(codec="utf-8"), max_size=30),
)
LINES = st.lists(WORDS, max_size=12)


def xml(text):
    """Characters that XML can hold, escaped."""
    kept = "".join(c for c in text if c in "\t\n" or (c >= "\x20" and c not in "\ufffe\uffff"))
    return kept.replace("&", "&amp;").replace("<", "&lt;")


def as_docx(lines):
    return word("".join(p(xml(line)) for line in lines))


def as_odt(lines):
    return odt("".join(f"<text:p>{xml(line)}</text:p>" for line in lines))


def as_html(lines):
    return f"<body>{''.join(f'<p>{line}</p>' for line in lines)}</body>".encode()


def as_rtf(lines):
    return ("{\\rtf1 " + "\\par ".join(lines) + "}").encode("ascii", "replace")


def as_pdf(lines):
    printable = [line.encode("latin-1", "replace").decode("latin-1") for line in lines]
    return pdf([[(72, 700 - 14 * n, 11, line) for n, line in enumerate(printable)]])


def as_text(lines):
    return "\n".join(lines).encode() or b"\n"


def as_eml(lines):
    return b"Subject: odd\n\n" + as_text(lines)


def as_mhtml(lines):
    return b"Content-Type: text/html; charset=utf-8\n\n" + as_html(lines)


def as_xlsx(lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([ILLEGAL_CHARACTERS_RE.sub("", line), "x"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


MAKERS = {
    ".eml": as_eml,
    ".mht": as_mhtml,
    ".mhtml": as_mhtml,
    ".xlsm": as_xlsx,
    ".xlsx": as_xlsx,
    ".docx": as_docx,
    ".docm": as_docx,
    ".odt": as_odt,
    ".html": as_html,
    ".htm": as_html,
    ".rtf": as_rtf,
    ".pdf": as_pdf,
    ".txt": as_text,
    ".md": as_text,
    ".markdown": as_text,
}


def hold(reading):
    """The promises of every reading."""
    at = 0
    for passage in reading.passages:
        assert at <= passage.start < passage.end <= len(reading.text)
        assert reading.text[passage.start : passage.end].strip()
        at = passage.end
    for reference in reading.references:
        assert 0 <= reference.start < reference.end <= len(reading.text)
        piece = " ".join(reading.text[reference.start : reference.end].split())
        assert (reference.number or reference.title) in piece
    assert not {"\0", "\r"} & set(reading.text)
    assert reading.title
    assert from_json(to_json(reading)) == reading
    reading.text.encode("utf-8")


@pytest.mark.parametrize("extension", sorted(MAKERS))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=LINES)
def test_offsets_hold_on_odd_text(extension, lines):
    hold(read(f"odd{extension}", MAKERS[extension](lines)))


@pytest.mark.parametrize("extension", sorted(READERS))
@settings(max_examples=30, deadline=None)
@given(content=st.binary(min_size=1, max_size=200))
def test_any_bytes_are_read_or_refused(extension, content):
    try:
        reading = read(f"odd{extension}", content)
    except Refused as refusal:
        sentence = str(refusal)
        hold_sentence(sentence, f"odd{extension}")
    else:
        hold(reading)


def hold_sentence(sentence, filename):
    assert sentence.startswith(filename)
    assert sentence.endswith(".")


@pytest.mark.parametrize("extension", sorted(MAKERS))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_file_with_damaged_bytes_is_read_or_refused(extension, data):
    content = bytearray(
        MAKERS[extension](["Fall Prevention", "Effective Date: 4/2010", "See IC-014."])
    )
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        reading = read(f"odd{extension}", bytes(content))
    except Refused as refusal:
        sentence = str(refusal)
        hold_sentence(sentence, f"odd{extension}")
    else:
        hold(reading)


def test_every_format_is_put_through_these_checks():
    # Old Word asks LibreOffice where it is: test_doc.py has its checks.
    assert READERS.keys() - MAKERS.keys() == {".doc"}
