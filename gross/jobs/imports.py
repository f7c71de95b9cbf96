"""The jobs of an upload: check what it would do, bring it in, take it back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from gross.actions import imports, undo_import, uploads
from gross.actions.arrivals import Asked, Item, Work, prepared, reader_of
from gross.home import Home
from gross.jobs.edge import reading
from gross.jobs.task import Stopped, Task
from gross.store import uploads as bytes_on_disk
from gross.store.imports import OUTCOMES, Import


def check(task: Task) -> str:
    """The dry run: what would become of each file, written down as planned items."""
    with _work(task, "check") as (work, record_id):
        count = _counted(imports.plan(work, task.keeping, record_id))
    return f"The check is done: {_told(count)}."


def bring_in(task: Task) -> str:
    home: Home = task.app.config["GROSS"]
    with _work(task, "import") as (work, record_id):
        made = imports.bring_in(
            work, home, task.asked_by, task.keeping, now=_now, record_id=record_id
        )
        count = _counted(made)
    with task.keeping() as session:
        bytes_on_disk.settle(session, home)
    return f"The import is done: {_told(count)}."


def undo(task: Task) -> str:
    with task.keeping() as session:
        record = session.get_one(Import, _about(task))
        undone = undo_import.undo(session, task.asked_by, record, now=_now())
    with task.keeping() as session:
        undo_import.forget_originals(session, task.app.config["GROSS"])
    return undone.sentence


@contextmanager
def _work(task: Task, stage: str) -> Iterator[tuple[Work, int]]:
    """What an upload's job works with; the rows are read once, the files as they come."""
    home: Home = task.app.config["GROSS"]
    with reading(task.app) as session:
        record = session.get_one(Import, _about(task))
        delivery = uploads.delivered(session, home, record)
        record_id, is_whole, layout = record.id, record.is_whole, record.layout
        mapping = json.loads(record.columns) if record.columns else {}
        uses = record.sheet != uploads.NO_SHEET
    with delivery, reader_of(home.settings) as reader:
        asked = Asked(
            delivery,
            None,
            reader,
            home.settings.day_first,
            layout=layout,
            at=mapping.get("at", 0),
            columns=mapping.get("columns"),
            wants_manifest=uses,
        )

        def tell(done: int, total: int, source: str) -> None:
            task.tell(stage, done, total, source)

        yield prepared(asked, tell, is_whole=is_whole), record_id


def _about(task: Task) -> int:
    if task.about is None:
        raise Stopped
    return task.about


def _counted(items: Iterable[Item]) -> Counter[str]:
    return Counter(item.outcome for item in items)


def _told(count: Counter[str]) -> str:
    said = [f"{count[outcome]:,} {outcome}" for outcome in OUTCOMES if count[outcome]]
    return ", ".join(said) or "there was nothing left to do"


def _now() -> datetime:
    return datetime.now(UTC)
