"""What could not be read stays listed until somebody deals with it, or a later import reads it."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.orm import Session

from gross.domain.errors import Refused
from gross.intake.clean import clean
from gross.store import ledger
from gross.store.imports import UNREAD, ImportItem
from gross.store.ledger import Deed
from gross.store.people import Person

REASON_MOST = 2000  # characters
# The first pattern that the sentence of a refusal has says what to do. All end in a deed.
ADVICE = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (
            r"is retired; reinstate it",
            "Take the file out of the folder. If it came back on purpose, reverse its retirement.",
        ),
        (r"password|protected|encrypted", "Ask its owner for a copy without the password."),
        (r"needs OCR|no text|image|scan", "Have it recognised (OCR), or get the Word file."),
        (
            r"the manifest marks it",
            "Nothing to do if that is right; else correct the manifest and import again.",
        ),
        (r"is hidden", "Take the dot or ~$ off its name if it is a policy; else leave it."),
        (r"is a link", "Put the file itself where the link is."),
        (r"is empty", "The file holds nothing. Get it from its owner again."),
        (r"larger than|split it", "Split it into single policies, or make its pictures smaller."),
        (
            r"took longer|needs more memory|reader crashed|gave no sense",
            "Open it in Word, save it anew as DOCX, and import that.",
        ),
        (
            r"is really|right extension",
            "Give the file the extension of what it is, and import it again.",
        ),
        (r"damaged|cannot be unpacked|bomb", "Get an undamaged copy from its owner."),
        (r"same name|holds two files", "Rename one of the two."),
        (r"cannot be read; use one of", "Save it as DOCX or PDF, and import that."),
        (r"cannot be opened", "Whoever runs the server has to give GROSS the right to read it."),
        (r"at the same time", "Import it again."),
        (r"names no file, number or title", "Complete the row, and import the list again."),
    )
)
OTHERWISE = "Open it where it comes from. If it opens there, save it as DOCX, and import that."


def advice(reason: str) -> str:
    """One sentence or two on what to do about a refusal."""
    return next((what for pattern, what in ADVICE if pattern.search(reason)), OTHERWISE)


def deal_with(
    session: Session, actor: Person, item: ImportItem, reason: str, *, now: datetime
) -> None:
    """Take a file off the list.

    Raises:
        Refused: it is not on the list, or no reason is given.
    """
    if item.is_planned or item.outcome not in UNREAD or item.dealt_at is not None:
        raise Refused("This is not on the list any more.")
    reason = clean(reason).strip()
    if not reason:
        raise Refused("Say what was done about it, or why nothing has to be.")
    if len(reason) > REASON_MOST:
        raise Refused(f"Say it in at most {REASON_MOST:,} characters.")
    item.dealt_at, item.dealt_by, item.dealt_reason = now, actor.id, reason
    subject, texts = f"import:{item.import_id}", {"reason": reason, "source": item.source}
    ledger.append(session, Deed(f"person:{actor.id}", "deal-with", subject, {}, texts), now=now)
