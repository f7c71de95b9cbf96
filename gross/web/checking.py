"""A draft on its way through the check, in a thread of its own, so that its page can say how far.

Nothing is stored: the bytes come with one request and go with it. Who closes the page stops the
work at its next word of progress.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from flask import Flask

from gross.actions import checks
from gross.actions.arrivals import reader_of
from gross.actions.checks import Check
from gross.domain.errors import Refused
from gross.home import Home
from gross.intake.types import Reading
from gross.store.db import db
from gross.web.answers import SENTENCES
from gross.web.verdict import Answer, verdict
from gross.web.work import stage_says

LOG = logging.getLogger("gross.web")
AT_ONCE = 2  # drafts checked by one server at a time: each holds the library in memory
SAYS_EVERY_SECONDS = 0.5
_ROOM = threading.BoundedSemaphore(AT_ONCE)


class _Left(Exception):
    """Whoever asked has gone; nobody would read the answer."""


@dataclass(frozen=True, slots=True)
class Draft:
    filename: str
    content: bytes
    number: str = ""  # whose next edition it is, where the draft does not say


@dataclass(frozen=True, slots=True)
class Checked:
    """How it ended: with `answers` to a `check`, or with the one sentence of `refusal`."""

    reading: Reading | None = None
    check: Check | None = None
    answers: tuple[Answer, ...] = ()
    refusal: str = ""


@dataclass(slots=True)
class Checking:
    """A check under way. Iterate for one sentence each time there is something new to say."""

    app: Flask
    draft: Draft
    today: date
    _says: str = ""
    _left: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)
    _outcome: Checked = field(default_factory=Checked)

    def begin(self) -> None:
        """Start the work.

        Raises:
            Refused: as many drafts as the server bears are being checked.
        """
        if not _ROOM.acquire(blocking=False):
            raise Refused("Other drafts are being checked at this moment; try again in a minute.")
        self._says = f"Reading {self.draft.filename}."
        threading.Thread(target=self._run, name="gross-check", daemon=True).start()

    def ended_within(self, seconds: float) -> bool:
        return self._ended.wait(seconds)

    def __iter__(self) -> Iterator[str]:
        """Say how far it is until it has ended; left early, the work stops."""
        said = ""
        try:
            while not self._ended.is_set():
                if self._says != said:
                    said = self._says
                    yield said
                self._ended.wait(SAYS_EVERY_SECONDS)
        finally:
            self._left.set()

    @property
    def outcome(self) -> Checked:
        self._ended.wait()
        return self._outcome

    def _run(self) -> None:
        try:
            with self.app.app_context():
                self._outcome = self._work()
        except Refused as refusal:
            self._outcome = Checked(refusal=str(refusal))
        except _Left:
            LOG.info("a check was left before its end")
        except Exception:  # there is no request any more that could say so
            LOG.exception("a check failed")
            self._outcome = Checked(refusal=SENTENCES[500])
        finally:
            _ROOM.release()
            self._ended.set()

    def _work(self) -> Checked:
        home: Home = self.app.config["GROSS"]
        draft = self.draft
        with reader_of(home.settings) as reader:
            reading = reader.read(draft.filename, draft.content, day_first=home.settings.day_first)
        made = checks.check(
            db.session(),
            hashlib.sha256(draft.content).hexdigest(),
            reading,
            number=draft.number,
            today=self.today,
            progress=self._tell,
        )
        self._tell("lay side by side", 0, 1)
        return Checked(reading, made, verdict(made))

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self._left.is_set():
            raise _Left
        self._says = stage_says(stage, done, total)
