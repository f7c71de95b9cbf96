"""A claimed job as the function that does it sees it: tell progress, notice a cancellation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from gross.actions import jobs
from gross.jobs.edge import writing
from gross.store.jobs import Job, held

TELL_EVERY_SECONDS = 0.5


class Stopped(Exception):
    """The job was cancelled, or another worker holds it, or this worker is being stopped."""


@dataclass(slots=True)
class Task:
    """`began_at` is the claim: only the worker that made it may write to the job's row."""

    app: Flask
    job_id: int
    name: str  # in `jobs.ALL`
    asked_by: int | None
    about: int | None
    began_at: datetime
    stop: threading.Event
    _told_at: float = 0.0

    def tell(self, stage: str, done: int, total: int, at_hand: str = "") -> None:
        """Say how far it is; at most twice a second it is written down.

        Raises:
            Stopped: the work shall end here; nothing of it is to be kept.
        """
        if self.stop.is_set():
            raise Stopped
        if time.monotonic() - self._told_at < TELL_EVERY_SECONDS:
            return
        self._told_at = time.monotonic()
        self.write(lambda job, now: jobs.tell(job, stage, done, total, at_hand=at_hand, now=now))

    def beat(self) -> None:
        """Say that the worker lives, so that no other takes the job over.

        Raises:
            Stopped: as above.
        """
        self.write(lambda job, now: setattr(job, "beat_at", now))

    @contextmanager
    def keeping(self) -> Iterator[Session]:
        """A writing transaction that lands only while the job is this worker's.

        Raises:
            Stopped: it is not, or this worker is being stopped; nothing was written.
        """
        if self.stop.is_set():
            raise Stopped
        with writing(self.app) as session:
            if held(session, self.job_id, self.began_at) is None:
                raise Stopped
            yield session

    def write(self, change: Callable[[Job, datetime], None]) -> None:
        """Change the job's row in a small transaction of its own.

        Raises:
            Stopped: the row is no longer this worker's.
        """
        now = datetime.now(UTC)
        with writing(self.app) as session:
            job = held(session, self.job_id, self.began_at)
            if job is None:
                raise Stopped
            change(job, now)
