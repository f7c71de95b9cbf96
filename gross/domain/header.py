"""The fields of a policy's header, and what may be written into each."""

from __future__ import annotations

from gross.domain.errors import Refused
from gross.domain.partial_date import PartialDate

MAX_VALUE = 200  # code points
# Longest first: "order set protocol" is an order set.
KINDS = ("order set", "guideline", "protocol", "policy", "procedure", "form")
# Field, and what a person calls it.
FIELDS = {
    "number": "Number",
    "title": "Title",
    "kind": "Kind",
    "owner": "Owner",
    "area": "Area",
    "applies_to": "Applies to",
    "version": "Version",
    "supersedes": "Supersedes",
    "originated": "Originated",
    "effective": "Effective",
    "last_reviewed": "Last reviewed",
    "last_revised": "Last revised",
    "next_review": "Next review",
    "expires": "Expires",
    "site_implementation": "Site implementation",
}
DATES = frozenset(
    {"originated", "effective", "last_reviewed", "last_revised", "next_review", "expires"}
    | {"site_implementation"}
)


def corrected(field: str, written: str) -> str:
    """Put a value for a field in order.

    Raises:
        Refused: there is no such field, or it cannot hold this.
    """
    if field not in FIELDS:
        raise Refused("Choose one of the fields of the header.")
    value = " ".join(written.split())
    if not value:
        raise Refused("Say what the value is.")
    if len(value) > MAX_VALUE:
        raise Refused(f"Say it in at most {MAX_VALUE} characters.")
    if field == "kind":
        return _kind(value)
    return _date(value) if field in DATES else value


def _kind(value: str) -> str:
    if value.lower() not in KINDS:
        raise Refused(f"“{value}” is no kind of document; use one of {', '.join(sorted(KINDS))}.")
    return value.lower()


def _date(value: str) -> str:
    try:
        return str(PartialDate.parse(value))
    except ValueError as error:
        raise Refused(f"“{value}” is no date; write 2026, 2026-03 or 2026-03-12.") from error
