"""What a served hospital wrote down: read from its database, beside the running server."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# Rows that say who is there and what runs, and not what anybody decided.
PASSING = ("sign_in", "job")


class Record:
    """The home's database. `deeds` are counted from the moment this was made."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.start = self.ask("SELECT count(*) FROM ledger")[0][0]

    def ask(self, query: str, *values: object) -> list[tuple]:
        database = f"{(self.home / 'gross.sqlite').as_uri()}?mode=ro"
        with closing(sqlite3.connect(database, uri=True)) as connection:
            return connection.execute(query, values).fetchall()

    def deeds(self) -> list[tuple[str, str]]:
        """Who did what since the start, in order: ("night.nurse", "nominate")."""
        logins = {f"person:{row}": login for row, login in self.ask("SELECT id, login FROM person")}
        rows = self.ask("SELECT entry FROM ledger WHERE seq > ? ORDER BY seq", self.start)
        entries = [json.loads(row[0]) for row in rows]
        return [(logins.get(one["actor"], one["actor"]), one["verb"]) for one in entries]

    def everything(self) -> dict[str, list[tuple]]:
        """Every row that a decision could have changed."""
        tables = self.ask(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'policy_words%'"
        )
        return {
            name: self.ask(f"SELECT * FROM {name}") for (name,) in tables if name not in PASSING
        }

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """What happens inside must change nothing that anybody decided."""
        before = self.everything()
        yield
        after = self.everything()
        changed = [name for name in before if before[name] != after[name]]
        assert changed == [], f"changed: {changed}"
