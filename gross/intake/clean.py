"""The one cleaning layer: what no database, page or comparison should meet never gets past here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from gross.intake.blocks import Block, Draft, Mark

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE_RUNS = re.compile("[ \t]{2,}|\t")


def clean(text: str) -> str:
    """Drop what cannot be seen, in NFC, with LF and ordinary spaces. Idempotent."""
    if text.isascii() and text.isprintable():
        return text  # nearly every piece of a document
    text = _same_length(_LINE_ENDS.sub("\n", text), "")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def clean_in_place(text: str) -> str:
    """Clean a file's own text so that, line ends apart, each code point keeps its place.

    What `clean` drops becomes a space here, and invisible but harmless characters stay: the offsets
    of a plain text file are promised to be those of the file itself.
    """
    return _same_length(_LINE_ENDS.sub("\n", text), " ")


def clean_line(text: str) -> str:
    """Clean a piece that is one line on the page: runs of spaces are one space."""
    return " ".join(clean(text).split())


def clean_draft(draft: Draft) -> Draft:
    """Put every string of a draft through the layer; spans stay, as the text keeps its length."""
    return replace(
        draft,
        blocks=tuple(_clean_block(block) for block in draft.blocks),
        text=None if draft.text is None else clean_in_place(draft.text),
        title=clean_line(draft.title),
        pairs=tuple((clean_line(name), clean_line(value)) for name, value in draft.pairs),
        warnings=tuple(clean_line(warning) for warning in draft.warnings),
    )


def _clean_block(block: Block) -> Block:
    marks = tuple(_clean_mark(block, mark) for mark in block.marks)
    if block.cells:
        return replace(block, cells=tuple(clean_line(cell) for cell in block.cells), marks=marks)
    text = clean_line(block.text) if block.span is None else clean(block.text).strip()
    return replace(block, text=text, number=clean_line(block.number), marks=marks)


def _clean_mark(block: Block, mark: Mark) -> Mark:
    """Move a mark to where its place is in the clean text."""
    text = block.cells[mark.cell] if block.cells else block.text
    # The letter keeps the space before it, which is no longer at the end.
    start, end = (len(clean_line(f"{text[:at]}x")) - 1 for at in (mark.start, mark.end))
    return replace(mark, start=start, end=end, value=clean_line(mark.value))


def _same_length(text: str, stand_in: str) -> str:
    text = _SPACES.sub(" ", text)
    text = _CONTROLS.sub(stand_in, text)
    return _SURROGATES.sub("\ufffd", text)
