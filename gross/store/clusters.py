"""What clusters are worked out from: open flags on several policies, and those policies' sizes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gross.domain.flag import FlagState
from gross.domain.workflow import Stage
from gross.store.detectors import not_silenced
from gross.store.flags import Flag, FlagPolicy
from gross.store.nominations import UNDER_WAY, Nomination
from gross.store.policies import Edition, Policy

UNSETTLED = (Stage.SUBMITTED, Stage.TRIAGE, *UNDER_WAY)


def open_ties(
    session: Session, kinds: Collection[str]
) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """Each open flag's id, kind and policies in the flag's order; no text is read.

    A flag that names a retired policy ties nothing: the next scan looks at what is left.
    """
    rows = session.execute(
        select(Flag.id, Flag.kind, FlagPolicy.policy_id, Policy.retired_at)
        .join(FlagPolicy, FlagPolicy.flag_id == Flag.id)
        .join(Policy, Policy.id == FlagPolicy.policy_id)
        .where(Flag.state == FlagState.OPEN, Flag.kind.in_(kinds), not_silenced())
        .order_by(Flag.id, FlagPolicy.position)
    )
    for (flag_id, kind), group in groupby(rows, key=lambda row: (row[0], row[1])):
        subjects = list(group)
        if len(subjects) > 1 and all(row.retired_at is None for row in subjects):
            yield flag_id, kind, tuple(row.policy_id for row in subjects)


def sizes(session: Session) -> dict[int, tuple[int, str]]:
    """Words and last review of every policy in force."""
    rows = session.execute(
        select(Policy.id, Edition.word_count, Policy.last_reviewed)
        .join(Edition, Policy.current_id == Edition.id)
        .where(Policy.retired_at.is_(None))
    )
    return {row.id: (row.word_count, row.last_reviewed) for row in rows}


def policies(session: Session, policy_ids: Collection[int]) -> dict[int, Policy]:
    """Policies by id, without their texts."""
    found = session.scalars(
        select(Policy)
        .where(Policy.id.in_(policy_ids))
        .options(joinedload(Policy.current).defer(Edition.text))
    )
    return {policy.id: policy for policy in found}


def texts(session: Session, policy_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(Policy.id, Edition.text)
        .join(Edition, Policy.current_id == Edition.id)
        .where(Policy.id.in_(policy_ids))
    )
    return {row.id: row.text for row in rows}


def under_nomination(session: Session, policy_ids: Collection[int]) -> dict[int, int]:
    """Policy id to the newest nomination of it that is not settled yet."""
    rows = session.execute(
        select(Nomination.policy_id, Nomination.id)
        .where(Nomination.policy_id.in_(policy_ids), Nomination.stage.in_(UNSETTLED))
        .order_by(Nomination.id)
    )
    return {row.policy_id: row.id for row in rows}
