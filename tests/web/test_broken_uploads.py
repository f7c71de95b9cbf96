"""Every damaged file of the shared set, sent through the wizard as a person would."""

from __future__ import annotations

import threading
from io import BytesIO

import pytest
from sqlalchemy import select

from gross.jobs.worker import Worker
from gross.store.db import db
from gross.store.imports import ImportItem
from tests.intake.shared import data
from tests.intake.test_broken_files import ROWS

FOLDER = data("broken-files")


@pytest.fixture
def pages(pages_of, make_person):
    return pages_of(make_person("Sam Steward", roles="staff steward"))


def test_every_broken_file_sent_over_http_ends_as_its_manifest_says(app, pages):
    body = {**pages.token(), "once": "key"}
    body["files"] = [(BytesIO((FOLDER / row["file"]).read_bytes()), row["file"]) for row in ROWS]
    page = pages._send("POST", "/imports", data=body)
    pages.press(page, "Check what it would do")
    db.session.rollback()
    worker = Worker(app, beats=())
    while worker.do_next(threading.Event()):
        pass
    db.session.rollback()

    checked = pages.get(page.path)

    assert "This was a check; nothing is imported yet." in checked.text
    told = {item.source: item for item in db.session.scalars(select(ImportItem))}
    wrong = []
    for row in ROWS:
        item = told.get(row["file"])
        is_read = item is not None and item.outcome != "refused"
        reason = item.reason if item is not None else ""
        expect = "either" if row["file"].endswith((".doc", ".rtf")) else row["expect"]
        if expect.startswith("parse") and not is_read:
            wrong.append((row["file"], reason))
        if expect.startswith("reject") and is_read:
            wrong.append((row["file"], "read"))
        if expect == "reject:password" and "password" not in reason:
            wrong.append((row["file"], reason))
        if "crashed" in reason:
            wrong.append((row["file"], reason))
    assert wrong == []
