"""What a worker of a Dask cluster computes of a scan. It reads the store, and never writes it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from gross.analysis import detectors
from gross.analysis import prepared as preparing
from gross.analysis.alignment import Alignment
from gross.analysis.desk import Desk, Pair
from gross.analysis.desk import detected as found_by
from gross.analysis.measures import Measures, from_json
from gross.analysis.measuring import MEASURES_VERSION, measure
from gross.analysis.prepared import PIPELINE_VERSION, Prepared, opened
from gross.analysis.types import Document, Finding, Library
from gross.domain.errors import Refused
from gross.store import measures
from gross.store import prepared as store_prepared
from gross.store.db import opened_to_read

T = TypeVar("T")
AT_ONCE = 256  # editions of one question to the store


@dataclass(frozen=True, slots=True)
class Masks:
    """What is boilerplate: one bit a word of the editions `ids`, which begin at `word_bounds`."""

    key: str
    word_bounds: NDArray[np.int64]
    packed: NDArray[np.uint8]
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A library without its texts, which the worker reads by the ids of `editions`.

    An edition never changes, so the worker reads what the scan read, whatever was imported since;
    `counted` are the documents (by digest) whose counts the scan knew.
    """

    key: str
    library: Library
    editions: Mapping[int, int]  # policy id to edition id
    counted: frozenset[str]


@dataclass(slots=True)
class _Newest(Generic[T]):
    """The last thing made, for as long as it is asked for by its key; threads share it."""

    key: str = ""
    value: T | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str, make: Callable[[], T]) -> T:
        with self.lock:
            if self.value is None or self.key != key:
                self.key, self.value = key, make()
            return self.value


_DESK: _Newest[Desk] = _Newest()
_LIBRARY: _Newest[Library] = _Newest()


def same(value: T) -> T:
    return value


def versions(store: str) -> tuple[object, ...]:
    """What tells this code from another's; and the store can be read.

    Raises:
        Refused: it cannot.
    """
    try:
        with _reading(store) as session:
            store_prepared.texts(session, [0])
    except (SQLAlchemyError, ImportError) as error:
        shown = make_url(store).render_as_string(hide_password=True)
        raise Refused(
            f"A worker cannot read the library at {shown}; give --store the address by which the "
            "workers reach it."
        ) from error
    each = tuple((detector.name, detector.version) for detector in detectors.ALL)
    return (PIPELINE_VERSION, MEASURES_VERSION, *each)


def prepared(store: str, batch: Sequence[int]) -> dict[int, bytes]:
    with _reading(store) as session:
        texts = store_prepared.texts(session, batch)
    return {edition: preparing.prepare(*found) for edition, found in texts.items()}


def measured(store: str, batch: Sequence[int]) -> dict[int, Measures]:
    with _reading(store) as session:
        texts = store_prepared.texts(session, batch)
    return {edition: measure(*found) for edition, found in texts.items()}


def aligned(store: str, masks: Masks, pairs: Sequence[Pair]) -> list[Alignment]:
    """Lay each pair side by side; what is prepared of them is read once for all pairs."""
    desk = _DESK.get(masks.key, lambda: _desk(masks))
    editions = desk.editions
    if not isinstance(editions, dict):
        raise TypeError("a worker's desk fills as it is used")
    needed = sorted({place for pair in pairs for place in pair if place not in editions})
    for at in range(0, len(needed), AT_ONCE):
        some = needed[at : at + AT_ONCE]
        blobs = _blobs(store, [masks.ids[place] for place in some])
        editions.update({place: opened(blobs[masks.ids[place]]) for place in some})
    return [desk.aligned(pair) for pair in pairs]


def _desk(masks: Masks) -> Desk:
    words = int(masks.word_bounds[-1])
    editions: dict[int, Prepared] = {}
    masked = np.unpackbits(masks.packed, count=words).view(np.bool_)
    return Desk(editions, masks.word_bounds, masked)


def detected(store: str, frame: Frame, name: str) -> tuple[Finding, ...]:
    """What one detector finds in the whole library, which is read once for all of them."""
    library = _LIBRARY.get(frame.key, lambda: _library(store, frame))
    (detector,) = (each for each in detectors.ALL if each.name == name)
    return found_by(library, detector)


def _library(store: str, frame: Frame) -> Library:
    """The library as the scan gathered it."""
    bare = [each for each in frame.library.documents if not each.retired]
    whole: dict[int, Document] = {}
    counts: dict[str, Measures] = {}
    for at in range(0, len(bare), AT_ONCE):
        some = bare[at : at + AT_ONCE]
        ids = [frame.editions[each.policy_id] for each in some]
        with _reading(store) as session:
            texts = store_prepared.texts(session, ids)
            known = measures.details_of(session, ids, MEASURES_VERSION)
        for document, edition in zip(some, ids, strict=True):
            if edition not in texts:
                raise Refused("An import was undone while the library was scanned; scan again.")
            text, passages = texts[edition]
            whole[document.policy_id] = replace(document, text=text, passages=passages)
            if document.digest in frame.counted and edition in known:
                counts[document.digest] = from_json(known[edition])
    documents = (whole.get(each.policy_id, each) for each in frame.library.documents)
    return replace(frame.library, documents=tuple(documents), measures=counts)


def _blobs(store: str, ids: Sequence[int]) -> dict[int, bytes]:
    """What is prepared of these editions; what nobody has kept yet is prepared here."""
    with _reading(store) as session:
        found = store_prepared.blobs_of(session, ids, PIPELINE_VERSION)
        texts = store_prepared.texts(session, [each for each in ids if each not in found])
    return found | {edition: preparing.prepare(*each) for edition, each in texts.items()}


@contextmanager
def _reading(store: str) -> Iterator[Session]:
    with Session(_engine(store)) as session:
        yield session


@lru_cache(maxsize=4)
def _engine(store: str) -> Engine:
    return opened_to_read(store)
