"""The ledger becomes the queue: what is due waits in it, with when, how often it was tried and why not."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CLAIMED, DUE = sa.text("state = 'claimed'"), sa.text("state = 'due'")
MOMENTS = ("due_at", "not_before", "sent_at")
# Every message so far is of a complete month: it says what came with the later stages.
TOLD = (
    "INSERT INTO posts (workspace, channel, kind, edition, state, holder, changed_at, due_at)"
    " SELECT workspace, channel, '{stage}', edition, 'told', '', changed_at, due_at"
    " FROM posts WHERE kind = 'monthly'"
)


def upgrade() -> None:
    """Adds the columns and indexes of a queue; what is in the ledger was due when it was sent."""
    for name in MOMENTS:
        op.add_column("posts", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("posts", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
    op.add_column("posts", sa.Column("why", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE posts SET due_at = changed_at, sent_at = CASE state WHEN 'posted' THEN changed_at END")
    for stage in ("bulletin", "query"):
        op.execute(TOLD.format(stage=stage))
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
    op.execute("DELETE FROM posts WHERE kind <> 'monthly'")
    op.drop_index("posts_waiting", "posts")
    op.drop_index("one_claim", "posts")
    for name in (*MOMENTS, "tries", "why"):
        op.drop_column("posts", name)
