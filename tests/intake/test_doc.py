"""Old Word, with and without LibreOffice; the files are laid out by hand after [MS-DOC]."""

import struct

import pytest

from gross.domain.errors import Refused
from gross.intake import doc, read
from gross.intake.doc_text import read_story
from tests.intake.makers import shown
from tests.intake.ole import compound


def old_word(main, *, notes="", edges="", boxes="", flags=0, version=0xC1, wide=False):
    """A .doc of one piece, 8-bit or UTF-16."""
    stories = [main, notes, edges, "", "", "", boxes]
    text = "".join(stories)
    raw = text.encode("utf-16-le" if wide else "cp1252")
    head = bytearray(2048)
    struct.pack_into("<HH", head, 0, 0xA5EC, version)
    struct.pack_into("<H", head, 10, flags)
    struct.pack_into("<II", head, 24, 2048, 2048 + len(raw))
    struct.pack_into("<7I", head, 0x4C, *map(len, stories))
    place = 2048 if wide else (2048 * 2) | 0x40000000
    pieces = struct.pack("<IIHIH", 0, len(text), 0, place, 0)
    clx = b"\1\x02\0ab" + b"\2" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    return compound({"WordDocument": bytes(head) + raw, "0Table": clx})


@pytest.fixture
def without_libreoffice(monkeypatch):
    monkeypatch.setenv("PATH", "")


TEXT = (
    "PURPOSE\rTo stop infection\x13 HYPERLINK x \x14 now\x15.\r1. Wet hands.\r"
    "Product\x07Seconds\x07\x07Rub\x0720\x07\x07The end.\r"
)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.usefixtures("without_libreoffice")
def test_without_libreoffice_the_words_are_read_and_said_to_lack_numbers(wide):
    reading = read(
        "a.doc", old_word(TEXT, notes="A note.\r", edges="Policy IC-014\rPage 1\r", wide=wide)
    )

    assert shown(reading) == [
        ("header", "", "Policy IC-014"),
        ("heading", "", "PURPOSE"),
        ("paragraph", "PURPOSE", "To stop infection now."),
        ("item", "PURPOSE", "1. Wet hands."),
        ("row", "PURPOSE", "Product | Seconds"),
        ("row", "PURPOSE", "Rub | 20"),
        ("paragraph", "PURPOSE", "The end."),
        ("paragraph", "PURPOSE", "A note."),
    ]
    assert reading.warnings[0] == (
        "a.doc is old Word and was read without LibreOffice: its words, but not its automatic "
        "numbers; save it as .docx for those."
    )


@pytest.mark.usefixtures("without_libreoffice")
def test_the_words_of_text_boxes_follow_and_word_95_is_read():
    assert read("a.doc", old_word("Words.\r", boxes="In a box.\r")).text == "Words.\n\nIn a box."
    assert read("a.doc", old_word("Older words.\r", version=0x65)).text == "Older words."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            old_word(TEXT, flags=0x100),
            "a.doc is protected by a password; save it without one.",
            id="encrypted",
        ),
        pytest.param(
            compound({"WordDocument": b"\xec\xa5" + bytes(20)}),
            "a.doc is damaged: its Word text cannot be found.",
            id="cut short",
        ),
        pytest.param(
            compound({"WordDocument": bytes(2048)}),
            "a.doc is damaged: it holds no Word text.",
            id="zeros",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"),
            "a.doc is damaged: its Word streams cannot be opened.",
            id="no container",
        ),
        pytest.param(
            old_word(""), "a.doc is damaged: its Word text cannot be found.", id="no words"
        ),
    ],
)
def test_a_broken_file_is_refused(content, sentence):
    with pytest.raises(Refused) as refusal:
        read("a.doc", content)

    assert str(refusal.value) == sentence


def test_pieces_that_all_name_the_whole_file_are_not_unrolled():
    """Damage may claim any length; what is read is bounded by the file."""
    content = old_word("Words.\r")
    at = content.index(struct.pack("<IIHIH", 0, 7, 0, 4096 | 0x40000000, 0))
    damaged = content[:at] + struct.pack("<II", 0, 0xFFFFFFF0) + content[at + 8 :]

    assert len(read_story("a.doc", damaged).main) < 10_000


def test_a_conversion_that_fails_falls_back_to_the_words(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr(doc.shutil, "which", lambda _name: str(program))

    reading = read("a.doc", old_word("Words.\r"))

    assert reading.text == "Words."
    assert "without LibreOffice" in reading.warnings[0]
