"""What a file really is, by its first bytes: an extension is only somebody's word for it."""

from __future__ import annotations

from gross.domain.errors import Refused

_ZIP_NAMES = (
    (b"word/", "a Word document (.docx)"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
)
_ZIP = "a ZIP archive"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")

PDF, DOCX, ODT, XLSX, RTF, OLE = (
    "a PDF",
    _ZIP_NAMES[0][1],
    _ZIP_NAMES[1][1],
    _ZIP_NAMES[2][1],
    "an RTF document",
    "an old Word document (.doc)",
)
_EXPECTED = {".pdf": PDF, ".docx": DOCX, ".docm": DOCX, ".odt": ODT, ".rtf": RTF, ".doc": OLE}
_EXPECTED |= {".xlsx": XLSX, ".xlsm": XLSX}
_TEXT = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml", ".eml"})


_OTHERS = frozenset(
    {".csv", ".tsv", ".zip", ".xls", ".ppt", ".pptx", ".png", ".jpg", ".jpeg", ".gif", ".tif"}
    | {".tiff", ".bmp", ".exe", ".dll", ".msg", ".pub", ".xps", ".mp4", ".pages"}
)


def is_known(extension: str) -> bool:
    """Say whether an extension that no reader has says all the same what the file is."""
    return not extension or extension in _OTHERS


def told_by(content: bytes) -> str:
    """The extension that the first bytes ask for, "" when they ask for none."""
    kind = _kind(content)
    return next((each for each, expected in _EXPECTED.items() if kind and kind == expected), "")


def check_content(filename: str, extension: str, content: bytes) -> None:
    """Hold the content against the extension.

    Raises:
        Refused: the content is plainly of another format, or is protected by a password.
    """
    kind = _kind(content)
    if kind.startswith("protected"):
        raise Refused(f"{filename} is protected by a password; save it without one.")
    expected = _EXPECTED.get(extension)
    if not kind or kind == expected or (kind == _ZIP and expected in {DOCX, ODT, XLSX}):
        return  # a ZIP without the usual names may be a damaged document: its reader will say
    if expected or extension in _TEXT:
        raise Refused(
            f"{filename} is called {extension} but is really {kind}; give it its right extension."
        )


def _kind(content: bytes) -> str:
    """Name what the bytes plainly are; "" when they could be anything, also damaged."""
    head = content[:1024]
    if content.startswith(_OLE):
        return _ole_kind(content)
    if content.startswith(b"PK\x03\x04"):
        return next((name for sign, name in _ZIP_NAMES if sign in content), _ZIP)
    for sign, name in ((b"%PDF-", PDF), (b"{\\rtf", RTF)):
        if head.lstrip().startswith(sign):
            return name
    if content.startswith(_PICTURES):
        return "a picture"
    return "a program" if content.startswith((b"MZ", b"\x7fELF")) else ""


def _ole_kind(content: bytes) -> str:
    if _WORD_ENCRYPTED in content:
        return "protected by a password"
    return OLE if _WORD_STREAM in content else "an old Office file"
