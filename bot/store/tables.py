"""The tables as the code knows them; migrations/ makes them."""

from sqlalchemy import Column, DateTime, MetaData, String, Table

metadata = MetaData()

# One row per edition and channel: the primary key is what makes a second post impossible.
posts = Table(
    "posts",
    metadata,
    Column("workspace", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("edition", String(32), primary_key=True),
    Column("state", String(16), nullable=False),  # claimed, posted
    Column("holder", String(32), nullable=False),
    Column("lease_until", DateTime(timezone=True)),  # of a claimed row
    Column("ts", String(32)),  # of the posted message
    Column("changed_at", DateTime(timezone=True), nullable=False),
)
