"""Prove the record: check the ledger of a home or of an export, with the standard library alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click

from gross.cli.edge import says_no
from gross.domain.errors import Refused
from gross.domain.ledger import GENESIS, Entry, commitment, seal
from gross.home import default_path

Row = tuple[Entry, bytes]


@click.command()
@click.option(
    "--export",
    "export",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check this export instead of the home's database.",
)
@click.option("--head", default="", help="A seal that was kept; it must stand in the ledger.")
@says_no
def verify(export: Path | None, head: str) -> None:
    """Check that nobody changed, removed or added an entry of the ledger."""
    if export is not None:
        count, newest = _follow(_exported(export), head)
    else:
        database = default_path() / "gross.sqlite"
        if not database.exists():
            raise Refused(f"There is no database in {default_path()}; run gross init first.")
        with sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True) as connection:
            count, newest = _follow(_kept(connection), head)
            _check_texts(connection)
    click.echo(f"The ledger is whole: {count:,} entries. Its head is {newest.hex()}.")


def _follow(rows: Iterator[Row], head: str) -> tuple[int, bytes]:
    """Walk the chain from its start; give the number of entries and the newest seal."""
    previous, count, found = GENESIS, 0, not head
    for entry, sealed in rows:
        count += 1
        if entry.seq != count:
            raise Refused(f"Entry {count} is missing: entry {entry.seq} stands in its place.")
        if seal(previous, entry) != sealed:
            raise Refused(f"Entry {count} does not fit its seal: it or its seal was changed.")
        previous = sealed
        found = found or sealed.hex() == head.strip().lower()
    if not found:
        raise Refused(f"The kept head is not among the {count} entries: the ledger was cut short.")
    return count, previous


def _kept(connection: sqlite3.Connection) -> Iterator[Row]:
    previous, expected = GENESIS, 0
    rows = connection.execute("SELECT seq, subject, entry, previous, seal FROM ledger ORDER BY seq")
    for seq, subject, entry, before, sealed in rows:
        content, expected = _entry(entry, seq), expected + 1
        if seq != expected:
            raise Refused(f"Entry {expected} is missing: entry {seq} stands in its place.")
        if (content.seq, content.subject, previous) != (seq, subject, before):
            raise Refused(f"Entry {seq} does not fit its row: the row was changed.")
        previous = sealed
        yield content, sealed


def _exported(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                row = json.loads(line)
                entry, sealed = Entry(**row["entry"]), bytes.fromhex(row["seal"])
            except (ValueError, TypeError, KeyError) as error:
                raise Refused(f"Line {number} of {path.name} is no ledger entry.") from error
            yield entry, sealed


def _entry(text: str, seq: int) -> Entry:
    try:
        return Entry(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise Refused(f"Entry {seq} cannot be read: it was changed.") from error


def _check_texts(connection: sqlite3.Connection) -> None:
    """Each text that is still there must be the one that its entry commits to."""
    rows = connection.execute(
        "SELECT t.seq, t.name, t.salt, t.text, l.entry "
        "FROM ledger_text t LEFT JOIN ledger l ON l.seq = t.seq ORDER BY t.seq"
    )
    for seq, name, salt, text, entry in rows:
        promised = _entry(entry, seq).detail.get(f"{name}_commitment") if entry else None
        if promised != commitment(salt, text):
            raise Refused(f"The {name} kept with entry {seq} is not the text that was recorded.")
