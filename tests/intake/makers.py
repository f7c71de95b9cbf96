"""Real files for the readers' tests, made on the spot."""

from __future__ import annotations

import io
import zipfile

import docx
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from gross.intake.types import Reading

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A .docx of hand-written XML; `parts` such as numbering="..." become its related parts."""
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{name.rstrip("0123456789")}" '
        f'Target="{name}.xml"/>'
        for n, name in enumerate(parts)
    )
    main = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS.format(main),
            "word/_rels/document.xml.rels": _RELS.format(related),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        }
        | {f"word/{name}.xml": content for name, content in parts.items()}
    )


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(pages: list[list[tuple[float, float, float, str]]], **options: object) -> bytes:
    """Pages of (left, height, size, words)."""
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=letter, **options)
    for page in pages:
        for left, height, size, words in page:
            sheet.setFont("Helvetica", size)
            sheet.drawString(left, height, words)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def odt(body: str, **parts: str) -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    content = (
        f"<office:document-content {names}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content} | parts
    )


def shown(reading: Reading) -> list[tuple[str, str, str]]:
    """The passages as (kind, section, text)."""
    return [
        (str(each.kind), each.section, reading.text[each.start : each.end])
        for each in reading.passages
    ]
