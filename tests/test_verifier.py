"""The verifier that an auditor takes along: one file, alone, finds every change."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gross import verifier
from gross.actions import proofs
from gross.cli import commands
from gross.store import ledger
from gross.store.db import db
from gross.store.ledger import Deed
from gross.verifier import Broken, check_file
from tests.actions.cast import make_cast
from tests.conftest import NOW

CHANGES = 1000  # single bytes and rows, of the database and of an export
TEXTS = {"why": "Zażółć 手卫生 — twice"}


def write(session, count):
    for number in range(count):
        deed = Deed("person:7", "nominate", f"nomination:{number}", {"n": str(number)}, TEXTS)
        ledger.append(session, deed, now=NOW)


@pytest.fixture
def exported(session, tmp_path):
    """An export of twelve entries, and its head."""
    write(session, 12)
    lines = [
        json.dumps({"entry": row.as_json(), "seal": row.seal.hex()})
        for row in session.query(ledger.LedgerRow).order_by(ledger.LedgerRow.seq)
    ]
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path, ledger.head(session)[1].hex()


def test_it_needs_nothing_but_python(exported, tmp_path):
    alone = tmp_path / "elsewhere" / "verifier.py"
    alone.parent.mkdir()
    shutil.copy(verifier.__file__, alone)

    def run(*words):
        return subprocess.run(
            [sys.executable, "-I", "-S", alone, *words],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    whole = run(exported[0], "--head", exported[1])
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "12 entries" in whole.stdout
    exported[0].write_text(exported[0].read_text().replace("person:7", "person:8", 1))
    broken = run(exported[0])
    assert (broken.returncode, broken.stdout) == (1, "")
    assert broken.stderr == "Entry 1 does not fit its seal: it or its seal was changed.\n"
    assert run().returncode == 2


def test_every_changed_byte_and_line_of_an_export_is_found(exported):
    path, head = exported
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    chance = random.Random(11)
    for _ in range(CHANGES // 2):
        place = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        if _says_the_same(whole, bytes(changed)):
            continue
        path.write_bytes(changed)
        with pytest.raises(Broken):
            check_file(path, head)
    for place in range(len(lines)):
        for others in (
            lines[:place] + lines[place + 1 :],
            lines[:place] + lines[place : place + 1] + lines[place:],
            lines[:place],
        ):
            path.write_bytes(b"".join(others))
            with pytest.raises(Broken):
                check_file(path, head)


def _says_the_same(whole, changed):
    """A bit of white space or the case of a hexadecimal digit changes no entry."""
    try:
        rows = [[json.loads(line) for line in each.splitlines()] for each in (whole, changed)]
        told = [[(r["entry"], bytes.fromhex(r["seal"])) for r in each] for each in rows]
    except (ValueError, KeyError, TypeError):
        return False
    return told[0] == told[1]


def test_every_changed_byte_and_row_of_the_database_is_found(home, session, monkeypatch):
    monkeypatch.setenv("GROSS_HOME", str(home.path))
    write(session, 8)
    session.commit()
    db.engine.dispose()
    chance = random.Random(12)
    with sqlite3.connect(home.database, isolation_level=None) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for trigger in ("ledger_no_update", "ledger_no_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("PRAGMA foreign_keys = OFF")
        for _ in range(CHANGES // 2):
            undo = _change(connection, chance)
            told = CliRunner().invoke(commands, ["verify"])
            assert told.exit_code == 1, undo
            connection.execute(*undo)
        assert CliRunner().invoke(commands, ["verify"]).exit_code == 0
    connection.close()


def _change(connection, chance):
    """Change one byte of one cell; give the statement that takes it back."""
    table, cells = chance.choice(
        [
            ("ledger", ("entry", "seal", "previous", "subject", "seq")),
            ("ledger_text", ("text", "salt", "name", "seq")),
        ]
    )
    cell = chance.choice(cells)
    rowids = [row[0] for row in connection.execute(f"SELECT rowid FROM {table}")]
    rowid = chance.choice(rowids)
    (value,) = connection.execute(
        f"SELECT {cell} FROM {table} WHERE rowid = ?", (rowid,)
    ).fetchone()
    if isinstance(value, int):
        made = value + 100
    elif isinstance(value, bytes):
        made = bytearray(value)
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
        made = bytes(made)
    else:
        place = chance.randrange(len(value))
        made = value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
    now_at = made if table == "ledger" and cell == "seq" else rowid  # seq is the ledger's rowid
    connection.execute(f"UPDATE {table} SET {cell} = ? WHERE rowid = ?", (made, rowid))
    return f"UPDATE {table} SET {cell} = ? WHERE rowid = ?", (value, now_at)


@pytest.fixture
def cast(session):
    return make_cast(session)


def test_a_decision_is_proved_with_its_texts_and_from_a_kept_root(cast, tmp_path):
    nomination = cast.nominated()
    size, kept = proofs.tree_head(cast.session)
    for _ in range(9):
        ledger.append(cast.session, Deed("clock", "beat", "policy:4", {}, {}), now=NOW)
    path = tmp_path / "decision.json"
    proof = proofs.of_decision(cast.session, nomination, since=size)
    path.write_text(json.dumps(proof))

    assert "entries under the root" in check_file(path)
    assert proof["root"] in check_file(path, root=kept)
    with pytest.raises(Broken, match="its past was rewritten"):
        check_file(path, root="ab" * 32)
    for change in (
        lambda told: told["entries"][0]["entry"].update(actor="person:999"),
        lambda told: told["entries"][0]["texts"][0].update(text="It is fine."),
        lambda told: told["entries"][0]["path"].pop(),
        lambda told: told["entries"][0]["path"].reverse(),
        lambda told: told.update(root="cd" * 32),
        lambda told: told.update(size=told["size"] + 64),
        lambda told: told["grew_from"][0].update(size=size + 1),
        lambda told: told["entries"].append({}),
    ):
        told = json.loads(json.dumps(proof))
        change(told)
        path.write_text(json.dumps(told))
        with pytest.raises(Broken):
            check_file(path, root=kept)


def test_heads_and_roots_are_not_mixed_up(exported):
    with pytest.raises(Broken, match="kept root with a decision"):
        check_file(exported[0], root="ab" * 32)


def test_the_verifier_is_one_file_of_the_standard_library():
    source = Path(verifier.__file__).read_text()
    assert "gross." not in source.replace("verifier.py", "")
