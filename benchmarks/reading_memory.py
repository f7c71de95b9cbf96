"""The parent's memory as the number of files grows: the real command imports N files, then 4 N."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.shared import table

POLLED = 0.1  # seconds; the kernel keeps a process's peak, so only its last moment is missed


def print_growth(made: list[Path], count: int) -> None:
    """Print it for `count` files and four times as many; a peak that grows with them is a leak."""
    rows: list[tuple[str, ...]] = [("files imported", "parent's peak MB", "seconds", "files/s")]
    for files in (count, 4 * count):
        peak, seconds = _imported(made[:files])
        shown = f"{len(made[:files]):,}", str(peak), f"{seconds:.0f}", f"{files / seconds:.1f}"
        rows.append(shown)
    print("\n" + table(rows))


def _imported(paths: list[Path]) -> tuple[int, float]:
    """Megabytes of the command's own process at most, and how long it took."""
    with tempfile.TemporaryDirectory() as scratch:
        library = Path(scratch, "library")
        library.mkdir()
        for path in paths:
            library.joinpath(path.name).hardlink_to(path)  # a link is refused, a copy costs
        home = os.environ | {"GROSS_HOME": str(Path(scratch, "home"))}
        command = [str(Path(sys.executable).with_name("gross")), "import", str(library), "--json"]
        began = time.perf_counter()
        with Path(scratch, "told.json").open("w+b") as told:
            process = subprocess.Popen(command, env=home, stdout=told)
            peak = 0
            while process.poll() is None:
                peak = max(peak, _peak_of(process.pid))
                time.sleep(POLLED)
            told.seek(0)
            taken = json.load(told)["new"]
        if taken != len(paths):
            raise SystemExit(f"only {taken} of {len(paths)} files were imported")
        return peak, time.perf_counter() - began


def _peak_of(process_id: int) -> int:
    """The most memory a process has held, in megabytes, as Linux tells it; 0 once it has ended."""
    try:
        said = Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return 0
    peak = [line.split()[1] for line in said.splitlines() if line.startswith("VmHWM")]
    return int(peak[0]) // 1024 if peak else 0
