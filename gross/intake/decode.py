"""Bytes to characters for the formats that are text."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from gross.domain.errors import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 200_000  # guessing an encoding costs time that grows with the file


def decode(filename: str, content: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Give the text without its byte order mark, and a warning where the encoding was guessed.

    Raises:
        Refused: the bytes are no text in any encoding.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), ()
    for encoding in filter(None, (_known(declared), "utf-8")):
        try:
            return content.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    return _guessed(filename, content)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name if name.isascii() and name else ""
    except LookupError:
        return ""


def _guessed(filename: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    best = from_bytes(content[:_SAMPLE_BYTES]).best()
    if best is None:
        raise Refused(f"{filename} is not a text in any known encoding; save it as UTF-8.")
    encoding = _windows(best.encoding)
    sentence = (
        f"{filename} is not UTF-8; it was read as {encoding}, so check its accents and dashes."
    )
    return content.decode(encoding, "replace"), (sentence,)


def _windows(encoding: str) -> str:
    """Western single-byte guesses are read as Windows text, which is what hospitals' files are."""
    western = {
        "latin_1",
        "iso8859_1",
        "cp1250",
        "cp1252",
        "iso8859_15",
        "mac_roman",
        "cp437",
        "cp850",
    }
    return "cp1252" if encoding in western else encoding
