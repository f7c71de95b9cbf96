"""Keep what an import was given, planned and made; ask about what vanished; count a job's tries"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"

# "returned" and "duplicate" were "refused" before.
OUTCOMES = ("new", "changed", "same", "refused", "returned", "missing", "duplicate")
OLD_OUTCOMES = ("new", "changed", "same", "refused", "missing")
ITEM_COLUMNS = "id, import_id, source, outcome, reason, policy_id"


def upgrade() -> None:
    # Plain ALTERs: `import` and `job` are referred to, so they cannot be built anew.
    for column in (
        "state VARCHAR NOT NULL DEFAULT 'done' CONSTRAINT import_state_known"
        " CHECK (state IN ('draft', 'checked', 'begun', 'done', 'undone'))",
        "upload VARCHAR NOT NULL DEFAULT ''",
        "sheet VARCHAR",
        "layout VARCHAR NOT NULL DEFAULT ''",
        "columns VARCHAR NOT NULL DEFAULT ''",
        "is_whole BOOLEAN NOT NULL DEFAULT '0'",
    ):
        op.execute(f"ALTER TABLE import ADD COLUMN {column}")
    op.add_column("import", sa.Column("undone_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE import SET state = 'begun' WHERE ended_at IS NULL")
    op.add_column("job", sa.Column("at_hand", sa.String(), nullable=False, server_default=""))
    op.add_column("job", sa.Column("about", sa.Integer(), nullable=True))
    op.add_column("job", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("job_about", "job", ["about", "name"])
    op.create_index("policy_by_current", "policy", ["current_id"])
    _items_anew()
    op.create_table(
        "upload_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("import_id", "source"),
    )
    op.create_index("ix_upload_file_import_id", "upload_file", ["import_id"])
    op.create_table(
        "vanished",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('open', 'keep', 'nominate', 'gone')", name="decision_known"
        ),
        sa.CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name="decided_when"),
        sa.CheckConstraint("decision <> 'gone' OR reason <> ''", name="gone_says_why"),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"]),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("decision", "import_id", "policy_id"):
        op.create_index(f"ix_vanished_{column}", "vanished", [column])


def downgrade() -> None:
    op.drop_table("vanished")
    op.drop_table("upload_file")
    op.create_table(
        "import_item_old",
        *_old_columns(),
        sa.CheckConstraint(f"outcome IN {OLD_OUTCOMES}", name="outcome_known"),
        sa.CheckConstraint(
            "(outcome IN ('refused', 'missing')) = (reason <> '')", name="refused_says_why"
        ),
        *_keys(),
    )
    op.execute(
        f"INSERT INTO import_item_old ({ITEM_COLUMNS}) SELECT id, import_id, source, "
        "CASE WHEN outcome IN ('returned', 'duplicate') THEN 'refused' ELSE outcome END, "
        "reason, policy_id FROM import_item WHERE is_planned = '0'"
    )
    op.drop_table("import_item")
    op.rename_table("import_item_old", "import_item")
    op.create_index("ix_import_item_import_id", "import_item", ["import_id"])
    op.drop_index("policy_by_current", "policy")
    op.drop_index("job_about", "job")
    for table, columns in (
        ("job", ("at_hand", "about", "attempts")),
        ("import", ("state", "upload", "sheet", "layout", "columns", "is_whole", "undone_at")),
    ):
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def _items_anew() -> None:
    """Build `import_item` anew: its CHECKs change, and nothing refers to it."""
    op.create_table(
        "import_item_new",
        *_old_columns(),
        sa.Column("is_planned", sa.Boolean(), nullable=False, server_default="0"),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("made_policy", sa.Integer(), nullable=True),
        sa.Column("made_edition", sa.Integer(), nullable=True),
        sa.Column("entry_seq", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=False, server_default=""),
        sa.Column("undo", sa.String(), nullable=False, server_default=""),
        sa.Column("stays_because", sa.String(), nullable=False, server_default=""),
        sa.Column("dealt_at", sa.DateTime(), nullable=True),
        sa.Column("dealt_by", sa.Integer(), nullable=True),
        sa.Column("dealt_reason", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["dealt_by"], ["person.id"], name="import_item_dealt_by"),
        sa.CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome_known"),
        sa.CheckConstraint(
            "(outcome IN ('new', 'changed', 'same')) = (reason = '')", name="unread_says_why"
        ),
        *_keys(),
    )
    op.execute(
        f"INSERT INTO import_item_new ({ITEM_COLUMNS}) SELECT {ITEM_COLUMNS} FROM import_item"
    )
    op.drop_table("import_item")
    op.rename_table("import_item_new", "import_item")
    for name, columns in (
        ("ix_import_item_import_id", ["import_id"]),
        ("ix_import_item_made_policy", ["made_policy"]),
        ("ix_import_item_made_edition", ["made_edition"]),
        ("import_item_by_source", ["source"]),
        ("import_item_unread", ["outcome", "dealt_at"]),
        ("import_item_by_policy", ["policy_id"]),
    ):
        op.create_index(name, "import_item", columns)


def _old_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
    ]


def _keys() -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["import_id"], ["import.id"]),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("import_id", "source"),
    ]
