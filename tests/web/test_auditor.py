"""The auditor reads the ledger, checks it, and takes an export away."""

import json
import subprocess
import sys

from click.testing import CliRunner
from sqlalchemy import text

from gross.app import create_app
from gross.cli import commands
from gross.store import ledger
from gross.store.db import begin_write, db
from gross.store.ledger import Deed
from tests.actions.cast import NO, YES, make_cast
from tests.conftest import NOW


def write_entries(session, count):
    for number in range(count):
        deed = Deed("person:1", "nominate", f"nomination:{number}", {}, {"why": "Nobody reads it."})
        ledger.append(session, deed, now=NOW)


def test_the_ledger_is_listed_checked_and_exported(session, make_person, pages_of, tmp_path):
    write_entries(session, 60)
    pages = pages_of(make_person("Auditor", "auditor"))
    page = pages.get("/ledger")
    assert "60 entries" in page.text
    assert "Page 1 of 2" in page.text
    assert "each fits its seal" in pages.get("/ledger/check").text
    lines = pages.get("/ledger/export").source
    assert len(lines.splitlines()) == 60
    assert "Nobody reads it." not in lines
    export = tmp_path / "export.jsonl"
    export.write_text(lines)
    newest = json.loads(lines.splitlines()[-1])["seal"]
    told = CliRunner().invoke(
        commands, ["verify", "--export", str(export), "--head", newest], obj=create_app
    )
    assert told.exit_code == 0, told.output
    assert "60 entries" in told.output


def test_a_changed_ledger_is_called_broken(session, make_person, pages_of):
    write_entries(session, 3)
    pages = pages_of(make_person("Auditor", "auditor"))
    begin_write(db.session)
    db.session.execute(text("DROP TRIGGER ledger_no_update"))
    db.session.execute(text("UPDATE ledger SET entry = replace(entry, 'person:1', 'person:2')"))
    db.session.commit()
    assert "Entry 1 does not fit its seal" in pages.get("/ledger/check").text


def test_only_auditors_read_it(session, make_person, pages_of):
    pages = pages_of(make_person(roles="staff compliance committee approver steward admin"))
    assert pages.get("/ledger").status == 403
    assert pages.get("/ledger/export").status == 403


def test_one_decision_is_taken_away_with_its_proof(session, make_person, pages_of, tmp_path):
    cast = make_cast(session)
    ballot = cast.on_ballot()
    cast.vote(ballot, YES, NO)
    where = f"/ledger/decisions/{ballot.nomination_id}"
    session.commit()
    pages = pages_of(make_person("Auditor", "auditor"))

    proof = pages.get(where)
    program = pages.get("/ledger/verifier").source

    (tmp_path / "decision.json").write_text(proof.source)
    (tmp_path / "verifier.py").write_text(program)
    words = [sys.executable, "-I", "verifier.py", "decision.json"]
    told = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    entries = json.loads(proof.source)["entries"]
    assert any(each["texts"] for each in entries)
    votes = [each for each in entries if each["entry"]["verb"] == "vote"]
    assert votes
    assert all(each["texts"] == [] for each in votes)  # the ballot is open
    for odd, status in (("?since=9999", 409), ("?since=x", 200), ("?since=-1", 200)):
        assert pages.get(f"{where}{odd}").status == status
    assert pages.get("/ledger/decisions/99").status == 404
