"""RTF: its text by striprtf; each line is a paragraph, a heading, an item or a table row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from gross.domain.errors import Refused
from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.outline import heading_level, is_item

_TITLE = re.compile(r"\{\\title ([^{}\\]{1,200})\}")


def read(filename: str, content: bytes) -> Draft:
    """Read RTF.

    Raises:
        Refused: the content does not begin as RTF does, or its groups make no sense.
    """
    if not content.lstrip().startswith(b"{\\rtf"):
        raise Refused(f"{filename} is damaged: it does not begin as RTF does.")
    source = content.decode("cp1252", "replace")
    try:
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]  # ships no types
    except (ValueError, IndexError, KeyError, LookupError, OverflowError, TypeError) as error:
        raise Refused(f"{filename} is damaged: its RTF cannot be understood.") from error
    title = _TITLE.search(source)
    warning = f"{filename} is RTF: its text was read, but not its page headers and list numbers."
    return Draft(tuple(_blocks(text)), title=title[1] if title else "", warnings=(warning,))


def _blocks(text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        shown = line.strip()
        cells = tuple(cell.strip() for cell in shown.strip("|").split("|")) if "|" in shown else ()
        level = heading_level(shown)
        if any(cells):
            yield Block(PassageKind.ROW, cells=cells, table=1)
        elif level:
            yield Block(PassageKind.HEADING, shown, level=level)
        elif shown:
            yield Block(PassageKind.ITEM if is_item(shown) else PassageKind.PARAGRAPH, shown)
