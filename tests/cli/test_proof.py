"""`gross verify` finds what somebody changed behind GROSS's back."""

import json
import sqlite3

import pytest
from click.testing import CliRunner

from gross.cli import commands
from gross.store import ledger
from gross.store.db import db
from gross.store.ledger import Deed, head
from tests.conftest import NOW


@pytest.fixture
def kept(home, session, monkeypatch):
    """The path of a database with five entries, and its head."""
    monkeypatch.setenv("GROSS_HOME", str(home.path))
    for number in range(5):
        deed = Deed(
            "person:7", "vote", f"ballot:{number}", {"choice": "keep"}, {"why": "It helps."}
        )
        ledger.append(session, deed, now=NOW)
    newest = head(session)[1].hex()
    session.commit()
    db.engine.dispose()
    return home.database, newest


def verify(*words):
    return CliRunner().invoke(commands, ["verify", *words])


def change(database, *statements):
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER ledger_no_update")
        connection.execute("DROP TRIGGER ledger_no_delete")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_whole_ledger(kept):
    told = verify("--head", kept[1])
    assert told.exit_code == 0, told.output
    assert kept[1] in told.output


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE ledger SET entry = replace(entry, 'keep', 'retire') WHERE seq = 3", "Entry 3"),
        ("UPDATE ledger SET seal = zeroblob(32) WHERE seq = 2", "Entry 2"),
        ("UPDATE ledger SET subject = 'ballot:9' WHERE seq = 4", "Entry 4"),
        ("DELETE FROM ledger WHERE seq = 3", "Entry 3 is missing"),
        ("UPDATE ledger SET entry = 'nonsense' WHERE seq = 1", "Entry 1 cannot be read"),
        ("UPDATE ledger_text SET text = 'It harms.' WHERE seq = 5", "entry 5"),
    ],
)
def test_a_change_is_found(kept, statement, says):
    change(kept[0], statement)
    told = verify()
    assert told.exit_code == 1
    assert says in told.output


def test_an_erased_text_leaves_the_chain_whole(kept):
    change(kept[0], "DELETE FROM ledger_text WHERE seq = 5")
    assert verify().exit_code == 0


def test_a_cut_is_found_against_a_kept_head(kept):
    change(kept[0], "DELETE FROM ledger_text WHERE seq = 5", "DELETE FROM ledger WHERE seq = 5")
    assert verify().exit_code == 0
    told = verify("--head", kept[1])
    assert told.exit_code == 1
    assert "cut short" in told.output


def test_the_database_itself_refuses_a_change(kept):
    with (
        sqlite3.connect(kept[0]) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only ever appended"),
    ):
        connection.execute("UPDATE ledger SET entry = ''")
    connection.close()


def test_an_export_with_a_bad_line(tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps({"entry": {}, "seal": ""}))
    told = verify("--export", str(path))
    assert (told.exit_code, "Line 1" in told.output) == (1, True)


def test_no_home(monkeypatch, tmp_path):
    monkeypatch.setenv("GROSS_HOME", str(tmp_path))
    told = verify()
    assert told.exit_code == 1
    assert "There is no database" in told.output
