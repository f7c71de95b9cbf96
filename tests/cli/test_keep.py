"""`gross init` and `gross serve`, as the IT department meets them in an empty folder."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from gross.app import create_app
from gross.home import open_home
from gross.store.db import db
from tests.pages import Pages

GROSS = str(Path(sys.executable).with_name("gross"))


def gross(home, *words):
    return subprocess.run(
        [GROSS, *words],
        env={**os.environ, "GROSS_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_first_administrator_sets_a_password_with_the_printed_link(tmp_path):
    told = gross(tmp_path, "init")
    assert told.returncode == 0, told.stderr
    link = re.search(r"http://127\.0\.0\.1:8000(/invitations/\S+)", told.stdout)[1]
    app = create_app(open_home(tmp_path))
    pages = Pages(app.test_client())
    done = pages.press(pages.get(link), "Set password", password="a password of mine")
    home = pages.press(done, "Sign in", login="admin", password="a password of mine")
    assert home.path == "/"
    assert "People" in home.text
    with app.app_context():
        db.engine.dispose()
    again = gross(tmp_path, "init")
    assert (again.returncode, "/invitations/" in again.stdout) == (0, False)
    assert "whole: 2 entries" in gross(tmp_path, "verify").stdout


def test_a_lost_link_is_printed_anew(tmp_path):
    first, second = (gross(tmp_path, "init", "--admin", "Chief").stdout for _ in range(2))
    links = [re.search(r"/invitations/\S+", said)[0] for said in (first, second)]
    assert links[0] != links[1]
    app = create_app(open_home(tmp_path))
    pages = Pages(app.test_client())
    assert [pages.get(link).status for link in links] == [404, 200]
    with app.app_context():
        db.engine.dispose()


def test_serve_answers_and_leaves_when_told(tmp_path):
    server = subprocess.Popen(
        [GROSS, "serve", "--port", "0"],
        env={**os.environ, "GROSS_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        with urllib.request.urlopen(f"{address}/health", timeout=30) as answer:  # noqa: S310
            assert answer.status == 200
    finally:
        server.terminate()
        assert server.wait(30) == 0
        server.stdout.close()


def test_a_taken_port_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = gross(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    assert told.returncode == 1
    assert re.search(r"Port \d+ on 127\.0\.0\.1 cannot be used: ", told.stderr)
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("words", [("bogus",), ("serve", "--port", "99999"), ("import",)])
def test_wrong_usage_is_exit_two(tmp_path, words):
    assert gross(tmp_path, *words).returncode == 2
