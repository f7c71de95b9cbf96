"""The optional folder of real documents, and a loud word when it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("GROSS_SHARED") or Path(__file__).parents[3] / "shared")


def data(name: str) -> Path:
    folder = SHARED / "data" / name
    if not folder.is_dir():
        pytest.skip(
            f"REAL DOCUMENTS ARE MISSING: {name} is not in ../shared/data; set GROSS_SHARED to the "
            "folder that holds data/",
            allow_module_level=True,
        )
    return folder
