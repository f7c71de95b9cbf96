"""How far it is: one line on a terminal that is written over; on anything else, nothing."""

from __future__ import annotations

import sys
import time

import click

NAME_SHOWN = 48  # letters of the file at hand


class Progress:
    """Told by an import (`tell`) or a scan (`stage`); `refused` counts files."""

    def __init__(self) -> None:
        self.refused = 0
        self._began = time.monotonic()
        self._is_shown = sys.stderr.isatty()

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self._began, 3)

    def tell(self, done: int, total: int, source: str) -> None:
        """`done` of `total` files, and the one at hand; "" when that was the last."""
        rate = done / max(self.seconds, 0.001)
        left = f" · {(total - done) / rate:.0f} s left" if rate and done < total else ""
        refused = f" · {self.refused} refused" if self.refused else ""
        line = f"{done}/{total} files · {rate:.0f} a second{left}{refused} · {source[-NAME_SHOWN:]}"
        self._show(line if source else "")

    def stage(self, name: str, done: int, total: int) -> None:
        """`done` of `total` in the stage at hand."""
        self._show(name.replace("_", " ") + (f" {done:,} of {total:,}" if total > 1 else ""))

    def close(self) -> None:
        self._show("")

    def _show(self, line: str) -> None:
        if self._is_shown:
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)
