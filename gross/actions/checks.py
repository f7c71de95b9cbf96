"""Check a draft before it is published: what would it duplicate, contradict, or cite that is dead?

Nothing is stored. The draft stands in the library as one policy more, in place of the one whose
number it bears; the library is compared with it, and not with itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gross.actions.scan_library import gather
from gross.analysis.detectors import ALL
from gross.analysis.numbering import number_key
from gross.analysis.scan import scan
from gross.analysis.types import Document, Finding
from gross.domain.errors import Refused
from gross.intake.types import Reading
from gross.store import detectors
from gross.store.policies import Policy

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Check:
    """What speaks against a draft. Its id in the findings is `draft.policy_id`, of no policy."""

    draft: Document
    replaces: Policy | None
    findings: tuple[Finding, ...]
    documents: dict[int, Document]
    policies: dict[int, Policy]  # those that the findings name


def check(
    session: Session,
    digest: str,
    reading: Reading,
    *,
    number: str = "",
    today: date,
    progress: Progress,
) -> Check:
    """Compare a draft that was read with every policy in force. Costs a scan's statistics.

    `number` is whose next edition it is, where the draft does not say. A suspended detector says
    nothing here either.

    Raises:
        Refused: nothing was read that could be compared.
    """
    if not reading.passages:
        raise Refused(" ".join(reading.warnings) or "There is no text in it to check.")
    library = gather(session, today=today).whole
    draft_id = max((each.policy_id for each in library.documents), default=0) + 1
    draft = Document(
        draft_id,
        f"{digest}:draft",
        number or reading.number,
        reading.title,
        reading.text,
        reading.passages,
        reading.dates,
        reading.references,
    )
    replaced = _same_number(library.documents, draft)
    others = tuple(each for each in library.documents if each is not replaced)
    asked = replace(library, documents=(*others, draft), about=draft_id)
    silent = detectors.suspended(session)
    using = [detector for detector in ALL if detector.name not in silent]
    findings = scan(asked, progress, using=using).findings
    named = {policy for finding in findings for policy in finding.policies} - {draft_id}
    return Check(
        draft,
        session.get(Policy, replaced.policy_id) if replaced else None,
        findings,
        {each.policy_id: each for each in asked.documents},
        {each.id: each for each in session.scalars(select(Policy).where(Policy.id.in_(named)))},
    )


def _same_number(documents: tuple[Document, ...], draft: Document) -> Document | None:
    """The policy in force of which the draft is the next edition."""
    key = number_key(draft.number)
    if not key:
        return None
    return next((d for d in documents if not d.retired and number_key(d.number) == key), None)
