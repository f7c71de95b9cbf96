"""Keep what people decided of detectors: suspended or endorsed, why, by whom and when."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "detector_standing",
        sa.Column("detector", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="standing_says_why"),
        sa.CheckConstraint("standing IN ('suspended', 'endorsed')", name="standing_known"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("detector"),
    )
    op.create_index("flag_by_detector", "flag", ["detector", "state"])


def downgrade() -> None:
    op.drop_index("flag_by_detector", "flag")
    op.drop_table("detector_standing")
