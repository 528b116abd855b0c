"""What is kept of people: for how long, and how one person, or those of a whole workspace, are taken out of
every table. docs/privacy.md says it in words.

The ledger of posts is not touched: that a post is sent once depends on its rows, and no person is in them.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.slack.inbox import KEEP as REQUESTS_KEPT
from bot.store import tables
from bot.store.clock import Clock, utc_now
from bot.store.engine import autocommitting, writing
from bot.store.tables import FORGOTTEN, metadata
from bot.ticking import ticking

EVERY_SECONDS = 600.0
BATCH = 500  # rows; on SQLite others wait while one is written
PAUSE_SECONDS = 0.05
ALL = sa.true()

# What Slack gave with an installation of that person's, which speaks for nobody else.
THEIR_TOKEN = ("user_token", "user_scopes", "user_refresh_token", "user_token_expires_at")
SEALED = (tables.slack_bots, tables.slack_installations)  # their texts are tokens
OF_A_TALK = (tables.inbox, tables.contexts)
ORDERS, CHANGES, WORDS = tables.orders.c, tables.order_changes.c, tables.taught_words.c
NAMES = (ORDERS.created_by, ORDERS.changed_by, CHANGES.by, WORDS.taught_by)

# A person's conversation with the bot: workspace and channel.
Talk = tuple[str, str]
log = logging.getLogger(__name__)

How = Literal["deleted", "made nameless", "rid of the name in a text"]


@dataclass(frozen=True, slots=True)
class Removed:
    """How many rows of a table were changed, and how."""

    table: str
    rows: int
    how: How


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whom to forget: in one workspace, or blank in all; with their conversations with the bot."""

    user: str
    team: str = ""
    talks: Collection[Talk] = ()

    def within(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Rows of the workspaces that it is about."""
        return _workspace(table) == self.team if self.team else sa.true()

    def talked(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Rows of their own conversations; a press on the home tab stands under the person's own id."""
        own = sa.and_(self.within(table), table.c.channel == self.user)
        talks = sa.tuple_(_workspace(table), table.c.channel).in_(list(self.talks))
        return sa.or_(own, talks) if self.talks else own


def _workspace(table: sa.Table) -> sa.Column[str]:
    return next(each for each in table.c if each.name in ("workspace", "team", "team_id"))


async def forget(engine: AsyncEngine, who: Forgotten) -> list[Removed]:
    """What was removed, table by table; nothing the second time. All of it in one transaction."""
    async with writing(engine) as connection:
        removed = [
            Removed(str(change.table), (await connection.execute(change)).rowcount, how)
            for how, change in (*_theirs(who), *_names(who))
        ]
        # Where others may have written of them.
        texts = (column for table in metadata.sorted_tables if table not in SEALED for column in table.c)
        written = [column for column in texts if isinstance(column.type, sa.Text)]
        removed += [await _clean(connection, column, who.user) for column in written]
    return [each for each in removed if each.rows]


async def forget_workspace(engine: AsyncEngine, workspace: str) -> None:
    """Deletes what was asked and taught there, what people thought of answers, and all orders."""
    async with writing(engine) as connection:
        for table in (tables.feedback, *OF_A_TALK, tables.orders, tables.order_changes, tables.taught_words):
            await connection.execute(sa.delete(table).where(_workspace(table) == workspace))


def _theirs(who: Forgotten) -> Iterator[tuple[How, sa.Delete]]:
    """What is theirs alone. Posts of their own conversation end; what the ledger says of them stays."""
    orders = tables.orders
    theirs = who.within(tables.feedback), tables.feedback.c.user_id == who.user
    yield "deleted", sa.delete(tables.feedback).where(*theirs)
    own = sa.and_(orders.c.created_by == who.user, orders.c.channel.startswith("D"))
    yield "deleted", sa.delete(orders).where(who.within(orders), own)
    for table in (*OF_A_TALK, orders, tables.order_changes):
        yield "deleted", sa.delete(table).where(who.talked(table))


def _names(who: Forgotten) -> Iterator[tuple[How, sa.Update]]:
    """Where a name stands on what works on without it. Not blank: the environment has made what has none."""
    for name in NAMES:
        theirs = sa.update(name.table).where(name == who.user, who.within(name.table))
        yield "made nameless", theirs.values({name: FORGOTTEN})
    made = tables.slack_installations  # it stays, whoever made it
    theirs = sa.update(made).where(who.within(made), made.c.user_id == who.user)
    yield "made nameless", theirs.values({"user_id": FORGOTTEN} | dict.fromkeys(THEIR_TOKEN))


async def _clean(connection: AsyncConnection, column: sa.Column[str], user: str) -> Removed:
    """The id taken out of a text, where it is that id and not the beginning of a longer one."""
    key = list(column.table.primary_key)
    holds = sa.select(*key, column).where(column.contains(user, autoescape=True))
    name, changed = re.compile(rf"(?<![A-Z0-9_]){user}(?![A-Z0-9_])"), 0
    for *which, held in (await connection.execute(holds)).all():
        cleaned = name.sub(FORGOTTEN, held)
        if cleaned != held:
            this = sa.tuple_(*key).in_([tuple(which)])
            await connection.execute(sa.update(column.table).where(this).values({column: cleaned}))
            changed += 1
    return Removed(column.table.name, changed, "rid of the name in a text")


async def wiped(engine: AsyncEngine) -> bool:
    """Takes what rows held out of the files too, beside a bot that goes on; false where others were reading.

    SQLite has overwritten it in its file (secure_delete), and empties its log. PostgreSQL gives the space to
    be used again; its own log and copies of the database are for whoever runs it.
    """
    async with autocommitting(engine).connect() as connection:
        if engine.dialect.name == "sqlite":
            return not await connection.scalar(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        await connection.execute(sa.text(f"VACUUM {', '.join(metadata.tables)}"))
    return True


@dataclass(frozen=True, slots=True)
class Limit:
    """Rows whose `moment` is longer ago than `kept` are deleted; where `name` is given, only that goes."""

    moment: sa.Column[Any]
    kept: timedelta
    name: sa.Column[Any] | None = None
    which: sa.ColumnElement[bool] = ALL  # it is about these rows alone


def limits(days: int) -> tuple[Limit, ...]:
    """Every limit; `days`: ALUMINA_RETENTION_DAYS."""
    chosen = timedelta(days=days)
    return (
        Limit(tables.inbox.c.taken_at, REQUESTS_KEPT),
        Limit(tables.contexts.c.changed_at, chosen),
        Limit(tables.feedback.c.given_at, chosen),
        Limit(tables.slack_oauth_states.c.expire_at, timedelta(days=1)),
        # That somebody has changed an order stays: the environment's own never overrides that.
        Limit(CHANGES.at, chosen, name=CHANGES.by),
        Limit(WORDS.taught_at, chosen, name=WORDS.taught_by),
        Limit(ORDERS.changed_at, chosen, which=ORDERS.state == "done"),
    )


async def drop_old(engine: AsyncEngine, days: int, clock: Clock = utc_now) -> Mapping[str, int]:
    """Takes away what is older than its limit; by table how many rows that were."""
    dropped = {limit.moment.table.name: await _drop(engine, limit, clock()) for limit in limits(days)}
    return {name: count for name, count in dropped.items() if count}


async def _drop(engine: AsyncEngine, limit: Limit, now: datetime) -> int:
    """Each row is locked by one process, and what another has in hand is left to that one."""
    table, name, dropped = limit.moment.table, limit.name, 0
    key, named = list(table.primary_key), ALL if name is None else name.not_in(("", FORGOTTEN))
    change = sa.delete(table) if name is None else sa.update(table).values({name: FORGOTTEN})
    old = sa.and_(limit.moment < now - limit.kept, limit.which, named)
    some = sa.select(*key).where(old).limit(BATCH).with_for_update(skip_locked=True)
    while True:
        async with writing(engine) as connection:
            count = (await connection.execute(change.where(sa.tuple_(*key).in_(some)))).rowcount
        dropped += count
        if count < BATCH:
            return dropped
        await asyncio.sleep(PAUSE_SECONDS)


@asynccontextmanager
async def retaining(engine: AsyncEngine, days: int) -> AsyncIterator[None]:
    """Takes away what is old, at the start and every few minutes."""

    async def job() -> None:
        if dropped := await drop_old(engine, days):
            log.info("old_rows_dropped", extra=dict(dropped))

    async with ticking(job, EVERY_SECONDS):
        yield
