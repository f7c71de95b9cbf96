"""Clusters of flagged policies: worked out from open flags, and their copies nominated at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from gross.actions import nominations
from gross.analysis import clusters as analysis
from gross.analysis.clusters import TYING, Cluster, Member, Tie
from gross.analysis.types import Kind
from gross.domain.errors import Refused
from gross.domain.workflow import Role
from gross.store import clusters as stored
from gross.store.flags import Flag
from gross.store.people import Person
from gross.store.policies import Policy

LABEL_MOST = 300  # characters of a policy's name in a nomination


def ties(session: Session, kinds: Sequence[Kind] = TYING) -> list[Tie]:
    return [
        Tie(flag, Kind(kind), policies)
        for flag, kind, policies in stored.open_ties(session, [*kinds])
    ]


def gather(session: Session, kinds: Sequence[Kind] = TYING) -> tuple[Cluster, ...]:
    """All clusters as the open flags have them now, in two queries; what gives back most first."""
    members = {policy: Member(*size) for policy, size in stored.sizes(session).items()}
    return analysis.clusters(ties(session, kinds), members)


def nominate_copies(
    session: Session,
    actor: Person,
    primary: Policy,
    copies: Sequence[Policy],
    why: str,
    flags: Sequence[Flag] = (),
    *,
    now: datetime,
) -> None:
    """Nominate every copy, with `primary` to follow instead, or none; each is a deed of its own.

    Each nomination shows the flag, of `flags`, that says most of its copy and the primary.

    Raises:
        Refused: the actor is not of compliance, no copy is named, the primary is one of them or
            retired, a copy is nominated already, or as `nominations.nominate`.
    """
    if Role.COMPLIANCE not in actor.role_set:
        raise Refused("Only compliance nominates several policies at once.")
    if not copies:
        raise Refused("Mark at least one copy to nominate.")
    if primary in copies:
        raise Refused(f"“{primary.label}” is to stay; it cannot be one of the copies.")
    if primary.retired_at is not None:
        raise Refused(f"“{primary.label}” is retired already; choose another to stay.")
    known = stored.under_nomination(session, [copy.id for copy in copies])
    named = [f"“{copy.label}”" for copy in copies if copy.id in known]
    if named:
        raise Refused(f"Nominated already: {', '.join(named)}. Nothing was changed.")
    for copy in copies:
        nominations.nominate(
            session,
            actor,
            what=f"{copy.label[:LABEL_MOST]} says what {primary.label[:LABEL_MOST]} says.",
            why=why,
            policy=copy,
            flag=_proof(flags, copy, primary),
            successor=primary,
            now=now,
        )


def _proof(flags: Sequence[Flag], copy: Policy, primary: Policy) -> Flag | None:
    about = [flag for flag in flags if copy in flag.policies]
    return max(about, key=lambda flag: (primary in flag.policies, flag.score), default=None)
