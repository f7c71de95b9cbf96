"""What holds for every format: the checks before reading, and the sentences."""

import pytest

from gross.domain.errors import Refused
from gross.intake import MAX_BYTES, READERS, read
from tests.intake.makers import p, pdf, word, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(filename, content):
    with pytest.raises(Refused) as refused:
        read(filename, content)
    return str(refused.value)


@pytest.mark.parametrize("filename", ["plan.zzz", "plan", "plan.docx.exe", "手順書.xyz"])
def test_an_unknown_extension_is_refused_with_those_that_can_be_read(filename):
    sentence = refusal(filename, b"x")

    assert sentence.startswith(f"{filename} cannot be read; use one of .doc, .docm, .docx, ")


@pytest.mark.parametrize("extension", sorted(READERS))
def test_an_empty_file_is_refused(extension):
    assert refusal(f"a{extension}", b"") == f"a{extension} is empty."


def test_fifty_megabytes_are_the_most():
    content = b"word " * (MAX_BYTES // 5 + 1)

    assert (
        refusal("a.txt", content)
        == "a.txt is larger than 50 MB; split it, or take out its pictures."
    )


@pytest.mark.parametrize(
    ("filename", "content", "really"),
    [
        pytest.param("a.docx", pdf([[(72, 700, 11, "x")]]), "a PDF", id="PDF called Word"),
        pytest.param("a.pdf", word(p("x")), "a Word document (.docx)", id="Word called PDF"),
        pytest.param("a.txt", b"{\\rtf1 x}", "an RTF document", id="RTF called text"),
        pytest.param("a.pdf", b"\x89PNG\r\n\x1a\n", "a picture", id="picture called PDF"),
        pytest.param("a.doc", b"MZ\x90\0", "a program", id="program called Word"),
        pytest.param("a.md", zipped({"b": "c"}), "a ZIP archive", id="ZIP called Markdown"),
        pytest.param(
            "a.docx", zipped({"xl/a": ""}), "an Excel workbook (.xlsx)", id="Excel as Word"
        ),
    ],
)
def test_content_that_belies_its_extension_is_named(filename, content, really):
    extension = filename[filename.index(".") :]

    assert refusal(filename, content) == (
        f"{filename} is called {extension} but is really {really}; give it its right extension."
    )


def test_a_protected_word_file_says_so():
    content = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")

    assert refusal("a.docx", content) == "a.docx is protected by a password; save it without one."


def test_an_extension_may_be_in_capitals():
    assert read("A.TXT", b"Wash hands.").text == "Wash hands."


def test_a_file_of_blanks_has_no_text_and_says_so():
    reading = read("a.txt", b" \r\n\t\n")

    assert (reading.passages, reading.warnings) == ((), ("a.txt has no text.",))
