"""Old Word (.doc): LibreOffice, where it is installed, makes it DOCX, which is then read.

Where it is not, or fails, the words are taken from the file's own piece table, without its numbers.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gross.domain.passage import PassageKind
from gross.intake import docx
from gross.intake.blocks import Block, Draft
from gross.intake.doc_text import Story, read_story
from gross.intake.outline import heading_level, is_item, is_page_number

SECONDS = 12  # below the reader's own limit, so that there is time to read it without

_CELL_END = "\x07"


def read(filename: str, content: bytes) -> Draft:
    """Read a .doc.

    Raises:
        Refused: it is protected by a password, or damaged.
    """
    story = read_story(filename, content)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is not None:
        with tempfile.TemporaryDirectory(prefix="gross-doc-") as folder:
            converted = _converted(program, Path(folder), content)
        if converted:
            draft = docx.read(filename, converted)
            sentence = (
                f"{filename} was converted from old Word; hold its numbering against the original."
            )
            return replace(draft, warnings=(*draft.warnings, sentence))
    sentence = (
        f"{filename} is old Word and was read without LibreOffice: its words, but not its "
        "automatic numbers; save it as .docx for those."
    )
    return Draft(tuple(_story_blocks(story)), warnings=(sentence,))


def _story_blocks(story: Story) -> Iterator[Block]:
    """Blocks by the look of their lines, page edges first, each different one once."""
    for line in dict.fromkeys(_lines(story.edges)):
        if not is_page_number(line):
            yield Block(PassageKind.HEADER, line)
    yield from _blocks(story.main)
    yield from _blocks(story.beside)


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.replace(_CELL_END, "\r").split("\r"))
    return [line for line in lines if line]


def _blocks(text: str) -> Iterator[Block]:
    """A row ends where a cell's mark follows another; its first cell begins at a line's start."""
    *rows, rest = text.split(_CELL_END * 2)
    table = 1
    for chunk in rows:
        first, *others = chunk.strip(_CELL_END).split(_CELL_END)
        before, _, first = first.rpartition("\r")
        table += bool(before.strip())
        yield from map(_line, _lines(before))
        cells = tuple(" ".join(cell.split()) for cell in (first, *others))
        if len(cells) == 1 and cells[0]:
            yield _line(cells[0])
        elif any(cells):
            yield Block(PassageKind.ROW, cells=cells, table=table)
    yield from map(_line, _lines(rest))


def _line(line: str) -> Block:
    level = heading_level(line)
    if level:
        return Block(PassageKind.HEADING, line, level=level)
    return Block(PassageKind.ITEM if is_item(line) else PassageKind.PARAGRAPH, line)


def _converted(program: str, folder: Path, content: bytes) -> bytes:
    """The file as DOCX; nothing when LibreOffice would not."""
    source = folder / "in.doc"
    source.write_bytes(content)
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={folder.as_uri()}/home",
    ]
    command += ["--convert-to", "docx", "--outdir", str(folder), str(source)]
    try:
        # The name is ours and the program was looked up: nothing from outside is in the command.
        subprocess.run(command, timeout=SECONDS, check=True, capture_output=True)  # noqa: S603
        return (folder / "in.docx").read_bytes()
    except (subprocess.SubprocessError, OSError):
        return b""
