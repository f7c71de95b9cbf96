"""Any folder or ZIP, with or without a list of its files."""

from __future__ import annotations

import re

from gross.intake.layouts.types import Layout

LAYOUT = Layout(
    name="plain",
    label="Any folder or ZIP",
    says="Files in folders, with or without a list (manifest.csv or manifest.xlsx).",
    sheet=re.compile(r"manifest\.(?:csv|tsv|xlsx)", re.IGNORECASE),
)
