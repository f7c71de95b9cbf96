"""Bytes in, a reading out. One reader a format; `read` picks by extension, in this process.

Whoever has files from outside reads them through `gross.intake.child`, which holds limits.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePath

from gross.domain.errors import Refused
from gross.intake import damage, doc, docx, eml, html, markdown, mhtml, odt, pdf, plain, rtf, xlsx
from gross.intake.assemble import assemble
from gross.intake.blocks import Draft, Reader
from gross.intake.clean import clean_draft
from gross.intake.header import marked, mine
from gross.intake.header.approvals import approval_at
from gross.intake.header.places import found_at
from gross.intake.mentions import find_mentions
from gross.intake.ocr import Ocr
from gross.intake.outline import with_headings
from gross.intake.references import apart, find_references
from gross.intake.sniff import check_content, is_known, told_by
from gross.intake.types import Found, Reading

MAX_BYTES = 50 * 1024 * 1024

READERS: dict[str, Reader] = {
    ".doc": doc.read,
    ".docm": docx.read,
    ".docx": docx.read,
    ".eml": eml.read,
    ".htm": html.read,
    ".html": html.read,
    ".markdown": markdown.read,
    ".md": markdown.read,
    ".mht": mhtml.read,
    ".mhtml": mhtml.read,
    ".odt": odt.read,
    ".pdf": pdf.read,
    ".rtf": rtf.read,
    ".txt": plain.read,
    ".xlsm": xlsx.read,
    ".xlsx": xlsx.read,
}


def read(
    filename: str, content: bytes, *, day_first: bool | None = False, ocr: Ocr | None = None
) -> Reading:
    """Read a file: its text, its passages, its header data and the policies that it mentions.

    `day_first` is how the library writes 03/12/2016. False is American usage; None keeps such dates
    to their year, with a warning, and so does a document whose clear dates are written otherwise.
    With `ocr`, pages of a PDF that are pictures are read from their picture, which takes seconds.

    Raises:
        Refused: no reader knows the extension, or the content is empty, too large, protected,
            damaged or of another format than the extension says.
    """
    reader = _reader(filename, content)
    if reader is pdf.read and damage.locks_attachments(content):
        raise Refused(f"{filename} holds a file under a password; save it without one.")
    is_pdf = reader is pdf.read
    if ocr and is_pdf:
        reader = partial(pdf.read, ocr=ocr)
    draft = clean_draft(_drafted(reader, filename, content))
    if is_pdf and not draft.blocks and damage.is_cut(content):
        raise Refused(f"{filename} is damaged: its end is missing, and it gives no words.")
    return reading_of(filename, draft, day_first=day_first)


def reading_of(filename: str, draft: Draft, *, day_first: bool | None) -> Reading:
    """Find header data and references in a clean draft, and put its text together.

    Raises:
        Refused: the text is longer than any policy or manual.
    """
    draft = replace(draft, blocks=with_headings(draft.blocks))
    header = mine(filename, draft, day_first=day_first)
    draft = replace(draft, blocks=marked(draft.blocks, header))
    text, passages, spans, asides, links = assemble(filename, draft)
    mentions = find_mentions(text)
    found: dict[str, tuple[Found, ...]] = {}
    for value in header.values:
        at = found_at(value, draft, text, spans)
        found[value.name] = (*found.get(value.name, ()), at)
    warnings = (*draft.warnings, *header.warnings)
    if not passages:
        warnings = draft.warnings or (f"{filename} has no text.",)
    return Reading(
        text=text,
        passages=passages,
        title=header.title,
        number=header.number,
        dates=header.dates,
        fields=header.fields,
        references=apart(find_references(text, passages, header.number), mentions),
        warnings=warnings,
        asides=asides,
        links=links,
        image_pages=draft.image_pages,
        ocr_pages=draft.ocr_pages,
        found=found,
        approvals=tuple(approval_at(each, draft, text, spans) for each in header.approvals),
        mentions=mentions,
    )


def _reader(filename: str, content: bytes) -> Reader:
    extension = PurePath(filename).suffix.lower()
    if extension not in READERS and not is_known(extension):
        extension = told_by(content)  # "policy.docx_old" and the like: the content says what it is
    reader = READERS.get(extension)
    if reader is None:
        raise Refused(f"{filename} cannot be read; use one of {', '.join(sorted(READERS))}.")
    if not content:
        raise Refused(f"{filename} is empty.")
    if len(content) > MAX_BYTES:
        raise Refused(f"{filename} is larger than 50 MB; split it, or take out its pictures.")
    check_content(filename, extension, content)
    return reader


def _drafted(reader: Reader, filename: str, content: bytes) -> Draft:
    try:
        return reader(filename, content)
    except RecursionError as error:
        raise Refused(
            f"{filename} is nested too deep to be a policy; it may be damaged."
        ) from error
    except Refused as refused:
        if reader is pdf.read and damage.is_locked(content) and "password" not in str(refused):
            raise Refused(
                f"{filename} cannot be opened: it is damaged, or protected by a password."
            ) from refused
        raise
