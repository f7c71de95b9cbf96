"""Give a policy a new text: an edition that never changes, its passages, its indexed words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from gross.actions import corrections
from gross.actions.manifests import Header
from gross.intake.as_json import places_to_json
from gross.intake.types import Reading
from gross.store import imports, ledger, policies, search
from gross.store.ledger import Deed
from gross.store.policies import Edition, PassageRow, Policy


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was read, with what manifest and document say of it."""

    source: str
    digest: str
    size_bytes: int
    reading: Reading
    header: Header
    filename: str


def take_in(
    session: Session,
    actor_id: int | None,
    policy: Policy | None,
    arrival: Arrival,
    *,
    now: datetime,
) -> Policy:
    """Make the arrival a policy's current edition; `policy` None adds the policy.

    Bytes that were in force before come back as the edition that they were. One ledger entry.
    """
    verb = "add-edition" if policy else "add-policy"
    if policy is None:
        fresh = imports.fresh_policy_id(session)
        policy = Policy(id=fresh, source=arrival.source, title=arrival.header.title)
        session.add(policy)
    _describe(policy, arrival.header)
    session.flush()  # the edition needs policy.id
    edition = policies.edition_with(session, policy, arrival.digest)
    if edition is None:
        edition = _edition(session, policy, arrival, now=now)
    else:
        verb = "restore-edition"
    policy.current_id = edition.id
    corrections.reapply(session, policy, edition)
    search.put(session, policy, edition.text)
    who = f"person:{actor_id}" if actor_id else "command line"
    detail = {"digest": arrival.digest, "edition": str(edition.id)}
    ledger.append(session, Deed(who, verb, f"policy:{policy.id}", detail, {}), now=now)
    return policy


def _describe(policy: Policy, header: Header) -> None:
    policy.number, policy.title, policy.kind = header.number, header.title, header.kind
    policy.department, policy.owner = header.department, header.owner
    policy.effective = header.dates.get("effective", "")
    policy.last_reviewed = header.dates.get("last_reviewed", "")
    policy.next_review = header.dates.get("next_review", "")


def _edition(session: Session, policy: Policy, arrival: Arrival, *, now: datetime) -> Edition:
    reading, header = arrival.reading, arrival.header
    edition = Edition(
        id=imports.fresh_edition_id(session),
        policy_id=policy.id,
        digest=arrival.digest,
        filename=arrival.filename,
        size_bytes=arrival.size_bytes,
        text=reading.text,
        word_count=len(reading.text.split()),
        dates=json.dumps(header.dates),
        fields=json.dumps(header.fields, ensure_ascii=False),
        refs=json.dumps(
            [[ref.start, ref.end, ref.number, ref.title] for ref in reading.references],
            ensure_ascii=False,
        ),
        warnings=json.dumps(header.warnings, ensure_ascii=False),
        found=json.dumps(places_to_json(reading), ensure_ascii=False),
        imported_at=now,
    )
    session.add(edition)
    session.flush()  # its passages need edition.id
    if reading.passages:
        session.execute(
            insert(PassageRow),
            [
                {
                    "edition_id": edition.id,
                    "start": passage.start,
                    "end": passage.end,
                    "kind": passage.kind.value,
                    "section": passage.section,
                }
                for passage in reading.passages
            ],
        )
    return edition
