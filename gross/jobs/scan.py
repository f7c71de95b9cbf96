"""The job that scans the library."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from gross.actions import scans
from gross.actions.jobs import SCAN
from gross.domain.calendar import local_day
from gross.jobs.edge import reading, writing
from gross.jobs.task import Task

NAME = SCAN


def run(task: Task) -> str:
    doors = scans.Doors(partial(reading, task.app), partial(writing, task.app))
    today = local_day(_now())
    return scans.run_scan(doors, task.asked_by, today=today, now=_now, progress=task.tell).sentence


def _now() -> datetime:
    return datetime.now(UTC)
