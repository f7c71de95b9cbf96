"""PDF: pages to lines, running edges told from the body, lines to blocks; scans through OCR."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.ocr import Ocr, Recogniser
from gross.intake.page_names import pages_named
from gross.intake.pdf import running
from gross.intake.pdf.lines import Line
from gross.intake.pdf.outline import outline_of, with_levels
from gross.intake.pdf.pages import Sheet, read_page
from gross.intake.pdf.paragraphs import paragraphs

MAX_PAGES = 3000


@dataclass(slots=True)
class _Read:
    """All pages, and the numbers of those that a person must hear about, from 1."""

    pages: list[list[Line]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    comments: int = 0


def read(filename: str, content: bytes, *, ocr: Ocr | None = None) -> Draft:
    """Read a PDF; with `ocr`, pages that are pictures are read from their picture.

    Raises:
        Refused: it is protected by a password, damaged, or has more pages than any manual.
    """
    document = _opened(filename, content)
    with closing(document):
        if len(document) > MAX_PAGES:
            raise Refused(
                f"{filename} has more than {MAX_PAGES:,} pages; split it into its policies."
            )
        found = _read(document, Recogniser(ocr) if ocr else None)
        title = document.get_metadata_value("Title") or ""
    body, edges = running.parted(found.pages, found.labels)
    blocks = (*edges, *paragraphs(body))
    return Draft(
        blocks,
        title="" if _names_a_section(title, blocks) else title,
        warnings=tuple(_warnings(filename, found)),
        image_pages=tuple(found.pictures),
        ocr_pages=tuple(found.recognised),
    )


def _names_a_section(title: str, blocks: tuple[Block, ...]) -> bool:
    """Say whether the file's properties call it by a heading amid it, as some programs do."""
    headings = [block.text for block in blocks if block.kind is PassageKind.HEADING]
    return title in headings[1:] and title != headings[0]


def _opened(filename: str, content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise Refused(f"{filename} is protected by a password; save it without one.") from error
        raise Refused(f"{filename} is damaged: it cannot be opened as a PDF.") from error
    if len(document) == 0:
        document.close()
        raise Refused(f"{filename} is damaged: it has no pages.")
    return document


def _read(document: pypdfium2.PdfDocument, recogniser: Recogniser | None) -> _Read:
    found = _Read()
    outline = outline_of(document)
    has_labels = bool(document.get_page_label(0))
    for n in range(len(document)):
        found.labels.append(document.get_page_label(n) if has_labels else "")
        try:
            page = document[n]
        except pypdfium2.PdfiumError:
            found.damaged.append(n + 1)
            found.pages.append([])
            continue
        with closing(page):
            lines = _lines(found, n + 1, page, read_page(document, page), recogniser)
        found.pages.append(with_levels(lines, outline[n]) if n in outline else lines)
    return found


def _lines(
    found: _Read,
    number: int,
    page: pypdfium2.PdfPage,
    sheet: Sheet,
    recogniser: Recogniser | None,
) -> list[Line]:
    found.comments += sheet.comments
    if sheet.has_hidden:
        found.hidden.append(number)
    if not sheet.needs_ocr:
        return sheet.lines
    lines = recogniser.lines(page) if recogniser else None
    if lines is None:
        found.pictures.append(number)
        return sheet.lines
    found.recognised.append(number)
    return lines


def _warnings(filename: str, found: _Read) -> Iterator[str]:
    if not any(found.pages) and found.pictures:
        yield f"{filename} has no text: needs OCR."
    elif found.pictures:
        which, are = pages_named(found.pictures, found.labels)
        hold = "holds" if are == "is" else "hold"
        yield f"{filename}: {which} {hold} no text that can be read: needs OCR."
    if found.recognised:
        which, are = pages_named(found.recognised, found.labels)
        was, it = ("was", "it") if are == "is" else ("were", "them")
        yield f"{which.capitalize()} {was} read by OCR; check {it} against the original."
    if found.damaged:
        yield (
            f"{filename}: {len(found.damaged)} of {len(found.pages)} pages are damaged and were"
            " left out."
        )
    if found.hidden:
        which, _ = pages_named(found.hidden, found.labels)
        yield f"Text that does not show on {which} was left out."
    if found.comments:
        noun = "comment was" if found.comments == 1 else "comments were"
        yield f"{found.comments} {noun} left out; the original has them."
