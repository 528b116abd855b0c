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

# One row per message that leads to an answer: the primary key is what makes a second answer impossible.
# No text and no names: what was said is read from Slack again where it is needed.
inbox = Table(
    "inbox",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(64), primary_key=True),
    Column("thread_ts", String(32), nullable=False),
    Column("state", String(16), nullable=False),  # taken, answered
    Column("lease_until", DateTime(timezone=True)),  # of a taken row
    Column("taken_at", DateTime(timezone=True), nullable=False),
)
