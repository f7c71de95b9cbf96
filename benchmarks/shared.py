"""Where the real documents and the harness lie, and what machine this is."""

from __future__ import annotations

import os
import platform
import resource
from importlib.metadata import version
from pathlib import Path


def shared() -> Path:
    """GROSS_SHARED, else the folder beside the checkout."""
    return Path(os.environ.get("GROSS_SHARED") or Path(__file__).parents[2] / "shared")


def machine() -> str:
    names = ("numpy", "numba", "rapidfuzz", "spacy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, {versions}"
    )


def peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def table(rows: list[tuple[str, ...]]) -> str:
    """Lay rows out in columns; the first row is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
