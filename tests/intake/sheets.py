"""PDF pages for the tests, drawn with reportlab on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]
WIDE = "The charge nurse on every unit writes it down before the end of each and every shift."


def drawn(*pages: Draw, **options: object) -> bytes:
    """A PDF with a page for each function."""
    buffer = io.BytesIO()
    sheet = Canvas(buffer, pagesize=letter, **options)
    for draw in pages:
        draw(sheet)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def lines(
    sheet: Canvas, words: Iterable[str], left: float = 72, top: float = 700, size: float = 11
) -> None:
    sheet.setFont("Helvetica", size)
    for n, line in enumerate(words):
        sheet.drawString(left, top - 14 * n, line)


def table(
    sheet: Canvas,
    rows: list[list[str]],
    sides: list[float],
    top: float = 700,
    height: float = 20,
) -> None:
    """A ruled table; a cell's lines are parted by line breaks."""
    heights = [top - height * n for n in range(len(rows) + 1)]
    sheet.grid(sides, heights)
    for n, row in enumerate(rows):
        for side, cell in zip(sides, row, strict=False):
            for k, line in enumerate(cell.split("\n")):
                sheet.drawString(side + 4, heights[n] - 12 - 11 * k, line)


def scan(words: list[str], size: int = 32) -> Image.Image:
    """A picture of a typed page, at 150 dots an inch."""
    picture = Image.new("L", (1275, 1650), 255)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size)
    for n, line in enumerate(words):
        pen.text((150, 150 + 2 * size * n), line, fill=0, font=font)
    return picture


def place(sheet: Canvas, picture: Image.Image) -> None:
    """Cover the whole page with a picture."""
    sheet.drawImage(ImageReader(picture), 0, 0, *letter)
