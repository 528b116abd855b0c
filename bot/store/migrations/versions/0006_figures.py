"""Figures beside those of the files: their versions, where they were read, and the pages read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the four tables."""
    op.create_table(
        "figure_versions",
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )
    op.create_table(
        "figures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("flow", sa.String(8), nullable=False),
        sa.Column("commodity", sa.String(64), nullable=False),
        sa.Column("partner", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("measure", sa.String(16), nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("step", sa.Double),
        sa.Column("yoy_pct", sa.Double),
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("source", sa.String(128), nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("confirmed_by", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
    )
    op.create_index("figures_by_version", "figures", ["version"])
    op.create_table(
        "figure_sources",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("via", sa.Text, nullable=False),
        sa.Column("retrieved", sa.Date, nullable=False),
        sa.Column("copy_url", sa.Text, nullable=False),
    )
    op.create_table(
        "figure_pages",
        sa.Column("address", sa.String(512), primary_key=True),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Takes them away again."""
    for table in ("figure_pages", "figure_sources", "figures", "figure_versions"):
        op.drop_table(table)
