"""A worker: claims waiting jobs one after the other, and every few seconds does what is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from flask import Flask

from gross import jobs as all_jobs
from gross.actions import jobs
from gross.domain.errors import Refused
from gross.jobs.edge import reading, writing
from gross.jobs.task import Stopped, Task
from gross.store.jobs import JobState, next_to_do

LOG = logging.getLogger("gross.jobs")
LOOK_EVERY_SECONDS = 1.0
BEAT_EVERY_SECONDS = 5.0
STOP_WITHIN_SECONDS = 10.0
FAILED = "It failed on our side. Try again; if it fails again, ask your administrator for the log."


class Worker:
    """Does jobs in the thread that calls `run`, and beats in one of its own: a long scan must not
    keep a ballot from closing.
    """

    def __init__(
        self,
        app: Flask,
        *,
        work: Mapping[str, Callable[[Task], str]] = all_jobs.ALL,
        beats: tuple[Callable[[Flask], None], ...] = all_jobs.BEATS,
    ) -> None:
        self.app, self.work, self.beats = app, work, beats
        self._task: Task | None = None

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        beating = threading.Thread(target=self._beat, args=(stop,), name="gross-beat", daemon=True)
        beating.start()
        while not stop.is_set():
            if not self._guarded("the queue", lambda: self.do_next(stop)):
                stop.wait(LOOK_EVERY_SECONDS)
        beating.join(STOP_WITHIN_SECONDS)

    def do_next(self, stop: threading.Event) -> bool:
        """Claim the next job and do it; False where none waits."""
        task = self._claim(stop)
        if task is None:
            return False
        self._task = task
        try:
            self._do(task)
        except Stopped:
            LOG.info("job %s was cancelled or taken over", task.job_id)
        finally:
            self._task = None
        return True

    def _claim(self, stop: threading.Event) -> Task | None:
        now = datetime.now(UTC)
        with reading(self.app) as session:  # an idle worker takes no write lock
            if next_to_do(session, now=now) is None:
                return None
        with writing(self.app) as session:
            job = jobs.claim(session, now=now)
            if job is None:
                return None
            task = Task(self.app, job.id, job.name, job.asked_by, job.about, now, stop)
        LOG.info("job %s: %s", task.job_id, task.name)
        return task

    def _do(self, task: Task) -> None:
        state = JobState.FAILED
        try:
            outcome, state = self.work[task.name](task), JobState.DONE
        except Stopped:
            if task.stop.is_set():
                task.write(lambda job, now: jobs.put_back(job))
            raise
        except Refused as refusal:
            outcome = str(refusal)
        except Exception:  # a bug in one job must not end the worker
            LOG.exception("job %s failed", task.job_id)
            outcome = FAILED
        task.write(lambda job, now: jobs.end(job, state, outcome, now=now))

    def _beat(self, stop: threading.Event) -> None:
        while not stop.is_set():
            if (task := self._task) is not None:
                self._guarded("a job's beat", lambda: self._alive(task))
            for beat in self.beats:
                self._guarded("a beat", partial(beat, self.app))
            stop.wait(BEAT_EVERY_SECONDS)

    def _alive(self, task: Task) -> bool:
        try:
            task.beat()
        except Stopped:
            return False  # the job itself notices at its next word of progress
        return True

    def _guarded(self, what: str, act: Callable[[], object]) -> bool:
        """Do it; a failure is logged and the worker lives on."""
        try:
            return bool(act())
        except Exception:
            LOG.exception("%s failed", what)
            return False


def start(app: Flask) -> Callable[[], None]:
    """Start a worker in a thread; give what stops it."""
    stop = threading.Event()
    thread = threading.Thread(
        target=Worker(app).run, args=(stop,), name="gross-worker", daemon=True
    )
    thread.start()

    def leave() -> None:
        stop.set()
        thread.join(STOP_WITHIN_SECONDS)

    return leave
