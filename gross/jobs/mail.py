"""The postman: takes letters from the outbox to the mail server, and tries again when it fails."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from flask import Flask

from gross.home import Settings
from gross.jobs.edge import reading, writing
from gross.store import outbox
from gross.store.outbox import Letter

LOG = logging.getLogger("gross.mail")
MOST_A_BEAT = 50
TIMEOUT_SECONDS = 20
FIRST_WAIT = timedelta(minutes=5)  # longer than one sending takes, so that no two workers send one
LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter on its way: until its next try is due, nobody else takes it."""

    letter_id: int
    message: EmailMessage | None  # None where its address is one that no mail can be written to


def beat(app: Flask, *, now: datetime | None = None) -> None:
    """Send what is due, at most MOST_A_BEAT letters; does nothing without a mail server.

    A letter is claimed and marked in transactions of its own, and sent between them: a crash
    there sends it twice at worst, with the same Message-ID, and never loses it.
    """
    settings: Settings = app.config["GROSS"].settings
    now = now or datetime.now(UTC)
    if not settings.smtp_host or not _any_due(app, now=now):
        return
    try:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        LOG.warning("the mail server cannot be reached: %s", error)
        if (claimed := _claim(app, settings, now=now)) is not None:
            _note(app, claimed, trouble=_says(error), sent_at=None)
        return
    for _ in range(MOST_A_BEAT):
        claimed = _claim(app, settings, now=now)
        if claimed is None or not _send(app, server, claimed, now=now):
            break
    with suppress(OSError, smtplib.SMTPException):
        server.quit()


def wait_after(tries: int) -> timedelta:
    """How long to wait after this many tries: 5 minutes, doubled each time, at most a day."""
    doubled: int = 2 ** min(tries - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """Plain text with one link. The Message-ID is the letter's own: a second sending shows it."""
    base = settings.base_url.rstrip("/")
    message = EmailMessage()
    message["Subject"] = letter.subject
    message["From"] = settings.mail_from
    message["To"] = letter.person.email
    message["Date"] = format_datetime(letter.written_at)
    host = urlsplit(base).hostname or "localhost"
    message["Message-ID"] = f"<letter-{letter.id}.{letter.written_at:%Y%m%d%H%M%S%f}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    link = f"\n{base}{letter.path}\n" if letter.path else ""
    message.set_content(f"{letter.body}{link}\n-- \n{settings.hospital}\n")
    return message


def _any_due(app: Flask, *, now: datetime) -> bool:
    with reading(app) as session:  # an idle beat takes no write lock
        return outbox.due(session, now=now) is not None


def _claim(app: Flask, settings: Settings, *, now: datetime) -> Claimed | None:
    with writing(app) as session:
        letter = outbox.due(session, now=now)
        if letter is None:
            return None
        letter.tries += 1
        letter.next_try_at = now + wait_after(letter.tries)
        try:
            return Claimed(letter.id, compose(letter, settings))
        except (ValueError, HeaderParseError) as error:
            letter.trouble = _says(error)
            LOG.warning("letter %s cannot be written: %s", letter.id, error)
            return Claimed(letter.id, None)


def _send(app: Flask, server: smtplib.SMTP, claimed: Claimed, *, now: datetime) -> bool:
    """Hand one letter over; False when the server is gone and the rest had better wait."""
    if claimed.message is None:
        return True
    try:
        server.send_message(claimed.message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        LOG.warning("letter %s was not taken: %s", claimed.letter_id, error)
        _note(app, claimed, trouble=_says(error), sent_at=None)
        return not _is_gone(error)
    _note(app, claimed, trouble="", sent_at=now)
    return True


def _is_gone(error: Exception) -> bool:
    """Say whether the server itself failed; every SMTPException is an OSError too."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError)


def _note(app: Flask, claimed: Claimed, *, trouble: str, sent_at: datetime | None) -> None:
    with writing(app) as session:
        letter = session.get_one(Letter, claimed.letter_id)
        letter.trouble, letter.sent_at = trouble, sent_at


def _says(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
