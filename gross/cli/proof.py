"""Prove the record: check the ledger of a home or of an export, with the standard library alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click

from gross.cli.edge import says_no
from gross.domain.errors import Refused
from gross.home import default_path
from gross.verifier import (
    GENESIS,
    Broken,
    Entry,
    canonical,
    check_chain,
    check_file,
    check_texts,
    whole,
)


@click.command()
@click.option(
    "--export",
    "export",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check this export instead of the home's database.",
)
@click.option("--head", default="", help="A seal that was kept; it must stand in the ledger.")
@click.option("--root", default="", help="A root that was kept; a decision's ledger grew from it.")
@says_no
def verify(export: Path | None, head: str, root: str) -> None:
    """Check that nobody changed, removed or added an entry of the ledger."""
    try:
        said = check_file(export, head, root) if export is not None else _check_home(head)
    except Broken as broken:
        raise Refused(str(broken)) from broken
    click.echo(said)


def _check_home(head: str) -> str:
    database = default_path() / "gross.sqlite"
    if not database.exists():
        raise Refused(f"There is no database in {default_path()}; run gross init first.")
    with sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True) as connection:
        count, newest = check_chain(_kept(connection), head)
        _check_texts(connection)
    return whole(count, newest)


def _kept(connection: sqlite3.Connection) -> Iterator[tuple[Entry, bytes]]:
    """Each entry with its seal; what a row repeats of its entry must agree with it."""
    previous, expected = GENESIS, 0
    rows = connection.execute("SELECT seq, subject, entry, previous, seal FROM ledger ORDER BY seq")
    for seq, subject, entry, before, sealed in rows:
        content, expected = _entry(entry, seq), expected + 1
        if seq != expected:
            raise Refused(f"Entry {expected} is missing: entry {seq} stands in its place.")
        if (content["seq"], content["subject"], previous) != (seq, subject, before):
            raise Refused(f"Entry {seq} does not fit its row: the row was changed.")
        previous = sealed
        yield content, sealed


def _entry(text: str, seq: int) -> Entry:
    try:
        entry: Entry = json.loads(text)
        if canonical(entry).decode() == text and entry.keys() >= {"seq", "subject", "detail"}:
            return entry
    except (ValueError, AttributeError, TypeError):
        pass
    raise Refused(f"Entry {seq} cannot be read: it was changed.")


def _check_texts(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT t.seq, t.name, t.salt, t.text, l.entry "
        "FROM ledger_text t LEFT JOIN ledger l ON l.seq = t.seq ORDER BY t.seq, t.name"
    )
    for seq, name, salt, text, entry in rows:
        if entry is None:
            raise Refused(f"A text is kept with entry {seq}, which is not there.")
        told = {"name": str(name), "salt": _hex(salt), "text": str(text)}
        check_texts(_entry(entry, seq), [told])


def _hex(salt: object) -> str:
    return salt.hex() if isinstance(salt, bytes) else ""
