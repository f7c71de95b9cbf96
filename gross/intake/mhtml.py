"""A web page saved as one file (MHTML): the page, read as HTML; its pictures and styles dropped."""

from __future__ import annotations

from dataclasses import replace

from gross.domain.errors import Refused
from gross.intake import html
from gross.intake.blocks import Draft
from gross.intake.mime import Part, header, open_mail, parts


def read(filename: str, content: bytes) -> Draft:
    """Read an .mht or .mhtml.

    Raises:
        Refused: it is no MIME, or holds no web page.
    """
    message = open_mail(filename, content)
    pages = [part for part in parts(filename, message) if part.kind in _PAGES]
    if not pages:
        raise Refused(f"{filename} holds no web page; save the page again as .html or .pdf.")
    start = str(message.get_param("start", "")).strip()
    pages.sort(key=lambda part: part.message.get("Content-ID", "").strip() != start)
    # The first page is the one that was saved. Where it is a frame around others (as Excel and
    # Word write), it has no words, and the framed pages have them.
    first, rest = _draft(filename, pages[0]), pages[1:]
    if not first.blocks:
        framed = [_draft(filename, page) for page in rest]
        first = replace(
            first,
            blocks=tuple(block for draft in framed for block in draft.blocks),
            warnings=tuple(warning for draft in framed for warning in draft.warnings),
        )
    return replace(first, title=first.title or header(message, "Subject"))


_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def _draft(filename: str, page: Part) -> Draft:
    if page.message.get_content_charset():
        return html.draft_of(*page.text(filename))
    return html.read(filename, page.content())
