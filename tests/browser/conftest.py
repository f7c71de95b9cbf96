"""A real browser on the real command: `gross demo`, on a copy of a sample hospital made once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

GROSS = str(Path(sys.executable).with_name("gross"))
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; no browser is downloaded. In CI a missing one is a failure."""
    program = shutil.which("chromium")
    if program is None:
        missing = "CHROMIUM IS MISSING: the browser tests did not run (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The home of a sample hospital, made by the real command."""
    path = tmp_path_factory.mktemp("sample") / "home"
    subprocess.run([GROSS, "demo", "--prepare", "--home", path], check=True, timeout=300)
    return path


# The real command, but the clock beats once: what comes due afterwards waits for a person.
ONE_BEAT = "from gross.jobs import worker; worker.BEAT_EVERY_SECONDS = 86400; \
from gross.app import main; main()"


@contextmanager
def served(home, *, clock=True, zone="UTC"):
    """The address of a hospital that the real command serves; stopped afterwards."""
    command = [GROSS] if clock else [sys.executable, "-c", ONE_BEAT]
    server = subprocess.Popen(
        [*command, "demo", "--home", home, "--port", "0"],
        env={**os.environ, "TZ": zone},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        lines = iter(server.stdout.readline, "")
        address = next((re.search(r"http://\S+", line) for line in lines if "http:" in line), None)
        assert address, f"no server: {(home.parent / 'server.log').read_text()[-2000:]}"
        yield address[0]
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


@pytest.fixture(scope="session")
def reading_room(sample):
    """A hospital that tests only look at."""
    with served(sample) as address:
        yield address


@pytest.fixture
def hospital(sample, tmp_path):
    """A hospital of the test's own."""
    shutil.copytree(sample, tmp_path / "home")
    with served(tmp_path / "home") as address:
        yield address


@pytest.fixture
def visit(chromium):
    """Give a page that is signed in as a sample person: `visit(address, "night.nurse")`."""
    contexts = []

    def sign_in(address, login, *, size=DESK, scheme="light", scripts=True):
        context = new_context(chromium, address, size=size, scheme=scheme, scripts=scripts)
        contexts.append(context)
        page = context.new_page()
        sign_in_as(page, login)
        return page

    yield sign_in
    for context in contexts:
        context.close()


def new_context(browser: Browser, address: str, *, size=DESK, scheme="light", scripts=True):
    context = browser.new_context(
        base_url=address,
        viewport=size,
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(30_000)
    return context


def sign_in_as(page, login):
    page.goto("/sign-in")
    page.locator(f'button[data-login="{login}"]').click()
    page.wait_for_url("**/")
