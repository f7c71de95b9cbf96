"""The queue of flags: filtered, counted by each filter, in one order; and who stands next in it.

The order: the gravest kind first, then the highest score, then the oldest. Scores compare only
within one detector, so the kind decides before them. Or, asked for, first what retiring would give
back the most words. Open flags of a suspended detector are out of sight.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from gross.domain.flag import FlagState
from gross.store.detectors import not_silenced
from gross.store.flags import Flag, FlagPolicy
from gross.store.measures import Measure
from gross.store.policies import Policy

KINDS = ("conflicting", "redundant", "contained", "overlapping", "outdated", "burdensome")
PAGE = 25

_kind_rank = case(
    {kind: rank for rank, kind in enumerate(KINDS)}, value=Flag.kind, else_=len(KINDS)
)
_words = func.coalesce(Measure.words, 0)
# Of policies that say the same, all but the longest could go; what a policy cites or contradicts
# is mended, and takes nothing with it.
_gives_back = case(
    (
        Flag.kind.in_(("redundant", "contained")),
        select(func.sum(_words) - func.max(_words))
        .select_from(FlagPolicy)
        .join(Policy, Policy.id == FlagPolicy.policy_id)
        .outerjoin(Measure, Measure.edition_id == Policy.current_id)
        .where(FlagPolicy.flag_id == Flag.id)
        .correlate(Flag)
        .scalar_subquery(),
    ),
    else_=0,
)
_PLACE: tuple[Any, ...] = (_kind_rank, -Flag.score, Flag.id)
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "": _PLACE,  # gravest first
    "words": (-_gives_back, *_PLACE),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """ "" means any. `department`: of any of the flag's policies. `order`: one of ORDERS."""

    state: str = FlagState.OPEN
    kind: str = ""
    detector: str = ""
    department: str = ""
    order: str = ""


def page(session: Session, chosen: Filter, number: int) -> list[Flag]:
    """Page `number`, from 1. Ids are ordered first: a sort of whole rows would carry all quotes."""
    order = ORDERS[chosen.order]
    ids = _ids(chosen).order_by(*order).limit(PAGE).offset(PAGE * (number - 1))
    return list(
        session.scalars(
            select(Flag)
            .where(Flag.id.in_(ids))
            .order_by(*order)
            .options(selectinload(Flag.subjects).joinedload(FlagPolicy.policy))
        )
    )


def one(session: Session, flag_id: int) -> Flag | None:
    return session.scalar(
        select(Flag)
        .where(Flag.id == flag_id)
        .options(selectinload(Flag.subjects).joinedload(FlagPolicy.policy))
    )


def some(session: Session, flag_ids: Collection[int]) -> list[Flag]:
    """These flags, in the queue's order; ids of none are left out."""
    return list(
        session.scalars(
            select(Flag)
            .where(Flag.id.in_(flag_ids))
            .order_by(*_PLACE)
            .options(selectinload(Flag.subjects).joinedload(FlagPolicy.policy))
        )
    )


def facets(session: Session, chosen: Filter) -> dict[str, dict[str, int]]:
    """For each filter, how many flags each of its values would show with the others as they are."""
    return {
        "state": _counted(session, replace(chosen, state=""), Flag.state),
        "kind": _counted(session, replace(chosen, kind=""), Flag.kind),
        "detector": _counted(session, replace(chosen, detector=""), Flag.detector),
        "department": _departments(session, replace(chosen, department="")),
    }


def after(session: Session, chosen: Filter, flag: Flag) -> int | None:
    """The id of the next flag in the queue, whether or not `flag` is still in it."""
    order = ORDERS[chosen.order]
    later = tuple_(*order) > _place_of(session, chosen, flag)
    return session.scalar(_ids(chosen).where(later).order_by(*order).limit(1))


def before(session: Session, chosen: Filter, flag: Flag) -> int | None:
    order = ORDERS[chosen.order]
    earlier = tuple_(*order) < _place_of(session, chosen, flag)
    backwards = (column.desc() for column in order)
    return session.scalar(_ids(chosen).where(earlier).order_by(*backwards).limit(1))


def page_of(session: Session, chosen: Filter, flag: Flag) -> int:
    """The page on which `flag` stands, or would."""
    before_it = tuple_(*ORDERS[chosen.order]) < _place_of(session, chosen, flag)
    earlier = session.scalar(select(func.count(Flag.id)).where(*_conditions(chosen), before_it))
    return (earlier or 0) // PAGE + 1


def gives_back(session: Session, flags: Collection[Flag]) -> dict[int, int]:
    """The words that would go, by flag, were all that say the same but the longest retired."""
    ids = [flag.id for flag in flags]
    rows = session.execute(select(Flag.id, _gives_back).where(Flag.id.in_(ids)))
    return {flag_id: words or 0 for flag_id, words in rows}


def _place_of(session: Session, chosen: Filter, flag: Flag) -> tuple[Any, ...]:
    return tuple(session.execute(select(*ORDERS[chosen.order]).where(Flag.id == flag.id)).one())


def _ids(chosen: Filter) -> Select[int]:
    return select(Flag.id).where(*_conditions(chosen))


def _conditions(chosen: Filter) -> list[ColumnElement[bool]]:
    columns: Mapping[str, InstrumentedAttribute[str]] = {
        "state": Flag.state,
        "kind": Flag.kind,
        "detector": Flag.detector,
    }
    found: list[ColumnElement[bool]] = [
        not_silenced(),
        *(
            column == wanted
            for name, column in columns.items()
            if (wanted := getattr(chosen, name))
        ),
    ]
    if chosen.department:
        found.append(
            exists(
                select(FlagPolicy.flag_id)
                .join(Policy, Policy.id == FlagPolicy.policy_id)
                .where(FlagPolicy.flag_id == Flag.id, Policy.department == chosen.department)
            )
        )
    return found


def _counted(
    session: Session, chosen: Filter, column: InstrumentedAttribute[str]
) -> dict[str, int]:
    found = session.execute(
        select(column, func.count(Flag.id))
        .where(*_conditions(chosen))
        .group_by(column)
        .order_by(column)
    )
    return {row[0]: row[1] for row in found}


def _departments(session: Session, chosen: Filter) -> dict[str, int]:
    found = session.execute(
        select(Policy.department, func.count(func.distinct(Flag.id)))
        .select_from(Flag)
        .join(Flag.subjects)
        .join(FlagPolicy.policy)
        .where(*_conditions(chosen), Policy.department != "")
        .group_by(Policy.department)
        .order_by(Policy.department)
    )
    return {row[0]: row[1] for row in found}
