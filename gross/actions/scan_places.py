"""Where the heavy work of a scan is done: here, or wherever somebody brings the same functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from gross.actions.scan_library import Gathered
from gross.analysis.desk import Engine
from gross.analysis.desk import Here as EngineHere
from gross.analysis.measures import Measures
from gross.analysis.measuring import measure
from gross.analysis.prepared import prepare
from gross.store import prepared

Batches = Sequence[Sequence[int]]  # of ids of editions


class Place(Protocol):
    """Answers come in the order of what was asked. Nothing is written by any of these."""

    def prepared(self, batches: Batches) -> Iterator[dict[int, bytes]]: ...

    def measured(self, batches: Batches) -> Iterator[dict[int, Measures]]: ...

    def engine(self, gathered: Gathered) -> Engine: ...


@dataclass(frozen=True, slots=True)
class Here:
    """This process, with `reading` to open the store."""

    reading: Callable[[], AbstractContextManager[Session]]

    def prepared(self, batches: Batches) -> Iterator[dict[int, bytes]]:
        for batch in batches:
            with self.reading() as session:
                texts = prepared.texts(session, batch)
            yield {edition: prepare(*found) for edition, found in texts.items()}

    def measured(self, batches: Batches) -> Iterator[dict[int, Measures]]:
        for batch in batches:
            with self.reading() as session:
                texts = prepared.texts(session, batch)
            yield {edition: measure(*found) for edition, found in texts.items()}

    def engine(self, gathered: Gathered) -> Engine:
        return EngineHere()
