"""Migrations build the schema that the tables describe, and can be taken back."""

import re
import sqlite3

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from gross.app import MIGRATIONS, create_app
from gross.home import open_home
from gross.store.db import Base, db


def shape(path):
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    connection.close()
    return [row for row in rows if "alembic" not in row[0]]


def test_up_down_up_gives_the_same_schema(tmp_path):
    app = create_app(open_home(tmp_path))
    path = tmp_path / "gross.sqlite"
    with app.app_context():
        upgrade()
        first = shape(path)
        downgrade(revision="base")
        assert shape(path) == []
        upgrade()
        assert shape(path) == first
        db.engine.dispose()


def test_the_migrated_schema_is_what_the_tables_say(app):
    def ours(thing, name, kind, reflected, compared):
        return not (kind == "table" and name.startswith("policy_words"))

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_do_not_lean_on_tables_of_today():
    for path in (MIGRATIONS / "versions").glob("*.py"):
        assert not re.search(r"^\s*(?:from|import) gross", path.read_text(), re.MULTILINE), path
