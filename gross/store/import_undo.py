"""What keeps an import's policies from being taken back, and the removal of those that are."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, String, cast, delete, literal, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from gross.domain.flag import FlagState
from gross.store.flags import Flag, FlagPolicy
from gross.store.imports import Import, ImportItem
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from gross.store.policies import Edition, PassageRow, Policy, Prepared
from gross.store.vanished import Vanished

ANSWERED = (FlagState.CONFIRMED, FlagState.DISMISSED)


def touched(session: Session, record: Import) -> dict[int, str]:
    """The policies that somebody did something about since, each with what it was."""
    brought = select(ImportItem.policy_id).where(
        ImportItem.import_id == record.id, ImportItem.entry_seq.is_not(None)
    )
    subject = literal("policy:") + cast(ImportItem.policy_id, String)
    later = (
        select(ImportItem.policy_id)
        .join(LedgerRow, LedgerRow.subject == subject)
        .where(ImportItem.import_id == record.id, LedgerRow.seq > ImportItem.entry_seq)
    )
    flagged = (
        select(FlagPolicy.policy_id)
        .join(Flag, Flag.id == FlagPolicy.flag_id)
        .where(FlagPolicy.policy_id.in_(brought))
    )
    reasons: tuple[tuple[str, Select[int] | Select[int | None]], ...] = (
        (
            "A later policy names it as its successor.",
            select(Policy.successor_id).where(Policy.successor_id.in_(brought)),
        ),
        (
            "A flag on it was answered since.",
            flagged.where(Flag.state.in_(ANSWERED), Flag.answered_at >= record.began_at),
        ),
        (
            "It was nominated because of a flag.",
            flagged.join(Nomination, Nomination.flag_id == Flag.id),
        ),
        (
            "It is named as a successor.",
            _nominated(Nomination.successor_id, Nomination.successor_id.in_(brought)),
        ),
        (
            "It was nominated, or its nomination moved on.",
            _nominated(
                Nomination.policy_id,
                Nomination.policy_id.in_(brought) & (Nomination.moved_at >= record.began_at),
            ),
        ),
        ("It was changed or decided about since; its history says how.", later),
    )
    found: dict[int, str] = {}
    for why, query in reasons:
        ids = session.scalars(query).all()
        found.update({one: why for one in ids if one is not None})
    return found


def _nominated(
    named: InstrumentedAttribute[int | None], where: ColumnElement[bool]
) -> Select[int | None]:
    return select(named).where(where)


def remove(session: Session, record: Import) -> list[int]:
    """Remove the policies and editions of the items that are "taken back"; give the policies' ids.

    An edition that an answered flag quotes stays in its policy's history.
    """
    back = (ImportItem.import_id == record.id, ImportItem.undo == "taken back")
    policies = select(ImportItem.made_policy).where(*back, ImportItem.made_policy.is_not(None))
    quoted = (
        select(FlagPolicy.policy_id)
        .join(Flag, Flag.id == FlagPolicy.flag_id)
        .where(Flag.state.in_(ANSWERED))
    )
    editions = select(ImportItem.made_edition).where(
        *back,
        ImportItem.made_edition.is_not(None),
        or_(ImportItem.made_policy.is_not(None), ImportItem.policy_id.not_in(quoted)),
    )
    ids = [one for one in session.scalars(policies) if one is not None]
    about = select(FlagPolicy.flag_id).where(
        FlagPolicy.policy_id.in_(select(ImportItem.policy_id).where(*back))
    )
    flags = list(
        session.scalars(select(Flag.id).where(Flag.id.in_(about), Flag.state.not_in(ANSWERED)))
    )
    edition_ids = [one for one in session.scalars(editions) if one is not None]
    for some in _portions(flags):
        session.execute(delete(FlagPolicy).where(FlagPolicy.flag_id.in_(some)))
        session.execute(delete(Flag).where(Flag.id.in_(some)))
    session.execute(update(Policy).where(Policy.id.in_(policies)).values(current_id=None))
    session.execute(delete(Vanished).where(Vanished.policy_id.in_(policies)))
    for some in _portions(edition_ids):
        session.execute(delete(PassageRow).where(PassageRow.edition_id.in_(some)))
        session.execute(delete(Prepared).where(Prepared.edition_id.in_(some)))
        session.execute(delete(Edition).where(Edition.id.in_(some)))
    for some in _portions(ids):
        session.execute(
            update(ImportItem).where(ImportItem.policy_id.in_(some)).values(policy_id=None)
        )
        session.execute(delete(Policy).where(Policy.id.in_(some)))
    return ids


def _portions(ids: list[int], size: int = 500) -> list[list[int]]:
    return [ids[n : n + size] for n in range(0, len(ids), size)]
