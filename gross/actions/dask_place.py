"""A scan on more than one machine: the same functions, on the workers of a Dask cluster.

Workers read editions from the store themselves, each text once; between here and there go ids,
what is prepared or counted, which words are boilerplate, and findings. Only this process writes.
What a lost worker had is computed again by another.
"""

from __future__ import annotations

import secrets
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import numpy as np

from gross.actions import dask_tasks
from gross.actions.dask_tasks import Frame, Masks
from gross.actions.scan_library import Gathered
from gross.actions.scan_places import Batches
from gross.analysis.alignment import Alignment
from gross.analysis.desk import Desk, Engine, Pair
from gross.analysis.measures import Measures
from gross.analysis.types import Detector, Finding, Library
from gross.domain.errors import Refused

AHEAD = 16  # parts that are under way at once: what waits here for its turn stays small
PAIRS = 512  # of one part
WAIT_SECONDS = 15  # for the scheduler, and for the first worker
LOST = "The workers were lost again and again, or the scheduler was; scan again when they are back."


@contextmanager
def connected(address: str, store: str) -> Iterator[DaskPlace]:
    """Join the cluster at `address`, whose workers open `store` to read.

    Raises:
        Refused: the extra is not installed, nobody answers, no worker is there, or one of them
            cannot read the store or runs another version.
    """
    try:
        distributed = import_module("distributed")  # takes a second that no other command pays
    except ImportError as error:
        raise Refused(
            f"To scan at {address} the extra “dask” is needed: pip install 'gross[dask]'."
        ) from error
    try:
        client = distributed.Client(address, timeout=WAIT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise Refused(f"No Dask scheduler answers at {address}.") from error
    with client:
        place = DaskPlace(
            client, store, (distributed.KilledWorker, distributed.CancelledError, OSError)
        )
        place.check(address)
        yield place


@dataclass(frozen=True, slots=True)
class DaskPlace:
    """The workers that a scheduler knows."""

    client: Any  # distributed.Client
    store: str
    lost: tuple[type[BaseException], ...]

    def check(self, address: str) -> None:
        """Ask each worker what it runs and whether it can read the store. Raises `Refused`."""
        try:
            self.client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except TimeoutError as error:
            raise Refused(
                f"The scheduler at {address} has no worker; start one with dask worker {address}."
            ) from error
        versions = set(self.client.run(dask_tasks.versions, self.store).values())
        if versions != {dask_tasks.versions(self.store)}:
            raise Refused("A worker runs another version of GROSS; install the same everywhere.")

    def prepared(self, batches: Batches) -> Iterator[dict[int, bytes]]:
        return self.answers(dask_tasks.prepared, batches, self.store)

    def measured(self, batches: Batches) -> Iterator[dict[int, Measures]]:
        return self.answers(dask_tasks.measured, batches, self.store)

    def engine(self, gathered: Gathered) -> Engine:
        return DaskEngine(self, gathered)

    def answers(
        self, task: Callable[..., Any], parts: Sequence[Any], *shared: Any
    ) -> Iterator[Any]:
        """Give each part's answer, in order, with AHEAD parts under way."""
        under_way: deque[Any] = deque()
        for part in parts:
            under_way.append(self.client.submit(task, *shared, part, pure=False))
            if len(under_way) > AHEAD:
                yield self._answer(under_way.popleft())
        while under_way:
            yield self._answer(under_way.popleft())

    def keep(self, value: Any) -> Any:
        """Put there what many tasks need. As a task's answer it can be computed again when the
        worker that holds it is lost, which scattered data cannot.
        """
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # once, and it is meant
            return self.client.submit(dask_tasks.same, value, pure=False)

    def _answer(self, future: Any) -> Any:
        try:
            return future.result()
        except self.lost as error:
            raise Refused(LOST) from error


@dataclass(frozen=True, slots=True)
class DaskEngine:
    place: DaskPlace
    gathered: Gathered

    def aligned(self, desk: Desk, pairs: Sequence[Pair]) -> Iterator[Alignment]:
        masks = Masks(
            secrets.token_hex(8), desk.word_bounds, np.packbits(desk.masked), self._in_order()
        )
        kept = self.place.keep(masks)
        parts = [pairs[at : at + PAIRS] for at in range(0, len(pairs), PAIRS)]
        for answer in self.place.answers(dask_tasks.aligned, parts, self.place.store, kept):
            yield from answer

    def detected(
        self, library: Library, using: Sequence[Detector]
    ) -> Iterator[tuple[Finding, ...]]:
        bare = tuple(replace(each, text="", passages=()) for each in library.documents)
        frame = Frame(
            secrets.token_hex(8),
            replace(library, documents=bare, prepared={}, measures={}),
            self.gathered.editions,
            frozenset(library.measures),
        )
        kept = self.place.keep(frame)
        names = [each.name for each in using]
        return self.place.answers(dask_tasks.detected, names, self.place.store, kept)

    def _in_order(self) -> tuple[int, ...]:
        """The editions as they lie on the desk: by policy, without the retired ones."""
        editions = self.gathered.editions
        policies = (each.policy_id for each in self.gathered.whole.documents if not each.retired)
        return tuple(editions[policy] for policy in sorted(policies))
