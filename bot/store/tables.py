"""The tables as the code knows them; migrations/ makes them."""

from typing import Any

from sqlalchemy import Column, ColumnElement, DateTime, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()


def _only(rows: ColumnElement[bool]) -> dict[str, Any]:
    """Makes an index one of these rows alone, in both databases."""
    return {"postgresql_where": rows, "sqlite_where": rows}


# The ledger, which is the queue too. One row per edition and channel: the primary key is what makes a second
# post impossible, and `one_claim` that two messages are on the way to one channel at once.
posts = Table(
    "posts",
    metadata,
    Column("workspace", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("edition", String(32), primary_key=True),
    Column("state", String(16), nullable=False),  # due, claimed, posted, parked, refused
    Column("holder", String(32), nullable=False),  # of a claimed row
    Column("lease_until", DateTime(timezone=True)),  # of a claimed row
    Column("ts", String(32)),  # of the posted message
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True)),
    Column("not_before", DateTime(timezone=True)),  # the next try of a due row
    Column("sent_at", DateTime(timezone=True)),  # of the posted message
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("why", Text, nullable=False, server_default=""),  # what the last try came to
)
Index("one_claim", posts.c.workspace, posts.c.channel, unique=True, **_only(posts.c.state == "claimed"))
# Serves a claim well whatever PostgreSQL knows of the table, which after a month's queueing is nothing yet.
Index("posts_waiting", posts.c.workspace, posts.c.channel, posts.c.due_at, **_only(posts.c.state == "due"))

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

# What channels have asked for: one monthly subscription a channel.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("workspace", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("commodities", Text, nullable=False),  # ids with commas, blank: everything
    Column("at", String(16), nullable=False),  # flash, complete, cron
    Column("cron", String(128), nullable=False),
    Column("time", String(5), nullable=False),  # 09:00, in `zone`
    Column("zone", String(64), nullable=False),
    Column("state", String(16), nullable=False),  # active, paused, parked
    Column("why", Text, nullable=False),  # it was parked
    Column("created_by", String(32), nullable=False),  # blank: by the environment
    Column("changed_by", String(32), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# Who changed what in them; rows are added only.
subscription_changes = Table(
    "subscription_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workspace", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("what", String(16), nullable=False),  # subscribed, edited, paused, resumed, parked, deleted
    Column("by", String(32), nullable=False),  # blank: by the bot
    Column("at", DateTime(timezone=True), nullable=False),
    Column("detail", Text, nullable=False),
)
Index("changes_of_channel", subscription_changes.c.workspace, subscription_changes.c.channel)

# What people thought of answers: the newest verdict of each person on each message, with their reason.
feedback = Table(
    "feedback",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("verdict", String(8), nullable=False),  # up, down
    Column("question", Text, nullable=False),  # in words, that was answered; blank: none
    Column("reason", Text, nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
)
