"""Bring a delivery into the library: new policies, new editions, and why something was refused.

Files are read outside of any transaction, a batch at a time; each batch is one transaction of the
edge. A killed import has lost only what it had not told, and the same import again goes on there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gross.actions import editions, manifests
from gross.actions.arrivals import Found, Item, Work, batches, decide, left_over
from gross.home import Home
from gross.store import corrections, ledger, originals, policies, vanished
from gross.store import imports as store
from gross.store.imports import READ, UNREAD, Import, ImportItem, ImportState
from gross.store.policies import Edition, Policy

Transaction = Callable[[], AbstractContextManager[Session]]
Clock = Callable[[], datetime]
# What an undo puts back; the rest of a policy is no import's to change.
DESCRIBED = (
    "number",
    "title",
    "kind",
    "department",
    "owner",
    "effective",
    "last_reviewed",
    "next_review",
    "current_id",
)


def bring_in(
    work: Work,
    home: Home,
    actor_id: int | None,
    transaction: Transaction,
    *,
    now: Clock,
    record_id: int | None = None,
) -> Iterator[Item]:
    """Import a delivery and tell each file after it is committed.

    `transaction` is the edge's: it begins as a writer, and commits when it is left. `record_id`
    names an import that was uploaded, or begun before: what it has told is not done again.
    """
    with transaction() as session:
        originals.settle(session, home)
        record = session.get_one(Import, record_id) if record_id else _record(work, actor_id, now())
        session.add(record)
        record.state = ImportState.BEGUN
        session.flush()  # the items need record.id
        record_id, name = record.id, record.name
        work = replace(work, skipped=store.told(session, record_id, planned=False))
        known = corrections.known(session)
    for batch in batches(work, known):
        with transaction() as session:
            originals.settle(session, home)
            store.forget_plan(session, record_id, [found.source for found in batch])
            items = _keep(session, home, actor_id, record_id, batch, now=now())
            _answer_earlier(session, record_id, name, items, now=now())
        yield from items
    with transaction() as session:
        originals.settle(session, home)
        store.forget_plan(session, record_id)
        items = [item for item in left_over(work) if item.source not in work.skipped]
        session.add_all(_row(record_id, item) for item in items)
        session.flush()  # what vanished is asked of the items
        record = session.get_one(Import, record_id)
        record.state, record.ended_at = ImportState.DONE, now()
        if work.is_whole:
            vanished.ask_about(session, record_id)
    yield from items


def plan(work: Work, transaction: Transaction, record_id: int) -> Iterator[Item]:
    """Write down what an import would do, as its planned items; begun again it goes on."""
    with transaction() as session:
        work = replace(work, skipped=store.told(session, record_id, planned=True))
        session.get_one(Import, record_id).layout = work.layout
        known = corrections.known(session)
    for batch in batches(work, known):
        with transaction() as session:
            at_hand = policies.by_sources(session, [found.source for found in batch])
            pairs = [(each, decide(session, each, at_hand.get(each.source))) for each in batch]
            session.add_all(_row(record_id, item, found, is_planned=True) for found, item in pairs)
        yield from [item for _, item in pairs]
    with transaction() as session:
        items = [item for item in left_over(work) if item.source not in work.skipped]
        session.add_all(_row(record_id, item, is_planned=True) for item in items)
        session.get_one(Import, record_id).state = ImportState.CHECKED
    yield from items


def preview(work: Work, session: Session) -> Iterator[Item]:
    """Tell what an import would do; writes nothing."""
    for batch in batches(work, corrections.known(session)):
        at_hand = policies.by_sources(session, [found.source for found in batch])
        yield from [decide(session, found, at_hand.get(found.source)) for found in batch]
    yield from left_over(work)


def _record(work: Work, actor_id: int | None, now: datetime) -> Import:
    return Import(
        began_at=now,
        person_id=actor_id,
        name=work.delivery.name,
        layout=work.layout,
        is_whole=work.is_whole,
    )


def _keep(
    session: Session,
    home: Home,
    actor_id: int | None,
    record_id: int,
    batch: list[Found],
    *,
    now: datetime,
) -> list[Item]:
    at_hand = policies.by_sources(session, [found.source for found in batch])
    newest = session.scalar(select(func.max(Edition.id))) or 0
    items = []
    for found in batch:
        policy = at_hand.get(found.source)
        item = decide(session, found, policy)
        if item.outcome not in {"new", "changed"} or found.reading is None:
            session.add(_row(record_id, item, found))
            items.append(item)
            continue
        before = _described(policy) if policy else ""
        originals.keep(home, found.content)
        policy = editions.take_in(session, actor_id, policy, _arrival(found), now=now)
        kept = replace(item, policy_id=policy.id)
        row = _row(record_id, kept, found)
        row.before, row.entry_seq = before, ledger.head(session)[0]
        row.made_policy = policy.id if item.outcome == "new" else None
        is_made = policy.current_id is not None and policy.current_id > newest
        row.made_edition = policy.current_id if is_made else None
        session.add(row)
        items.append(kept)
    return items


def _answer_earlier(
    session: Session, record_id: int, name: str, items: list[Item], *, now: datetime
) -> None:
    """What is read now needs nobody any more; what is refused again is listed once."""
    read = [item for item in items if item.outcome in READ]
    unread = [item.source for item in items if item.outcome in UNREAD]
    why = "A later import read it."
    store.answer_earlier(session, record_id, [item.source for item in read], why, now=now)
    why = f"The import of {name} could not read it either."
    store.answer_earlier(session, record_id, unread, why, now=now)
    vanished.came_back(session, [item.policy_id for item in read if item.policy_id])


def _described(policy: Policy) -> str:
    return json.dumps({name: getattr(policy, name) for name in DESCRIBED}, ensure_ascii=False)


def _arrival(found: Found) -> editions.Arrival:
    if found.reading is None:
        raise ValueError("a file that was not read cannot arrive")
    *folders, filename = found.source.split("/")
    header = manifests.header(found.source, found.reading, found.row)
    if found.part is not None:
        # The bytes are the manual's; where the part stands in it is kept beside them.
        filename = folders[-1]
        span = f"{found.part.start}-{found.part.end}"
        header = replace(header, fields={**header.fields, "part": span})
    return editions.Arrival(
        source=found.source,
        digest=found.digest,
        size_bytes=len(found.content),
        reading=found.reading,
        header=header,
        filename=filename,
    )


def _row(
    record_id: int, item: Item, found: Found | None = None, *, is_planned: bool = False
) -> ImportItem:
    return ImportItem(
        import_id=record_id,
        source=item.source,
        outcome=item.outcome,
        reason=item.reason,
        policy_id=item.policy_id,
        line=found.row.line if found and found.row else None,
        is_planned=is_planned,
    )
