"""The import wizard in a real browser, phone and desk: drop, map, check, import, look, undo."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_access import troubles

AN_IMPORT = re.compile(r"/imports/\d+$")
DROP = """([form, files]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  form.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def files(tmp_path):
    """A PDF, a text, a file that cannot be read, and a list whose columns nobody can guess."""
    folder = tmp_path / "files"
    folder.mkdir()
    canvas = Canvas(str(folder / "lift.pdf"))
    canvas.drawString(100, 700, "Ring twice before the goods lift moves.")
    canvas.showPage()
    canvas.save()
    (folder / "keys.txt").write_text("Title: Keys\n\nKeys hang on the second hook.\n")
    (folder / "old.xyz").write_text("?")
    (folder / "liste.csv").write_text("Wo,Was\nlift.pdf,Goods Lift\n")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("size", [PHONE, DESK], ids=lambda size: str(size["width"]))
def test_a_steward_imports_looks_and_undoes(hospital, visit, files, size):
    page, said = visit(hospital, "steward", size=size), []

    def look():
        said.extend(troubles(page, page.url))

    page.goto("/policies")
    page.get_by_role("link", name="Imports").click()
    page.get_by_role("link", name="Import files").click()
    page.get_by_label("Files, or one ZIP of a folder").set_input_files(files)
    expect(page.get_by_text("4 files, ")).to_be_visible()
    look()
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(AN_IMPORT)
    address = page.url
    look()
    page.get_by_role("button", name="Look at the list’s columns").click()
    page.get_by_label("Wo", exact=True).select_option("File (path or name)")
    page.get_by_label("Was", exact=True).select_option("Title")
    look()
    page.get_by_role("button", name="Use these columns and check").click()
    expect(page.get_by_text("This was a check; nothing is imported yet.")).to_be_visible()
    look()
    page.get_by_role("button", name="Import 2 now").click()
    expect(page.get_by_text("The import is done: 2 new, 1 refused.")).to_be_visible()
    look()

    page.get_by_role("link", name="New 2").click()
    page.get_by_role("row", name="lift.pdf").get_by_role("link", name="Beside its original").click()
    expect(page.get_by_role("img", name="Page 1 of lift.pdf")).to_be_visible()
    expect(page.get_by_text("Ring twice before the goods lift moves.")).to_be_visible()
    look()

    page.goto("/imports/unread")
    page.get_by_text("Mark as dealt with").first.click()
    page.get_by_label("What was done, or why nothing has to be").first.fill("It is no policy.")
    look()
    page.get_by_role("button", name="Take old.xyz off the list").click()
    expect(page.get_by_role("status")).to_have_text("old.xyz is off the list.")

    page.goto(address)
    page.get_by_text("Undo this import").click()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("2 taken back")).to_be_visible()
    look()
    assert said == [], "\n".join(said)


def test_files_are_dropped_and_sent_in_portions(hospital, visit):
    page = visit(hospital, "steward")
    page.goto("/imports/new")
    files = [[f"{n:03}.txt", f"Title: Room {n}"] for n in range(130)]

    form = page.locator("form[data-upload]").element_handle()
    page.evaluate(DROP, [form, files])
    expect(page.get_by_text("130 files, ")).to_be_visible()
    with page.expect_request(lambda request: request.url.endswith("/files")):
        page.get_by_role("button", name="Send").click()
    page.wait_for_url(AN_IMPORT)

    expect(page.get_by_text("What was sent: 130 files")).to_be_visible()


def test_the_wizard_works_without_scripts(hospital, visit, files):
    page = visit(hospital, "steward", scripts=False)
    page.goto("/imports/new")
    page.get_by_label("Files, or one ZIP of a folder").set_input_files(files)
    page.get_by_role("button", name="Send").click()
    page.get_by_label("The list of the policies (manifest)").select_option(index=0)
    page.get_by_role("button", name="Check what it would do").click()

    expect(page.locator("noscript")).to_have_count(1)
    for _ in range(60):
        if page.get_by_role("button", name="Import 2 now").count():
            break
        page.wait_for_timeout(500)
        page.goto(page.url)
    page.get_by_role("button", name="Import 2 now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import of 4 files")
