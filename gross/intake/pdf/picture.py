"""A PDF page drawn in grey: what an eye, or OCR, would see of it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

from gross.intake.pdf.lines import Area, Line

CONTRAST = 24  # of 255 grey levels; less is no ink
MAX_PIXELS = 25_000_000  # larger sheets are drawn coarser


class Picture:
    """The pixels of a page, `scale` to a point, the first row at its top."""

    def __init__(self, page: pypdfium2.PdfPage, scale: float) -> None:
        width, height = page.get_size()
        self.scale = float(min(scale, (MAX_PIXELS / max(1.0, width * height)) ** 0.5))
        bitmap = page.render(scale=self.scale, grayscale=True, may_draw_forms=False)
        self.width, self.height = bitmap.width, bitmap.height
        pixels = memoryview(bitmap.buffer).cast("B")
        starts = range(0, bitmap.stride * self.height, bitmap.stride)
        self.rows = [bytes(pixels[start : start + self.width]) for start in starts]
        self._corner: Area = page.get_bbox()
        self._is_turned = page.get_rotation() != 0
        bitmap.close()

    def has_ink(self, line: Line) -> bool:
        """Say whether anything stands out where the line is; on a turned sheet it is believed."""
        if self._is_turned:
            return True
        left, _, _, top = self._corner
        across = slice(
            max(0, int((line.left - left) * self.scale)), int((line.right - left) * self.scale) + 1
        )
        down = slice(
            max(0, int((top - line.top) * self.scale)), int((top - line.bottom) * self.scale) + 1
        )
        seen = b"".join(row[across] for row in self.rows[down])
        return bool(seen) and max(seen) - min(seen) > CONTRAST

    def as_pgm(self) -> bytes:
        """The picture as a file of the plainest format there is."""
        data = BytesIO()
        data.write(b"P5 %d %d 255\n" % (self.width, self.height))
        data.writelines(self.rows)
        return data.getvalue()
