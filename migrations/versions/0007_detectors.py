"""Keep what people decided of detectors: suspended or endorsed, why, by whom and when.

The queue's index learns the detector, which suspended ones are hidden by.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


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
    op.drop_index("flag_queue", "flag")
    op.create_index("flag_queue", "flag", ["state", "kind", "detector", "score"])


def downgrade() -> None:
    op.drop_index("flag_queue", "flag")
    op.create_index("flag_queue", "flag", ["state", "kind", "score"])
    op.drop_table("detector_standing")
