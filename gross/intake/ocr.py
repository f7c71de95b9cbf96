"""OCR: a page's picture to lines, through tesseract where it is installed.

It runs inside the reading process: the same bars hold for it (memory, no network, killed with it).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

import pypdfium2

from gross.intake.pdf.lines import Line
from gross.intake.pdf.picture import Picture

DOTS_PER_INCH = 300  # tesseract is trained on it
LEAST_SURE = 25.0  # of 100; a word below is a smudge
SECONDS_A_PAGE = 20
PROGRAM = "tesseract"


@dataclass(frozen=True, slots=True)
class Ocr:
    """How pictures are read. `language` as tesseract names it: "eng", "eng+deu".

    `pages` and `seconds` are the most that one file may take; what is beyond stays unread and is
    named.
    """

    language: str = "eng"
    pages: int = 30
    seconds: float = 120.0


def is_installed() -> bool:
    return shutil.which(PROGRAM) is not None


class Recogniser:
    """Reads pages of one file until its budget is spent."""

    def __init__(self, ocr: Ocr) -> None:
        self._ocr = ocr
        self._pages_left = ocr.pages if is_installed() else 0
        self._deadline = time.monotonic() + ocr.seconds

    def lines(self, page: pypdfium2.PdfPage) -> list[Line] | None:
        """The lines of the page's picture; None when it was not read."""
        seconds = min(SECONDS_A_PAGE, self._deadline - time.monotonic())
        if self._pages_left <= 0 or seconds <= 1:
            return None
        self._pages_left -= 1
        picture = Picture(page, DOTS_PER_INCH / 72)
        table = _recognised(picture.as_pgm(), self._ocr.language, seconds)
        return None if table is None else list(_lines(table, picture.scale, page.get_height()))


def _recognised(picture: bytes, language: str, seconds: float) -> str | None:
    """What tesseract says of a picture, as its table of words; None when it fails or is late."""
    with suppress(subprocess.SubprocessError, OSError):
        done = subprocess.run(  # noqa: S603 -- a fixed program; the picture goes through a pipe
            [PROGRAM, "-", "-", "-l", language, "--dpi", str(DOTS_PER_INCH), "tsv"],
            input=picture,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads wait more than they work
            capture_output=True,
            timeout=seconds,
            check=True,
        )
        return done.stdout.decode("utf-8", "replace")
    return None


def _lines(table: str, scale: float, height: float) -> Iterator[Line]:
    """Words of tesseract's table to lines; its places count pixels from the top."""
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    words = [row for row in rows if len(row) == 12 and row[0] == "5" and _is_sure(row)]
    for _, line in groupby(words, key=lambda row: row[2:5]):
        pieces = list(line)
        left = min(int(row[6]) for row in pieces)
        top = min(int(row[7]) for row in pieces)
        right = max(int(row[6]) + int(row[8]) for row in pieces)
        bottom = max(int(row[7]) + int(row[9]) for row in pieces)
        text = " ".join(row[11].strip() for row in pieces)
        yield Line(
            text,
            left / scale,
            right / scale,
            height - top / scale,
            height - bottom / scale,
            0.0,  # a picture tells no size that could be trusted
        )


def _is_sure(row: list[str]) -> bool:
    return bool(row[11].strip()) and float(row[10]) >= LEAST_SURE
