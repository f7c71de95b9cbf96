"""Letters to a real mail server that listens, listens not, and is interrupted."""

import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from gross.jobs import BEATS, mail
from gross.store.db import begin_write, db
from gross.store.outbox import Letter
from tests.actions.cast import make_cast
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


class Inbox:
    """What the mail server took; it refuses addresses that begin with "refused"."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- theirs
        if address.startswith("refused"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- theirs
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def server(inbox, port):
    """Start the mail server when called; it stops with the test."""
    started = []

    def start():
        controller = Controller(inbox, hostname="127.0.0.1", port=port)
        controller.start()
        started.append(controller)

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture
def posted(app, port):
    """The app with a mail server to post to."""
    home = app.config["GROSS"]
    settings = replace(
        home.settings,
        smtp_host="127.0.0.1",
        smtp_port=port,
        base_url="https://gross.example.org/",
        hospital="Lakeside",
    )
    app.config["GROSS"] = replace(home, settings=settings)
    return app


@pytest.fixture
def cast(session):
    return make_cast(session)


def beat(app, now=NOW):
    db.session.commit()
    db.session.remove()
    mail.beat(app, now=now)
    db.session.remove()
    begin_write(db.session)


def letters():
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_the_postman_beats_in_the_worker():
    assert mail.beat in BEATS


def test_a_letter_arrives_once_with_its_link(posted, cast, server, inbox):
    nomination_id = cast.nominated().id
    server()

    beat(posted)
    beat(posted, NOW + timedelta(days=2))

    (arrived,) = inbox.mails
    assert arrived["To"] == "nurse@example.org"
    assert "“HR-7 Badge Colours”" in arrived["Subject"]
    assert arrived["Date"].datetime == NOW
    text = arrived.get_content()
    assert f"https://gross.example.org/nominations/{nomination_id}" in text.splitlines()
    assert arrived.get_content_type() == "text/plain"
    (letter,) = letters()
    assert (letter.sent_at, letter.tries, letter.trouble) == (NOW, 1, "")


def test_without_a_mail_server_letters_wait(app, cast):
    cast.nominated()

    beat(app)

    (letter,) = letters()
    assert (letter.sent_at, letter.tries) == (None, 0)


def test_a_server_that_is_down_gets_the_letter_later(posted, cast, server, inbox):
    cast.nominated()

    beat(posted)
    (letter,) = letters()
    assert letter.sent_at is None
    assert "ConnectionRefusedError" in letter.trouble
    assert letter.next_try_at == NOW + 5 * MINUTE
    server()
    beat(posted, NOW + 4 * MINUTE)
    assert inbox.mails == []
    beat(posted, NOW + 5 * MINUTE)

    assert len(inbox.mails) == 1
    (letter,) = letters()
    assert (letter.tries, letter.trouble) == (2, "")


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 5), (2, 10), (3, 20), (9, 1280), (10, 1440), (5000, 1440)]
)
def test_the_wait_doubles_up_to_a_day(tries, minutes):
    assert mail.wait_after(tries) == minutes * MINUTE


def test_an_address_that_is_refused_holds_up_nobody_else(posted, cast, server, inbox):
    cast.nurse.email = "refused@example.org"
    cast.nominated()
    cast.cno.email = "no\nbody@example.org"
    cast.nominated(cast.cno)
    cast.nominated(cast.cmo)
    server()

    beat(posted)

    assert [one["To"] for one in inbox.mails] == ["cmo@example.org"]
    refused, odd, sent = letters()
    assert "no such person" in refused.trouble
    assert "ValueError" in odd.trouble or "HeaderParse" in odd.trouble
    assert [refused.sent_at, odd.sent_at, sent.sent_at] == [None, None, NOW]


def test_who_cannot_be_written_to_is_not(posted, cast, server, inbox):
    cast.nurse.email = ""
    cast.cmo.disabled_at = NOW
    cast.nominated()
    cast.nominated(cast.cmo)
    server()

    beat(posted)

    assert inbox.mails == []


def test_a_beat_sends_fifty_at_most(posted, cast, server, inbox):
    for _ in range(mail.MOST_A_BEAT + 3):
        cast.nominated()
    server()

    beat(posted)
    assert len(inbox.mails) == mail.MOST_A_BEAT
    beat(posted)

    assert len(inbox.mails) == mail.MOST_A_BEAT + 3


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from gross.app import create_app
from gross.home import open_home
from gross.jobs import mail

mail._note = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
mail.beat(create_app(open_home(Path(sys.argv[1]))), now=datetime.fromisoformat(sys.argv[2]))
"""


def test_killed_between_sending_and_marking_it_is_sent_again_recognisably(
    posted, cast, server, inbox, port
):
    cast.nominated()
    db.session.commit()
    server()
    died = subprocess.run(
        [sys.executable, "-c", KILLED, posted.config["GROSS"].path, NOW.isoformat()],
        env=os.environ
        | {
            "GROSS_SMTP_HOST": "127.0.0.1",
            "GROSS_SMTP_PORT": str(port),
            "GROSS_BASE_URL": "https://gross.example.org",
        },
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert len(inbox.mails) == 1

    beat(posted, NOW + 4 * MINUTE)
    assert len(inbox.mails) == 1
    beat(posted, NOW + 5 * MINUTE)

    first, second = inbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert letters()[0].sent_at == NOW + 5 * MINUTE


def test_a_server_that_hangs_up_ends_the_beat_and_loses_nothing(posted, cast, port):
    cast.nominated()
    with socket.create_server(("127.0.0.1", port)) as listening:

        def hang_up():
            listening.settimeout(10)
            one, _ = listening.accept()
            one.sendall(b"220 hello\r\n")
            one.recv(100)
            one.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        beat(posted)
        thread.join()

    (letter,) = letters()
    assert letter.sent_at is None
    assert "SMTPServerDisconnected" in letter.trouble
