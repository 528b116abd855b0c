"""The tables as the code knows them; migrations/ makes them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Double,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    true,
)

metadata = MetaData()

# Which rows a process has to do with, by the column that names their workspace.
Ours = Callable[[ColumnElement[str]], ColumnElement[bool]]


def every_workspace(_workspace: ColumnElement[str]) -> ColumnElement[bool]:
    """All rows."""
    return true()


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
    Column("state", String(16), nullable=False),  # due, claimed, posted, parked, refused, told
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
    Column("state", String(16), nullable=False),  # taken, answered, given up
    Column("lease_until", DateTime(timezone=True)),  # of a taken row
    Column("taken_at", DateTime(timezone=True), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),  # how often it was taken over
)
Index("inbox_by_thread", inbox.c.team, inbox.c.channel, inbox.c.thread_ts)

# Each thread that the bot has answered or posted in. The question is JSON (bot/questions/turn.py), as in the
# metadata of the message; every other column is the ts of a message.
contexts = Table(
    "contexts",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("thread_ts", String(32), primary_key=True),
    Column("question", Text),  # the last one; blank: none; NULL: it has to be read in the thread
    Column("asked", String(32), nullable=False),  # it, last
    Column("upto", String(32), nullable=False),  # the last that was taken up, question or not
    Column("spoken", String(32), nullable=False),  # the last that was not for us
    Column("changed_at", DateTime(timezone=True), nullable=False),
)
Index("contexts_by_age", contexts.c.changed_at)

# The questions of answers that one person alone sees: what is chosen in a menu there tells their id.
private_answers = Table(
    "private_answers",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("id", String(16), primary_key=True),
    Column("question", Text, nullable=False),  # as JSON
    Column("answered_at", DateTime(timezone=True), nullable=False),
)

# Requests of Slack's that must not come again, by their signature, for as long as that holds.
seen_requests = Table(
    "seen_requests",
    metadata,
    Column("signature", String(80), primary_key=True),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

# Who has installed the bot, where many workspaces may: the tables of slack_sdk's stores, column by column,
# with room for tokens, which are kept encrypted. Their moments are in UTC and do not say so.
slack_installations = Table(
    "slack_installations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client_id", String(32), nullable=False),
    Column("app_id", String(32), nullable=False),
    Column("enterprise_id", String(32)),
    Column("enterprise_name", String(200)),
    Column("enterprise_url", String(200)),
    Column("team_id", String(32)),
    Column("team_name", String(200)),
    Column("bot_token", Text),
    Column("bot_id", String(32)),
    Column("bot_user_id", String(32)),
    Column("bot_scopes", String(1000)),
    Column("bot_refresh_token", Text),
    Column("bot_token_expires_at", DateTime),
    Column("user_id", String(32), nullable=False),
    Column("user_token", Text),
    Column("user_scopes", String(1000)),
    Column("user_refresh_token", Text),
    Column("user_token_expires_at", DateTime),
    Column("incoming_webhook_url", Text),
    Column("incoming_webhook_channel", String(200)),
    Column("incoming_webhook_channel_id", String(200)),
    Column("incoming_webhook_configuration_url", String(200)),
    Column("is_enterprise_install", Boolean, nullable=False),
    Column("token_type", String(32)),
    Column("installed_at", DateTime, nullable=False),
)
slack_bots = Table(
    "slack_bots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client_id", String(32), nullable=False),
    Column("app_id", String(32), nullable=False),
    Column("enterprise_id", String(32)),
    Column("enterprise_name", String(200)),
    Column("team_id", String(32)),
    Column("team_name", String(200)),
    Column("bot_token", Text),
    Column("bot_id", String(32)),
    Column("bot_user_id", String(32)),
    Column("bot_scopes", String(1000)),
    Column("bot_refresh_token", Text),
    Column("bot_token_expires_at", DateTime),
    Column("is_enterprise_install", Boolean, nullable=False),
    Column("installed_at", DateTime, nullable=False),
)
for _table in (slack_installations, slack_bots):
    Index(f"{_table.name}_by_team", _table.c.client_id, _table.c.team_id, _table.c.installed_at)

# The installations that have been begun and not ended, for some minutes each.
slack_oauth_states = Table(
    "slack_oauth_states",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(200), nullable=False),
    Column("expire_at", DateTime, nullable=False),
)
Index("slack_oauth_states_by_state", slack_oauth_states.c.state)

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
    Column("language", String(8), nullable=False, server_default="en"),  # of the posts
)

# The language that a person has chosen on their home tab.
people_languages = Table(
    "people_languages",
    metadata,
    Column("workspace", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("language", String(8), nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False),  # when they last looked at that tab
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

# What people want to be told of, each in the channel where it was asked for or in a person's conversation
# with the bot. The id is the kind of its posts in the ledger.
alerts = Table(
    "alerts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("condition", Text, nullable=False),  # in words of ours, which are read back
    Column("once", Boolean, nullable=False),
    Column("language", String(8), nullable=False, server_default="en"),
    Column("state", String(16), nullable=False),  # active, paused, parked, done
    Column("why", Text, nullable=False),  # it was parked
    Column("created_by", String(32), nullable=False),
    Column("changed_by", String(32), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)
_own = (alerts.c.workspace, alerts.c.channel, alerts.c.condition)
Index("one_alert", *_own, unique=True, **_only(alerts.c.state != "done"))

# What people thought of answers: the newest verdict of each person on each message, with their reason.
feedback = Table(
    "feedback",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("verdict", String(8), nullable=False),  # up, down
    Column("question", Text, nullable=False),  # that was answered, as JSON; blank: none
    Column("reason", Text, nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
)

# Every change of the figures: a process that sees a newer number takes them anew. Rows are added only.
figure_versions = Table(
    "figure_versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("what", Text, nullable=False),  # in half a sentence, for whoever reads it
    Column("told", Boolean, nullable=False),  # the owner, of what was held or has changed
)

# Published figures beside those of the files, as they were printed: rows are added only, a decision on a held
# one apart. The columns between `version` and `state` are those of figures.csv.
figures = Table(
    "figures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),  # with which it came
    Column("period", String(7), nullable=False),
    Column("flow", String(8), nullable=False),
    Column("commodity", String(64), nullable=False),
    Column("partner", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("measure", String(16), nullable=False),
    Column("value", Double),
    Column("step", Double),
    Column("yoy_pct", Double),
    Column("scope", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("source", String(128), nullable=False),
    Column("published", Date),
    Column("confirmed_by", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(16), nullable=False),  # served, held, accepted, rejected
    Column("why", Text, nullable=False),  # it was held
    Column("decision", Text, nullable=False),  # why it was accepted or rejected
)
Index("figures_by_version", figures.c.version)

# Where those figures were read.
figure_sources = Table(
    "figure_sources",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("publisher", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("retrieved", Date, nullable=False),
    Column("copy_url", Text, nullable=False),
)

# The pages that were read, and what their server gave to ask whether they have changed.
figure_pages = Table(
    "figure_pages",
    metadata,
    Column("address", String(512), primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("read_at", DateTime(timezone=True), nullable=False),
)
