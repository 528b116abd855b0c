"""The language of a channel's posts, and the one that a person has chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds a column and a table; what was subscribed before goes on in English."""
    op.add_column("subscriptions", sa.Column("language", sa.String(8), nullable=False, server_default="en"))
    op.create_table(
        "people_languages",
        sa.Column("workspace", sa.String(32), primary_key=True),
        sa.Column("user_id", sa.String(32), primary_key=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Takes them away again."""
    op.drop_table("people_languages")
    op.drop_column("subscriptions", "language")
