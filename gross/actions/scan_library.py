"""Gather from the store what a scan looks at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from gross.actions.terms import looked_for
from gross.analysis.measures import from_json
from gross.analysis.measuring import MEASURES_VERSION
from gross.analysis.prepared import PIPELINE_VERSION
from gross.analysis.types import Document, Library
from gross.domain import header
from gross.domain.partial_date import PartialDate
from gross.domain.passage import Passage
from gross.domain.reference import Reference
from gross.store import corrections, measures, prepared
from gross.store.policies import Edition, Policy

DATES = ("effective", "last_reviewed", "next_review")  # the policy's own columns win


@dataclass(frozen=True, slots=True)
class Gathered:
    """A library and what its documents are called in the store."""

    whole: Library
    editions: dict[int, int]  # policy id to edition id

    @property
    def in_force(self) -> int:
        return sum(not document.retired for document in self.whole.documents)


def gather(session: Session, *, today: date) -> Gathered:
    """Read all current editions; of retired policies only number and title count."""
    rows = session.execute(
        select(
            Policy.id,
            Policy.number,
            Policy.title,
            Policy.retired_at,
            *(getattr(Policy, name) for name in DATES),
            Edition.id.label("edition_id"),
            Edition.digest,
            Edition.text,
            Edition.dates,
            Edition.refs,
        )
        .join(Edition, Policy.current_id == Edition.id)
        .order_by(Policy.id)
    ).all()
    passages = prepared.passages_of(
        session, [row.edition_id for row in rows if row.retired_at is None]
    )
    blobs = prepared.blobs(session, PIPELINE_VERSION)
    names = _names(rows)
    right = corrections.values(session, header.DATES)
    documents = tuple(
        _document(row, names[row.edition_id], passages[row.edition_id], right.get(row.id, {}))
        for row in rows
    )
    ready = {names[edition_id]: blob for edition_id, blob in blobs.items() if edition_id in names}
    counted = measures.details(session, MEASURES_VERSION)
    measured = {
        names[edition_id]: from_json(detail)
        for edition_id, detail in counted.items()
        if edition_id in names
    }
    library = Library(documents, today, looked_for(session), ready, measures=measured)
    return Gathered(library, {row.id: row.edition_id for row in rows})


def _names(rows: Iterable[Row[Any]]) -> dict[int, str]:
    """Name editions by digest; the same bytes read into another text are another edition."""
    texts: dict[str, str] = {}
    names = {}
    for row in rows:
        text = "" if row.retired_at is not None else row.text
        same = texts.setdefault(row.digest, text) == text
        names[row.edition_id] = row.digest if same else f"{row.digest}:{row.edition_id}"
    return names


def _document(
    row: Row[Any], name: str, passages: tuple[Passage, ...], right: dict[str, str]
) -> Document:
    retired = row.retired_at is not None
    return Document(
        row.id,
        name,
        row.number,
        row.title,
        "" if retired else row.text,
        passages,
        {} if retired else dict(_dates(row, right)),
        () if retired else tuple(Reference(*each) for each in json.loads(row.refs)),
        retired,
    )


def _dates(row: Row[Any], right: dict[str, str]) -> Iterator[tuple[str, PartialDate]]:
    """What the edition says, what the policy's columns say over it, and what a person put right."""
    written = {**json.loads(row.dates), **{name: getattr(row, name) for name in DATES}, **right}
    for name, text in written.items():
        if text:
            yield name, PartialDate.parse(text)
