"""What threads are about; how often a message was taken over; how far the search for a post has come."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the table, and the columns of the two others."""
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
    op.add_column("posts", sa.Column("searched", sa.String(96), nullable=False, server_default=""))


def downgrade() -> None:
    """Takes them away again."""
    op.drop_column("posts", "searched")
    op.drop_index("inbox_by_thread", "inbox")
    op.drop_column("inbox", "tries")
    op.drop_table("contexts")
