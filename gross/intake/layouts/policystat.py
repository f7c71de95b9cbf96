"""PolicyStat: a CSV of the policies, and a folder of PDF or Word files named by title or number.

Columns as in its CSV report (shared notes, FIELD.md: Title, Area, Applicability, Owner, Approval
Workflow, Next Review, Reference Tags, Status, Approved, Revised) and its page headers.
"""

from __future__ import annotations

import re

from gross.intake.layouts.types import Layout

LAYOUT = Layout(
    name="policystat",
    label="PolicyStat",
    says="Its CSV report (Title, Area, Applicability, Owner, …) beside the exported files.",
    columns={
        "key": ("policystat id", "id"),
        "title": ("title", "policy title"),
        "number": ("policy number", "reference number", "policy #"),
        "area": ("area", "policy area"),
        "applies_to": ("applicability", "applies to"),
        "owner": ("owner", "policy owner"),
        "route": ("approval workflow", "workflow"),
        "category": ("reference tags", "references", "tags"),
        "status": ("status", "policy status"),
        "originated": ("origination", "origination date", "originated"),
        "effective": ("effective", "effective date"),
        "last_reviewed": ("last approved", "approved", "approved date", "last approval"),
        "last_revised": ("last revised", "revised", "revised date"),
        "next_review": ("next review", "next review date"),
        "expires": ("expiration", "expiration date", "expires"),
    },
    telling=frozenset(
        {"policystat id", "applicability", "approval workflow", "reference tags", "last approved"}
    ),
    sheet=re.compile(r"policy[ _-]?stat[^/]*\.(?:csv|xlsx)", re.IGNORECASE),
)
