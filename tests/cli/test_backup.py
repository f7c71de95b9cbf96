"""A backup holds everything, and comes back only where nothing is."""

import zipfile

import pytest
from click.testing import CliRunner

from gross.cli import commands
from gross.store import ledger
from gross.store.db import db
from gross.store.ledger import Deed, head
from tests.conftest import NOW


@pytest.fixture
def backed(home, session, tmp_path, monkeypatch):
    """The head of a home's ledger and the file that its backup went to."""
    ledger.append(session, Deed("clock", "scan", "scan:1", {}, {}), now=NOW)
    newest = head(session)[1].hex()
    session.commit()
    db.engine.dispose()
    original = home.original("ab" * 32)
    original.parent.mkdir(parents=True)
    original.write_bytes(b"the bytes as they came")
    upload = home.path / "uploads" / "f00d" / "1"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"sent, and not yet imported")
    monkeypatch.setenv("GROSS_HOME", str(home.path))
    told = run("backup", tmp_path / "all.zip")
    assert told.exit_code == 0, told.output
    return newest, tmp_path / "all.zip"


def run(*words):
    return CliRunner().invoke(commands, [str(word) for word in words])


def test_a_restored_home_verifies(backed, tmp_path, monkeypatch):
    newest, file = backed
    monkeypatch.setenv("GROSS_HOME", str(tmp_path / "second"))
    assert run("restore", file).exit_code == 0
    assert run("verify", "--head", newest).exit_code == 0
    original = tmp_path / "second" / "originals" / "ab" / ("ab" * 32)
    assert original.read_bytes() == b"the bytes as they came"
    upload = tmp_path / "second" / "uploads" / "f00d" / "1"
    assert upload.read_bytes() == b"sent, and not yet imported"
    assert (tmp_path / "second" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_readable_by_its_owner_only(backed):
    assert backed[1].stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over(backed):
    told = run("backup", backed[1])
    assert (told.exit_code, "exists already" in told.output) == (1, True)
    told = run("restore", backed[1])
    assert (told.exit_code, "has a database already" in told.output) == (1, True)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda file: file.write_bytes(b"no archive"), "no backup of GROSS"),
        (lambda file: zip_of(file, "../evil"), "no backup of GROSS"),
        (lambda file: zip_of(file, "gross.sqlite"), "no sound database"),
    ],
)
def test_what_is_no_backup_is_refused(make, says, tmp_path, monkeypatch):
    make(tmp_path / "x.zip")
    monkeypatch.setenv("GROSS_HOME", str(tmp_path / "third"))
    told = run("restore", tmp_path / "x.zip")
    assert told.exit_code == 1
    assert says in told.output
    assert not (tmp_path / "third" / "gross.sqlite").exists()


def zip_of(file, name):
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, b"x")
