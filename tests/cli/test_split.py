"""The command `split`, as it is typed."""

import json

import pytest
from click.testing import CliRunner

from gross.cli import commands

MANUAL = "Cover words.\n\n# IC-014 Hands\n\nWash.\n\n# IC-020 Waste\n\nBag it.\n"


@pytest.fixture
def gross(home, monkeypatch):
    monkeypatch.setenv("GROSS_HOME", str(home.path))

    def run(*words):
        done = CliRunner().invoke(commands, [str(word) for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout, done.stderr

    return run


def test_a_manual_is_shown_in_parts(gross, tmp_path):
    path = tmp_path / "m.md"
    path.write_text(MANUAL)

    status, out, _ = gross("split", path)

    assert status == 0
    assert out.splitlines() == [
        "IC-014       Hands  (3 words)",
        "IC-020       Waste  (4 words)",
        "2 parts, told by: number.",
        "The first 2 words stand before them and would be in none.",
    ]


def test_the_parts_as_json(gross, tmp_path):
    path = tmp_path / "m.md"
    path.write_text(MANUAL)

    _, out, _ = gross("split", path, "--level", 1, "--json")

    said = json.loads(out)
    assert (said["characters"], said["before"]) == (len(MANUAL), MANUAL.index("IC-014"))
    assert [
        (each["number"], each["title"], each["rule"], each["words"]) for each in said["parts"]
    ] == [("IC-014", "Hands", "level 1", 3), ("IC-020", "Waste", "level 1", 4)]
    assert MANUAL[said["parts"][1]["start"] :].startswith("IC-020")


def test_a_file_that_nothing_parts_says_what_to_do(gross, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Words.")

    assert gross("split", path) == (
        1,
        "",
        "a.txt has no headings that part it; give --level 1, 2 or 3.\n",
    )
    assert json.loads(gross("split", path, "--json")[1])["parts"] == []
