"""Describes the tables, and what a row of each is; another layout wants another revision in migrations/."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
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
    TypeDecorator,
    true,
)

from bot.store.clock import in_utc

metadata = MetaData()
# In the place of a person who is not to be named any more; blank would be the environment, or the bot.
FORGOTTEN = "forgotten"


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, whatever zone it is written in; SQLite keeps it without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        """As it is written."""
        return value and in_utc(value)

    process_result_value = process_bind_param


# Picks the rows a process has to do with, by the column that names their workspace.
Ours = Callable[[ColumnElement[str]], ColumnElement[bool]]


def every_workspace(_workspace: ColumnElement[str]) -> ColumnElement[bool]:
    """Picks all rows."""
    return true()


def _only(rows: ColumnElement[bool]) -> dict[str, Any]:
    """Options that limit an index to these rows, in both databases."""
    return {"postgresql_where": rows, "sqlite_where": rows}


# A row is an edition's post in a channel: due in the queue, or done in the ledger. The primary key rules out
# a second post, `one_claim` two messages that are on their way to one channel at once.
posts = Table(
    "posts",
    metadata,
    Column("workspace", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("edition", String(32), primary_key=True),
    Column("state", String(16), nullable=False),  # due, claimed, posted, parked, refused, told
    Column("holder", String(32), nullable=False),  # of a claimed row
    Column("lease_until", Moment),  # of a claimed row
    Column("ts", String(32)),  # of the posted message
    Column("changed_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),  # the next try of a due row
    Column("sent_at", Moment),  # of the posted message
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("why", Text, nullable=False, server_default=""),  # what the last try came to
)
Index("one_claim", posts.c.workspace, posts.c.channel, unique=True, **_only(posts.c.state == "claimed"))
# Serves a claim well whatever PostgreSQL knows of the table, which after a month's queueing is nothing yet.
Index("posts_waiting", posts.c.workspace, posts.c.channel, posts.c.due_at, **_only(posts.c.state == "due"))

# A row is a request of Slack's that leads to an answer: a message by its ts, a command or a press by its
# trigger_id. The primary key rules out a second answer. A message is read from Slack again where it is
# needed; a command or a press nobody shows us again, so it is kept until it is answered.
inbox = Table(
    "inbox",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),  # blank: a press on the home tab or in a modal
    Column("key", String(255), primary_key=True),
    Column("thread_ts", String(32), nullable=False),  # of a message; blank for the others
    Column("state", String(16), nullable=False),  # taken, unseen, early, answered, given up
    Column("lease_until", Moment),  # of a taken or unseen row
    Column("taken_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),  # how often it was taken over
    Column("payload", Text, nullable=False),  # of an open command or press, as Slack sent it; else blank
)
Index("inbox_by_thread", inbox.c.team, inbox.c.channel, inbox.c.thread_ts, inbox.c.key)
Index("inbox_open", inbox.c.lease_until, **_only(inbox.c.state.in_(["taken", "unseen"])))

# A row is a message that the bot has answered, or a post of its own, with its question as JSON
# (bot/questions/turn.py), as in the metadata. That of an answer which one person alone sees has an id in the
# place of its thread, and no channel: a menu there has room for the id alone.
contexts = Table(
    "contexts",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("thread_ts", String(32), primary_key=True),
    Column("asked", String(32), primary_key=True),  # the ts of the message
    Column("question", Text),  # NULL: what was asked before stays; blank: none; ?: to be read in the thread
    Column("spoken", String(32), nullable=False),  # the ts of what was said after it, and not to us
    Column("changed_at", Moment, nullable=False),
)
Index("contexts_by_age", contexts.c.changed_at)


# slack_sdk's own tables, where many workspaces may install the bot. Moments are in UTC and do not say so.
slack_bots = SQLAlchemyInstallationStore.build_bots_table(metadata, "slack_bots")
slack_installations = SQLAlchemyInstallationStore.build_installations_table(metadata, "slack_installations")
# With room for tokens, which are kept encrypted.
SECRETS = (
    "bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url",
)  # fmt: skip
for _column in (*slack_bots.c, *slack_installations.c):
    if _column.name in SECRETS:
        _column.type = Text()
# A row is an installation that was begun and has not ended, for some minutes.
slack_oauth_states = SQLAlchemyOAuthStateStore.build_oauth_states_table(metadata, "slack_oauth_states")
Index("slack_oauth_states_by_state", slack_oauth_states.c.state)

# A row is an order: what somebody wants to be told in a channel, or in their conversation with the bot. The
# id is the kind of its posts in the ledger, but for those of a month.
orders = Table(
    "orders",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("workspace", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # monthly, question, alert
    Column("subject", String(32), nullable=False),  # what it is about; a channel has one order of each
    Column("what", Text, nullable=False),  # Order.to_json
    Column("language", String(8), nullable=False),  # of its posts
    Column("state", String(16), nullable=False),  # active, paused, parked, done
    Column("why", Text, nullable=False),  # it was parked
    Column("created_by", String(32), nullable=False),  # blank: by the environment
    Column("changed_by", String(32), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
_about = (orders.c.workspace, orders.c.channel, orders.c.kind, orders.c.subject)
Index("orders_of_channel", orders.c.workspace, orders.c.channel)
Index("one_order", *_about, unique=True, **_only(orders.c.state != "done"))

# A row is a change of an order, and who made it. Rows are added only.
order_changes = Table(
    "order_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order_id", String(32), nullable=False),
    Column("workspace", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("what", String(16), nullable=False),  # made, edited, paused, resumed, parked, done, deleted
    Column("by", String(32), nullable=False),  # blank: by the bot
    Column("at", Moment, nullable=False),
    Column("detail", Text, nullable=False),  # the order that was saved, as JSON; or why it was parked
)
Index("changes_of_channel", order_changes.c.workspace, order_changes.c.channel)

# A row is the language that a person has chosen on their home tab.
people_languages = Table(
    "people_languages",
    metadata,
    Column("workspace", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("language", String(8), nullable=False),
    Column("used_at", Moment, nullable=False),  # when they last looked at that tab
)

# A row is a word that the people of a workspace have taught: it names a series there, like an alias.
taught_words = Table(
    "taught_words",
    metadata,
    Column("workspace", String(32), primary_key=True),
    Column("word", String(64), primary_key=True),  # as texts are read: in lower case
    Column("written", String(64), nullable=False),  # as it was typed
    Column("series", String(64), nullable=False),  # its id in the catalogue
    Column("taught_by", String(32), nullable=False),
    Column("taught_at", Moment, nullable=False),
)

# A row is a person's newest verdict on an answer, with their reason.
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
    Column("given_at", Moment, nullable=False),
)

# A row is a change of the figures: a process that sees a newer version reads them again. Rows are added only.
figure_versions = Table(
    "figure_versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("what", Text, nullable=False),  # in half a sentence, for whoever reads it
    Column("told", Boolean, nullable=False),  # the owner, of what was held or has changed
)

# A row is a published figure beside those of the files, as it was printed. Rows are added only; what changes
# is the decision on a held one. The columns between `version` and `state` are those of figures.csv.
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

# A row is a source of those figures.
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

# A row is a page that was read, and what its server gave to ask whether it has changed.
figure_pages = Table(
    "figure_pages",
    metadata,
    Column("address", String(512), primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("read_at", Moment, nullable=False),
)
