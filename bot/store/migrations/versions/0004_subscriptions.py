"""The subscriptions of channels, and who changed what in them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the two tables."""
    op.create_table(
        "subscriptions",
        sa.Column("workspace", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("commodities", sa.Text, nullable=False),
        sa.Column("at", sa.String(16), nullable=False),
        sa.Column("cron", sa.String(128), nullable=False),
        sa.Column("time", sa.String(5), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("created_by", sa.String(32), nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "subscription_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("changes_of_channel", "subscription_changes", ["workspace", "channel"])


def downgrade() -> None:
    """Takes them away again."""
    op.drop_table("subscription_changes")
    op.drop_table("subscriptions")
