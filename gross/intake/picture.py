"""A page of a PDF as a picture, for eyes that compare it with what was read."""

from __future__ import annotations

import struct
import zlib
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from gross.domain.errors import Refused

WIDTH = 900  # pixels
TALLEST = 4000  # pixels: a page may be a strip


@dataclass(frozen=True, slots=True)
class Picture:
    png: bytes
    pages: int  # of the whole file


def page_picture(filename: str, content: bytes, *, page: int) -> Picture:
    """Draw one page, counted from 1; nothing in the file is run, and forms are not filled.

    Raises:
        Refused: it is no PDF that opens, or has no such page.
    """
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            pages = len(document)
            if not 1 <= page <= pages:
                raise Refused(f"{filename} has no page {page}.")
            sheet = document[page - 1]
            width, height = sheet.get_size()
            scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1))
            drawn = sheet.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            return Picture(_png(drawn.to_numpy()), pages)
    except pypdfium2.PdfiumError as error:
        raise Refused(f"{filename} cannot be drawn; download it to look at it.") from error


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """uint8, (height, width, 3) or (height, width): a PNG without filters, as its standard says."""
    height, width = pixels.shape[:2]
    kind = 2 if pixels.ndim == 3 else 0
    rows = np.zeros((height, 1 + pixels[0].size), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows.tobytes(), 6))
        + chunk(b"IEND", b"")
    )
