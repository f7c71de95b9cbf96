import io
import struct
import zipfile

import pytest

from gross.domain.errors import Refused
from gross.intake import archive
from gross.intake.archive import entries
from tests.intake.makers import zipped


def refusal(content):
    with pytest.raises(Refused) as refused:
        [entry.open() for entry in entries(content, "a.zip")]
    return str(refused.value)


def with_info(name, **attributes):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        info = zipfile.ZipInfo(name)
        for key, value in attributes.items():
            setattr(info, key, value)
        made.writestr(info, "target")
    return buffer.getvalue()


def patched(content, at, value):
    """Change a field of the first entry of the central directory."""
    place = content.index(b"PK\x01\x02") + at
    return content[:place] + value + content[place + len(value) :]


def test_files_are_listed_and_opened_and_folders_are_not():
    found = entries(zipped({"a/": "", "a/b.txt": "words", "手順.md": "x"}))

    assert [(entry.name, entry.open()) for entry in found] == [
        ("a/b.txt", b"words"),
        ("手順.md", b"x"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(
            b"PK\x03\x04 no more", "is damaged: its ZIP directory cannot be read", id="cut"
        ),
        pytest.param(
            zipped({"../../etc/passwd": "x"}),
            "holds a path that leads outside it (../../etc/passwd)",
            id="dots",
        ),
        pytest.param(
            zipped({"/etc/x": ""}), "holds a path that leads outside it (/etc/x)", id="root"
        ),
        pytest.param(zipped({"C:x": ""}), "holds a path that leads outside it (C:x)", id="drive"),
        pytest.param(
            with_info("link", external_attr=0o120777 << 16),
            "holds a link (link), which is not followed",
            id="symbolic link",
        ),
        pytest.param(
            zipped({"Policy.txt": "1", "policy.TXT": "2"}),
            "holds two files of the same name",
            id="same but for case",
        ),
        pytest.param(
            zipped({"caf\u00e9": "1", "cafe\u0301": "2"}),
            "holds two files of the same name",
            id="same but for NFC",
        ),
        pytest.param(
            zipped({"zeros": bytes(20_000_000)}),
            "holds a file packed too tightly to be honest (zeros)",
            id="bomb",
        ),
        pytest.param(
            patched(zipped({"a": "x"}), 8, b"\x01\x00"),
            "is protected by a password; save it without one",
            id="encrypted",
        ),
        pytest.param(
            patched(zipped({"a": "words " * 100}), 24, struct.pack("<I", 10)),
            "is damaged: a in it cannot be unpacked",
            id="a lie about the size",
        ),
    ],
)
def test_an_archive_that_could_harm_is_refused(content, sentence):
    assert refusal(content) == f"a.zip {sentence}."


def test_entries_that_share_their_bytes_are_refused():
    content = zipped({"a": "x" * 100, "b": "y" * 100})
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content = content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]

    assert refusal(content) == "a.zip holds files that overlap, as a bomb does."


def test_counts_and_sizes_have_limits(monkeypatch):
    content = zipped({"a": "xx", "b": "yy"})

    monkeypatch.setattr(archive, "MAX_ENTRIES", 1)
    assert refusal(content) == "a.zip holds more than 1 files; split it."
    monkeypatch.setattr(archive, "MAX_ENTRIES", 2)
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 3)
    assert refusal(content) == "a.zip would unpack to more than 2 GB; split it."
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 4)
    monkeypatch.setattr(archive, "MAX_ENTRY_BYTES", 1)
    assert refusal(content) == "a.zip holds a file larger than 200 MB (a)."
    monkeypatch.setattr(archive, "MAX_ENTRY_BYTES", 2)
    assert len(entries(content)) == 2


def test_damaged_data_is_found_when_it_is_unpacked():
    content = bytearray(zipped({"a": "words that are packed " * 20}))
    content[40] ^= 0xFF

    assert refusal(bytes(content)) == "a.zip is damaged: a in it cannot be unpacked."
