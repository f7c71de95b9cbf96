"""Work that outlasts a request. A new job: one function in a file here, one name in ALL."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask

from gross.actions import uploads
from gross.jobs import clock, imports, mail, scan
from gross.jobs.task import Task

# Each gives the sentence that says how it ended.
ALL: Mapping[str, Callable[[Task], str]] = {
    scan.NAME: scan.run,
    uploads.CHECK: imports.check,
    uploads.IMPORT: imports.bring_in,
    uploads.UNDO: imports.undo,
}

# Called every few seconds; each looks for what is due and does it, or nothing.
BEATS: tuple[Callable[[Flask], None], ...] = (clock.beat, mail.beat)
