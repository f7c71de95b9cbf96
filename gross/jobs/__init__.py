"""Work that outlasts a request. A new job: one file here, one name in ALL."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask

from gross.jobs import clock, mail, scan
from gross.jobs.task import Task

# Each gives the sentence that says how it ended.
ALL: Mapping[str, Callable[[Task], str]] = {scan.NAME: scan.run}

# Called every few seconds; each looks for what is due and does it, or nothing.
BEATS: tuple[Callable[[Flask], None], ...] = (clock.beat, mail.beat)
