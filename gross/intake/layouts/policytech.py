"""PolicyTech: a report as "Microsoft Excel Raw", and files named by number and title.

Columns after the names of its document properties (its own help: title, reference number, version
number, publication date, next review date); a report may leave some out or rename them.
"""

from __future__ import annotations

import re

from gross.intake.layouts.types import Layout

LAYOUT = Layout(
    name="policytech",
    label="PolicyTech",
    says="A report saved as “Microsoft Excel Raw” beside the exported files.",
    columns={
        "file": ("file name", "filename", "document file"),
        "key": ("document id", "doc id"),
        "number": ("reference #", "reference number", "ref #", "reference no"),
        "title": ("document title", "title", "document"),
        "owner": ("document owner", "owner", "owner(s)", "owners"),
        "area": ("department", "departments", "department(s)", "assigned departments"),
        "applies_to": ("site", "sites", "site(s)"),
        "kind": ("template", "document type", "content type"),
        "category": ("category", "categories"),
        "status": ("document status", "status"),
        "version": ("version #", "version number", "version"),
        "originated": ("date created", "creation date", "created"),
        "effective": ("publication date", "effective date", "date published"),
        "last_reviewed": ("last review date", "date approved", "approval date", "last reviewed"),
        "last_revised": ("last modified", "date modified", "revision date"),
        "next_review": ("next review date", "next review", "review date"),
        "expires": ("expiration date", "archive date"),
    },
    telling=frozenset(
        {
            "reference #",
            "document owner",
            "publication date",
            "document status",
            "version #",
            "proxy author",
            "document title",
        }
    ),
    sheet=re.compile(r"policy[ _-]?tech[^/]*\.(?:csv|xlsx)", re.IGNORECASE),
)
