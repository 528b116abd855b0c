"""The ledger becomes the queue: what is due waits in it, with when, how often it was tried and why not."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CLAIMED, DUE = sa.text("state = 'claimed'"), sa.text("state = 'due'")
MOMENTS = ("due_at", "not_before", "sent_at")


def upgrade() -> None:
    """Adds the columns and indexes of a queue; what is in the ledger was due when it was sent."""
    for name in MOMENTS:
        op.add_column("posts", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("posts", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
    op.add_column("posts", sa.Column("why", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE posts SET due_at = changed_at, sent_at = CASE state WHEN 'posted' THEN changed_at END")
    op.create_index(
        "one_claim",
        "posts",
        ["workspace", "channel"],
        unique=True,
        postgresql_where=CLAIMED,
        sqlite_where=CLAIMED,
    )
    op.create_index(
        "posts_waiting",
        "posts",
        ["workspace", "channel", "due_at"],
        postgresql_where=DUE,
        sqlite_where=DUE,
    )


def downgrade() -> None:
    """Takes them away again."""
    op.drop_index("posts_waiting", "posts")
    op.drop_index("one_claim", "posts")
    for name in (*MOMENTS, "tries", "why"):
        op.drop_column("posts", name)
