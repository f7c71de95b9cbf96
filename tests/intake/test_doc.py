import pytest

from gross.domain.errors import Refused
from gross.intake import doc, read

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")


def test_without_libreoffice_old_word_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Refused) as refusal:
        read("a.doc", OLD_WORD)

    assert str(refusal.value) == "a.doc cannot be read here: open it in Word and save it as .docx."


def test_a_conversion_that_fails_is_refused_with_what_to_do(tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o700)

    with pytest.raises(Refused) as refusal:
        doc._converted(str(program), tmp_path, "a.doc", OLD_WORD)

    assert str(refusal.value) == (
        "a.doc could not be converted; open it in Word and save it as .docx."
    )
