"""Creates the tables of release 1.0; till then another layout takes its place, with another revision."""

from alembic import op

from bot.store.glance import LAYOUT
from bot.store.tables import metadata

revision = LAYOUT
down_revision = None


def upgrade() -> None:
    """Creates every table and index."""
    metadata.create_all(op.get_bind(), checkfirst=False)
