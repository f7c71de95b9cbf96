"""SharePoint: `Library/Documents/...` with a sheet of it; earlier versions as `File.1.0.pdf`."""

from __future__ import annotations

import re

from gross.intake.layouts.types import Layout

LAYOUT = Layout(
    name="sharepoint",
    label="SharePoint",
    says="A document library with its sheet (Library.xlsx); of File.1.0 and File.2.0 the newest.",
    columns={
        "file": ("name", "file name", "fileleafref"),
        "folder": ("path", "folder path", "folder", "filedirref"),
        "item_type": ("item type", "type"),
        "title": ("title", "document title"),
        "number": ("policy number", "document number", "document id value", "document id"),
        "owner": ("owner", "policy owner", "document owner"),
        "area": ("department", "area"),
        "kind": ("content type", "document type"),
        "status": ("approval status", "status"),
        "version": ("version", "_uiversionstring"),
        "originated": ("created",),
        "effective": ("effective date", "effective"),
        "last_reviewed": ("last reviewed", "review date", "approved"),
        "last_revised": ("modified",),
        "next_review": ("next review", "next review date", "review by"),
    },
    telling=frozenset(
        {
            "item type",
            "path",
            "modified by",
            "content type",
            "approval status",
            "filedirref",
            "fileleafref",
            "checked out to",
        }
    ),
    sheet=re.compile(r"library\.(?:csv|xlsx)|(?:owssvr|query)[^/]*\.(?:csv|xlsx)", re.IGNORECASE),
    version=re.compile(r"(?P<stem>.+)\.(?P<version>\d{1,4}\.\d{1,4})(?P<extension>\.\w{1,9})"),
    ignored=frozenset({"folder", "document set"}),
)
