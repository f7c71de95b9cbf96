"""The auditor reads the ledger, checks it, and takes an export away."""

import json

from click.testing import CliRunner
from sqlalchemy import text

from gross.app import create_app
from gross.cli import commands
from gross.store import ledger
from gross.store.db import begin_write, db
from gross.store.ledger import Deed
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
