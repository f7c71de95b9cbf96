"""Superseded terms, agencies and standards, from superseded_terms.csv beside this file.

Columns: `active` is "no" where a date or fact is unverified; `exceptions` are regular expressions
joined by " ;; ", and a match that lies within one of theirs is no fault; `words`, joined by "|" and
in lower case, are looked for before the pattern is, which alone would be the slowest of a scan.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files

from gross.analysis.types import Term

BETWEEN_EXCEPTIONS = " ;; "


@cache
def terms() -> tuple[Term, ...]:
    """Give the terms that are on by default, in the order of the file."""
    return tuple(term_of(row) for row in rows() if row["active"] == "yes")


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Give the whole file, the inactive rows too."""
    source = files("gross.analysis.knowledge") / "superseded_terms.csv"
    return tuple(csv.DictReader(io.StringIO(source.read_text(encoding="utf-8"), newline="")))


def term_of(row: dict[str, str]) -> Term:
    return Term(
        row["id"],
        row["term"],
        row["pattern"],
        row["replacement"],
        row["effective"],
        row["source"],
        row["note"],
        tuple(part for part in row["exceptions"].split(BETWEEN_EXCEPTIONS) if part),
        tuple(word for word in row["words"].split("|") if word),
    )
