"""Take the pictures of the documents from a real demonstration in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

GROSS = str(Path(sys.executable).with_name("gross"))
PHONE, DESK = (390, 844), (1280, 860)


@dataclass(frozen=True, slots=True)
class Shot:
    """`clicks`: links to follow from `path`, by the words they begin with."""

    name: str
    login: str
    path: str
    size: tuple[int, int]
    clicks: tuple[str, ...] = ()


SHOTS = (
    Shot("flags-desk", "compliance.director", "/flags", DESK),
    Shot("compare-desk", "compliance.director", "/flags", DESK, ("Compare side by side",)),
    Shot("nominate-phone", "night.nurse", "/nominations/new", PHONE),
    Shot("home-phone", "icu.nurse", "/", PHONE),
    Shot("library-desk", "night.nurse", "/policies", DESK),
    Shot("ballot-phone", "hospitalist", "/ballots", PHONE, ("Retire",)),
    Shot("approval-desk", "cno", "/approvals", DESK, ("Retire",)),
)


def take_all(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        server = subprocess.Popen(
            [GROSS, "demo", "--home", f"{home}/demo"], stdout=subprocess.PIPE, text=True
        )
        try:
            lines = iter(server.stdout.readline, "") if server.stdout else iter(())
            address = next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"]
                )
                for shot in SHOTS:
                    for scheme in ("light", "dark"):
                        width, height = shot.size
                        context = browser.new_context(
                            base_url=address,
                            viewport={"width": width, "height": height},
                            color_scheme=scheme,
                        )
                        page = context.new_page()
                        _go(page, shot)
                        page.screenshot(path=folder / f"{shot.name}-{scheme}.png")
                        context.close()
                browser.close()
        finally:
            server.terminate()
            server.wait(20)


def _go(page: Page, shot: Shot) -> None:
    page.goto("/sign-in")
    page.locator(f'button[data-login="{shot.login}"]').click()
    page.goto(shot.path)
    for words in shot.clicks:
        page.locator("main a", has_text=re.compile(f"^\\s*{re.escape(words)}")).first.click()
        page.wait_for_load_state()
