"""PDF: lines from the page's own text, running edges told from the body, words mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.outline import is_page_number
from gross.intake.pdf_lines import Line, page_lines
from gross.intake.pdf_paragraphs import paragraphs

MAX_PAGES = 3000
EDGE_LINES = 5  # so many lines at the top and the bottom of a page may be a running edge
EDGE_SHARE = 0.6  # of the pages must carry a line before it counts as running

_DIGITS = re.compile(r"\d+")
_COUNTS_PAGES = re.compile(r"\b(?:page\s*)?1\s*(?:/|of)\s*1$", re.IGNORECASE)


def read(filename: str, content: bytes) -> Draft:
    """Read a PDF.

    Raises:
        Refused: it is protected by a password, damaged, or has more pages than any manual.
    """
    document = _opened(filename, content)
    with closing(document):
        if len(document) > MAX_PAGES:
            raise Refused(
                f"{filename} has more than {MAX_PAGES:,} pages; split it into its policies."
            )
        pages, unread = _pages(document)
        title = document.get_metadata_value("Title") or ""
    if not any(pages):
        return Draft((), title=title, warnings=(f"{filename} has no text: needs OCR.",))
    running = _running(pages)
    body = [_body(page, running) for page in pages]
    blocks = [*_edges(pages, running), *paragraphs(body)]
    return Draft(tuple(blocks), title=title, warnings=tuple(_warnings(filename, pages, unread)))


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


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[list[Line]], int]:
    """The lines of each page, and the number of pages that could not be loaded."""
    pages: list[list[Line]] = []
    unread = 0
    for n in range(len(document)):
        try:
            page = document[n]
        except pypdfium2.PdfiumError:
            unread += 1
            pages.append([])
            continue
        pages.append(page_lines(page))
        page.close()
    return pages, unread


def _running(pages: list[list[Line]]) -> frozenset[str]:
    """The keys of lines that stand at the edge of most pages, or count the only one."""
    filled = [page for page in pages if page]
    if len(filled) < 2:
        ends = (line for page in filled for line in (page[0], page[-1]))
        return frozenset(_key(line) for line in ends if _COUNTS_PAGES.search(line.text))
    counts = Counter(key for page in filled for key in {_key(line) for line in _at_edge(page)})
    least = max(2, EDGE_SHARE * len(filled))
    return frozenset(key for key, count in counts.items() if count >= least)


def _at_edge(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.top)
    return (
        by_height
        if len(page) <= 2 * EDGE_LINES
        else by_height[:EDGE_LINES] + by_height[-EDGE_LINES:]
    )


def _body(page: list[Line], running: frozenset[str]) -> list[Line]:
    """The page without its running lines; the same words amid the page stay."""
    if not running:
        return page
    edge = {id(line) for line in _at_edge(page) if _key(line) in running}
    return [line for line in page if id(line) not in edge]


def _key(line: Line) -> str:
    """Page numbers differ from page to page; all else of a running line is the same."""
    return _DIGITS.sub("#", line.text.lower())


def _edges(pages: list[list[Line]], running: frozenset[str]) -> Iterator[Block]:
    """Each running line once, as it stands on the first page that carries it."""
    seen: set[str] = set()
    for line in (line for page in pages if running for line in _at_edge(page)):
        key = _key(line)
        if key in running and key not in seen:
            seen.add(key)
            if not is_page_number(line.text):
                yield Block(PassageKind.HEADER, line.text)


def _warnings(filename: str, pages: list[list[Line]], unread: int) -> Iterator[str]:
    blank = sum(1 for page in pages if not page) - unread
    if unread:
        yield f"{filename}: {unread} of {len(pages)} pages are damaged and were left out."
    if blank:
        yield f"{filename}: {blank} of {len(pages)} pages have no text and may need OCR."
