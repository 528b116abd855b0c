"""What threads are about, and how often a message was taken over."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the table, and the column of the inbox."""
    op.create_table(
        "contexts",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("thread_ts", sa.String(32), primary_key=True),
        sa.Column("question", sa.Text),
        sa.Column("asked", sa.String(32), nullable=False),
        sa.Column("upto", sa.String(32), nullable=False),
        sa.Column("spoken", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("contexts_by_age", "contexts", ["changed_at"])
    op.add_column("inbox", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
    op.create_index("inbox_by_thread", "inbox", ["team", "channel", "thread_ts"])


def downgrade() -> None:
    """Takes them away again."""
    op.drop_index("inbox_by_thread", "inbox")
    op.drop_column("inbox", "tries")
    op.drop_table("contexts")
