"""Index the library's words, and let nobody change or remove a ledger entry."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE policy_words USING fts5("
        "number, title, body, tokenize = 'unicode61 remove_diacritics 2', "
        "prefix = '2 3')"
    )
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ledger_no_{deed.lower()} BEFORE {deed} ON ledger "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is only ever appended to'); END"
        )


def downgrade() -> None:
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER ledger_no_{deed}")
    op.execute("DROP TABLE policy_words")
