"""What the analysis keeps of editions, and the editions a scan reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, and_, delete, select
from sqlalchemy.orm import Session

from gross.domain.passage import Passage, PassageKind
from gross.store.policies import Edition, PassageRow, Policy, Prepared

MOST_IDS = 500  # of one IN (...)


def missing(session: Session, pipeline: int) -> list[int]:
    """Ids of editions in force that this pipeline has not prepared, oldest first."""
    return list(session.scalars(_missing(pipeline).order_by(Edition.id)))


def _missing(pipeline: int) -> Select[int]:
    return (
        select(Edition.id)
        .join(Policy, Policy.current_id == Edition.id)
        .outerjoin(Prepared, and_(Prepared.edition_id == Edition.id, Prepared.pipeline == pipeline))
        .where(Policy.retired_at.is_(None), Prepared.edition_id.is_(None))
    )


def texts(
    session: Session, edition_ids: Sequence[int]
) -> dict[int, tuple[str, tuple[Passage, ...]]]:
    found = session.execute(
        select(Edition.id, Edition.text).where(Edition.id.in_(edition_ids))
    ).all()
    passages = passages_of(session, edition_ids)
    return {edition_id: (text, passages[edition_id]) for edition_id, text in found}


def passages_of(
    session: Session, edition_ids: Sequence[int]
) -> defaultdict[int, tuple[Passage, ...]]:
    """Passages by edition, in reading order; an edition without any has ()."""
    gathered: dict[int, list[Passage]] = defaultdict(list)
    for at in range(0, len(edition_ids), MOST_IDS):
        rows = session.execute(
            select(
                PassageRow.edition_id,
                PassageRow.start,
                PassageRow.end,
                PassageRow.kind,
                PassageRow.section,
            )
            .where(PassageRow.edition_id.in_(edition_ids[at : at + MOST_IDS]))
            .order_by(PassageRow.edition_id, PassageRow.start)
        )
        for edition_id, start, end, kind, section in rows:
            gathered[edition_id].append(Passage(start, end, PassageKind(kind), section))
    return defaultdict(tuple, {each: tuple(found) for each, found in gathered.items()})


def blobs(session: Session, pipeline: int) -> dict[int, bytes]:
    """What is prepared, by edition, of the editions in force."""
    found = session.execute(
        select(Prepared.edition_id, Prepared.blob)
        .join(Policy, Policy.current_id == Prepared.edition_id)
        .where(Prepared.pipeline == pipeline, Policy.retired_at.is_(None))
    )
    return {row.edition_id: row.blob for row in found}


def blobs_of(session: Session, edition_ids: Sequence[int], pipeline: int) -> dict[int, bytes]:
    """What is prepared of these editions, at most MOST_IDS, as far as it is."""
    found = session.execute(
        select(Prepared.edition_id, Prepared.blob).where(
            Prepared.pipeline == pipeline, Prepared.edition_id.in_(edition_ids)
        )
    )
    return {row.edition_id: row.blob for row in found}


def keep(session: Session, made: Mapping[int, bytes], pipeline: int) -> None:
    """Store blobs; what somebody else stored meanwhile stays, what older pipelines made goes."""
    wanted = set(session.scalars(_missing(pipeline).where(Edition.id.in_(made))))
    session.execute(
        delete(Prepared).where(Prepared.edition_id.in_(made), Prepared.pipeline != pipeline)
    )
    session.add_all(
        Prepared(edition_id=edition_id, pipeline=pipeline, blob=blob)
        for edition_id, blob in made.items()
        if edition_id in wanted
    )
