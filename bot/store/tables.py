"""Describes the tables, and what a row of each is; another layout wants another revision in migrations/."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from bot.store.clock import in_utc

metadata = sa.MetaData()
# In the place of a person who is not to be named any more; blank would be the environment, or the bot.
FORGOTTEN = "forgotten"


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC, whatever zone it is written in; SQLite keeps it without saying so."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        """As it is written."""
        return value and in_utc(value)

    process_result_value = process_bind_param


# Picks the rows a process has to do with, by the column that names their workspace.
Ours = Callable[[sa.ColumnElement[str]], sa.ColumnElement[bool]]


def every_workspace(_workspace: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Picks all rows."""
    return sa.true()


def _only(rows: sa.ColumnElement[bool]) -> dict[str, Any]:
    return {"postgresql_where": rows, "sqlite_where": rows}


def _texts(*names: str, key: bool = False, **most: int) -> list[sa.Column[str]]:
    """Columns of texts of at most 32 characters, or of so many, none of them NULL."""
    sizes = dict.fromkeys(names, 32) | most
    return [sa.Column(each, sa.String(size), nullable=False, primary_key=key) for each, size in sizes.items()]


def _required(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


# A row is an edition's post in a channel: due in the queue, or done in the ledger. The primary key rules out
# a second post, `one_claim` two messages that are on their way to one channel at once.
posts = sa.Table(
    "posts",
    metadata,
    *_texts("workspace", "channel", "kind", "edition", key=True),
    sa.Column("state", sa.String(16), nullable=False),  # due, claimed, posted, parked, refused, told
    sa.Column("holder", sa.String(32), nullable=False),  # of a claimed row
    sa.Column("lease_until", Moment),  # of a claimed row
    sa.Column("ts", sa.String(32)),  # of the posted message
    *_required(Moment, "changed_at", "due_at", "not_before"),  # the last: of the next try of a due row
    sa.Column("sent_at", Moment),  # of the posted message
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("why", sa.Text, nullable=False, server_default=""),  # what the last try came to
)
sa.Index("one_claim", posts.c.workspace, posts.c.channel, unique=True, **_only(posts.c.state == "claimed"))
# Serves a claim well whatever PostgreSQL knows of the table, which after a month's queueing is nothing yet.
sa.Index("posts_waiting", posts.c.workspace, posts.c.channel, posts.c.due_at, **_only(posts.c.state == "due"))

# A row is a request of Slack's that leads to an answer: a message by its ts, a command or a press by its
# trigger_id. The primary key rules out a second answer. A message is read from Slack again where it is
# needed; a command or a press nobody shows us again, so it is kept until it is answered.
inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("team", sa.String(32), primary_key=True),
    sa.Column("channel", sa.String(32), primary_key=True),  # blank: a press on the home tab or in a modal
    sa.Column("key", sa.String(255), primary_key=True),
    sa.Column("thread_ts", sa.String(32), nullable=False),  # of a message; blank for the others
    sa.Column("state", sa.String(16), nullable=False),  # taken, unseen, early, answered, given up
    sa.Column("lease_until", Moment),  # of a taken or unseen row
    sa.Column("taken_at", Moment, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),  # of an open command or press, as Slack sent it
)
sa.Index("inbox_by_thread", inbox.c.team, inbox.c.channel, inbox.c.thread_ts, inbox.c.key)
sa.Index("inbox_open", inbox.c.lease_until, **_only(inbox.c.state.in_(["taken", "unseen"])))

# A row is a message that the bot has answered, or a post of its own, with its question as JSON
# (bot/questions/turn.py), as in the metadata. That of an answer which one person alone sees has an id in the
# place of its thread, and no channel: a menu there has room for the id alone.
contexts = sa.Table(
    "contexts",
    metadata,
    *_texts("team", "channel", "thread_ts", "asked", key=True),  # `asked`: the ts of the message
    sa.Column("question", sa.Text),  # NULL: as it was before; blank: none; ?: to be read in the thread
    sa.Column("spoken", sa.String(32), nullable=False),  # the ts of what was said after it, and not to us
    sa.Column("changed_at", Moment, nullable=False),
)
sa.Index("contexts_by_age", contexts.c.changed_at)


# slack_sdk's own tables, where many workspaces may install the bot. Moments are in UTC and do not say so.
slack_bots = SQLAlchemyInstallationStore.build_bots_table(metadata, "slack_bots")
slack_installations = SQLAlchemyInstallationStore.build_installations_table(metadata, "slack_installations")
# With room for tokens, which are kept encrypted.
SECRETS = (
    "bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url",
)  # fmt: skip
for _column in (*slack_bots.c, *slack_installations.c):
    if _column.name in SECRETS:
        _column.type = sa.Text()
# A row is an installation that was begun and has not ended, for some minutes.
slack_oauth_states = SQLAlchemyOAuthStateStore.build_oauth_states_table(metadata, "slack_oauth_states")

# A row is an order: what somebody wants to be told in a channel, or in their conversation with the bot. The
# id is the kind of its posts in the ledger, but for those of a month.
orders = sa.Table(
    "orders",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    *_texts("workspace", "channel"),
    sa.Column("kind", sa.String(16), nullable=False),  # monthly, question, alert
    sa.Column("subject", sa.String(32), nullable=False),  # what it is about; a channel has one order of each
    sa.Column("what", sa.Text, nullable=False),  # Order.to_json
    sa.Column("language", sa.String(8), nullable=False),  # of its posts
    sa.Column("state", sa.String(16), nullable=False),  # active, paused, parked, done
    sa.Column("why", sa.Text, nullable=False),  # it was parked
    *_texts("created_by", "changed_by"),  # blank: by the environment
    *_required(Moment, "created_at", "changed_at"),
)
_about = (orders.c.workspace, orders.c.channel, orders.c.kind, orders.c.subject)
sa.Index("orders_of_channel", orders.c.workspace, orders.c.channel)
sa.Index("one_order", *_about, unique=True, **_only(orders.c.state != "done"))

# A row is a change of an order, and who made it. Rows are added only.
order_changes = sa.Table(
    "order_changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    *_texts("order_id", "workspace", "channel"),
    sa.Column("what", sa.String(16), nullable=False),  # made, edited, paused, resumed, parked, done, deleted
    sa.Column("by", sa.String(32), nullable=False),  # blank: by the bot
    sa.Column("at", Moment, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),  # the order that was saved, as JSON; or why it was parked
)
sa.Index("changes_of_channel", order_changes.c.workspace, order_changes.c.channel)

# A row is a word that the people of a workspace have taught: it names a series there, like an alias.
taught_words = sa.Table(
    "taught_words",
    metadata,
    *_texts("workspace", key=True, word=64),  # as texts are read: in lower case
    *_texts(written=64, series=64),  # as it was typed; its id in the catalogue
    sa.Column("taught_by", sa.String(32), nullable=False),
    sa.Column("taught_at", Moment, nullable=False),
)

# A row is a person's newest verdict on an answer, with their reason.
feedback = sa.Table(
    "feedback",
    metadata,
    *_texts("team", "channel", "ts", "user_id", key=True),
    sa.Column("verdict", sa.String(8), nullable=False),  # up, down
    *_required(sa.Text, "question", "reason"),  # the question that was answered, as JSON; blank: none
    sa.Column("given_at", Moment, nullable=False),
)

# A row is a change of the figures: a process that sees a newer version reads them again. Rows are added only.
figure_versions = sa.Table(
    "figure_versions",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("what", sa.Text, nullable=False),  # in half a sentence, for whoever reads it
    sa.Column("told", sa.Boolean, nullable=False),  # the owner, of what was held or has changed
)

# A row is a published figure beside those of the files, as it was printed. Rows are added only; what changes
# is the decision on a held one. The columns between `version` and `state` are those of figures.csv.
figures = sa.Table(
    "figures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),  # with which it came
    *_texts(period=7, flow=8, commodity=64, partner=64, kind=8, measure=16),
    *(sa.Column(name, sa.Double) for name in ("value", "step", "yoy_pct")),
    *_texts(scope=64, status=16, source=128),
    sa.Column("published", sa.Date),
    sa.Column("confirmed_by", sa.Integer, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # served, unusual, held, accepted, rejected
    *_required(sa.Text, "why", "decision"),  # why it was held, and why it was accepted or rejected
)
sa.Index("figures_by_version", figures.c.version)

# A row is a source of those figures.
figure_sources = sa.Table(
    "figure_sources",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    *_required(sa.Text, "publisher", "title", "url", "via"),
    sa.Column("retrieved", sa.Date, nullable=False),
    sa.Column("copy_url", sa.Text, nullable=False),
)

# A row is a page that was read, and what its server gave to ask whether it has changed.
figure_pages = sa.Table(
    "figure_pages",
    metadata,
    sa.Column("address", sa.String(512), primary_key=True),
    *(sa.Column(name, sa.Text) for name in ("etag", "modified")),
    sa.Column("read_at", Moment, nullable=False),
)
