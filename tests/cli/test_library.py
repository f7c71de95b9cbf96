"""The commands `import` and `read`, as they are typed: what they print, and their exit status."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from gross.actions import editions
from gross.app import create_app
from gross.cli import commands, library
from gross.cli.edge import Wiring
from gross.domain.ledger import first_break
from gross.store import ledger
from gross.store.db import db
from tests.intake.shared import data

ROOT = Path(__file__).parents[2]


@pytest.fixture
def gross(home, monkeypatch):
    """Give what runs a command on a home: (exit status, stdout, stderr)."""
    monkeypatch.setenv("GROSS_HOME", str(home.path))

    def run(*words):
        wiring = Wiring(create_app, lambda app: lambda: None)
        done = CliRunner().invoke(commands, [str(word) for word in words], obj=wiring)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout, done.stderr

    return run


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "library"
    made.mkdir()
    for n in range(120):
        words = f"Policy Number: ROOM-{n:03}\nTitle: Cleaning of room {n}\n\n"
        (made / f"{n:03}.txt").write_text(words + f"Room {n} is cleaned at {n} minutes past. " * 50)
    return made


def test_an_import_counts_and_lists_in_json(gross, tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.txt").write_text("Wash hands.")
    (folder / "b.xyz").write_text("?")
    (folder / "manifest.csv").write_text("Title,File\nGone,gone.docx\nHands,a.txt\n")

    status, out, err = gross("import", folder, "--json")

    said = json.loads(out)
    assert (status, err) == (0, "")
    assert said.pop("seconds") > 0
    (refused,) = said.pop("refused")
    assert refused["file"] == "b.xyz"
    assert refused["reason"].startswith("b.xyz cannot be read; use one of")
    assert said == {
        "new": 1, "changed": 0, "same": 0, "missing": ["gone.docx"],
        "returned": [], "duplicate": [], "layout": "plain",
    }  # fmt: skip


def test_an_import_reads_well_and_a_dry_run_says_that_nothing_was_written(gross, tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.txt").write_text("Wash hands.")
    (folder / ".b.txt").write_text("?")

    _, dry, _ = gross("import", folder, "--dry-run")
    _, wet, _ = gross("import", folder)

    assert dry == (
        "library would give 1 new, 0 changed, 0 same, 1 refused. Nothing was written.\n"
        "  refused: .b.txt: .b.txt is hidden; rename it without the dot if it is a policy.\n"
    )
    assert wet.startswith("library: 1 new, 0 changed, 0 same, 1 refused, in ")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(["nowhere"], "nowhere does not exist; give a folder", id="no such path"),
        pytest.param(["empty"], "empty holds no files", id="empty folder"),
        pytest.param(["one.xyz"], "one.xyz cannot be read; use one of", id="one bad file"),
        pytest.param(["one.txt", "--manifest", "none.csv"], "none.csv does not exist", id="list"),
        pytest.param(["one.txt", "--manifest", "bad.csv"], "has a single column", id="columns"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_1(gross, tmp_path, words, sentence):
    (tmp_path / "empty").mkdir()
    (tmp_path / "one.xyz").write_text("?")
    (tmp_path / "one.txt").write_text("Wash hands.")
    (tmp_path / "bad.csv").write_text("Title\nHands\n")

    paths = [word if word.startswith("--") else str(tmp_path / word) for word in words]
    status, _, err = gross("import", *paths)

    assert status == 1
    assert sentence in err
    assert err.count("\n") == 1


def test_wrong_usage_is_exit_2(gross):
    assert gross("import")[0] == 2


def test_reading_a_file_keeps_nothing_and_needs_no_home(gross, tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Policy Number: IC-014\nTitle: Hand Hygiene\n\nWash hands.\n")
    monkeypatch.setenv("GROSS_HOME", str(tmp_path / "no-home"))

    status, out, err = gross("read", tmp_path / "a.txt", "--json")

    said = json.loads(out)
    assert (status, err) == (0, "")
    assert (said["outcome"], said["number"], said["title"]) == ("read", "IC-014", "Hand Hygiene")
    assert said["text"] == (tmp_path / "a.txt").read_text()
    assert not (tmp_path / "no-home").exists()


def test_a_file_that_cannot_be_read_says_why_in_json_and_on_stderr(gross, tmp_path):
    (tmp_path / "a.docx").write_bytes(b"")

    status, out, err = gross("read", tmp_path / "a.docx", "--json")

    assert (status, err) == (1, "a.docx is empty.\n")
    assert json.loads(out)["outcome"] == "refused"
    assert json.loads(out)["reason"] == "a.docx is empty."


def test_reading_reads_well_without_json(gross, tmp_path):
    (tmp_path / "a.txt").write_text("Policy Number: IC-014\nTitle: Hand Hygiene\n\nWash hands.\n")

    status, out, _ = gross("read", tmp_path / "a.txt")

    assert status == 0
    assert out.startswith("Number: IC-014\nTitle: Hand Hygiene\n")


def committed(home):
    """Which digests are committed, seen from outside while the command runs."""
    with closing(sqlite3.connect(home.database, timeout=30)) as connection:
        return {digest for (digest,) in connection.execute("SELECT digest FROM edition")}


@pytest.mark.parametrize("kill_at", [0, 1, 60], ids=lambda n: f"after {n} files")
def test_a_killed_import_has_lost_nothing_it_kept_and_goes_on(gross, home, folder, kill_at):
    process = subprocess.Popen(
        [sys.executable, "-c", "from gross.app import main; main()", "import", str(folder)],
        env={**os.environ, "GROSS_HOME": str(home.path)},
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 240
        while len(kept := committed(home)) < kill_at and process.poll() is None:
            assert time.monotonic() < deadline, "the import does not get on"
            time.sleep(0.02)
    finally:
        process.kill()
        process.wait()
    assert kept <= committed(home)
    kept = committed(home)

    status, out, _ = gross("import", folder, "--json")

    said = json.loads(out)
    assert status == 0
    assert (said["new"], said["same"], said["changed"]) == (120 - len(kept), len(kept), 0)
    app = create_app(home)
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM policy")) == 120
        assert db.session.scalar(text("SELECT count(*) FROM edition")) == 120
        assert db.session.scalar(text("SELECT count(*) FROM policy_words")) == 120
        assert first_break(ledger.rows(db.session())) is None
        subjects = [entry.subject for entry, _ in ledger.rows(db.session())]
        assert sorted(subjects) == sorted({f"policy:{n}" for n in range(1, 121)})
        db.session.remove()
        db.engine.dispose()
    files = {path.name for path in (home.path / "originals").rglob("*") if path.is_file()}
    assert files == committed(home)


def test_every_broken_file_ends_in_one_import(gross):
    """All of the damaged files at once: each has one outcome, and nothing dies of them."""
    folder = data("broken-files") / "found"
    count = sum(path.is_file() for path in folder.rglob("*"))

    status, out, err = gross("import", folder, "--json")

    said = json.loads(out)
    assert status == 0
    assert "crashed" not in out
    refused = {each["file"]: each["reason"] for each in said["refused"]}
    assert "pdf.js/encrypted-attachment.pdf" in refused
    assert all(reason.endswith(".") for reason in refused.values())
    assert said["new"] > 100
    assert said["new"] + len(refused) >= count - 10  # ZIPs stand for the files in them
    assert "Traceback" not in err


def test_a_dry_run_makes_no_home_where_there_is_none(gross, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("GROSS_HOME", str(tmp_path / "no-home"))

    status, out, err = gross("import", folder, "--dry-run", "--json")

    assert (status, err) == (0, "")
    assert json.loads(out)["new"] == 120
    assert not (tmp_path / "no-home").exists()


def test_the_layout_that_was_guessed_is_said_and_another_can_be_chosen(gross, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Library.csv").write_text("Name,Path,Item Type,Title\na.txt,x,Item,Hands\n")
    (folder / "a.1.0.txt").write_text("Wash.")
    (folder / "a.2.0.txt").write_text("Wash hands.")

    _, guessed, _ = gross("import", folder, "--dry-run")
    _, chosen, _ = gross("import", folder, "--dry-run", "--layout", "plain")

    assert guessed.startswith(
        "export would give 1 new, 0 changed, 0 same, 0 refused, 1 duplicate "
        "(read as an export of SharePoint). Nothing was written.\n"
    )
    assert chosen.startswith("export would give 2 new")


def test_an_interrupted_import_says_how_to_go_on(gross, folder, home, monkeypatch):
    keep, kept = editions.take_in, []

    def interrupt(*args, **options):
        kept.append(1)
        if len(kept) == 30:
            raise KeyboardInterrupt
        return keep(*args, **options)

    monkeypatch.setattr(editions, "take_in", interrupt)
    status, _, err = gross("import", folder)
    monkeypatch.setattr(editions, "take_in", keep)

    assert (status, err) == (1, f"{library.STOPPED}\n")
    _, out, _ = gross("import", folder, "--json")
    assert (json.loads(out)["new"], json.loads(out)["same"]) == (100, 20)
