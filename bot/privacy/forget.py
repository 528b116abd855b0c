"""Takes one person out of every table: what is theirs alone is deleted, what works on loses their name; or
the people of a whole workspace.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Text,
    Update,
    and_,
    delete,
    or_,
    select,
    text,
    true,
    tuple_,
    update,
)  # fmt: skip
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store import tables
from bot.store.engine import autocommitting, writing
from bot.store.tables import FORGOTTEN, metadata

# What Slack gave with an installation of that person's, which speaks for nobody else.
THEIR_TOKEN = ("user_token", "user_scopes", "user_refresh_token", "user_token_expires_at")
SEALED = (tables.slack_bots, tables.slack_installations)  # their texts are tokens

# A person's conversation with the bot: workspace and channel.
Talk = tuple[str, str]
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

    def within(self, team: Column[str]) -> ColumnElement[bool]:
        """Rows of the workspaces that it is about."""
        return team == self.team if self.team else true()

    def talked(self, team: Column[str], channel: Column[str]) -> ColumnElement[bool]:
        """Rows of their own conversations; a press on the home tab stands under the person's own id."""
        own = and_(self.within(team), channel == self.user)
        return or_(own, tuple_(team, channel).in_(list(self.talks))) if self.talks else own


async def forget(engine: AsyncEngine, who: Forgotten) -> list[Removed]:
    """What was removed, table by table; nothing the second time. All of it in one transaction."""
    async with writing(engine) as connection:
        removed = [
            Removed(str(change.table), (await connection.execute(change)).rowcount, how)
            for how, change in (*_theirs(who), *_names(who))
        ]
        # Where others may have written of them.
        texts = (column for table in metadata.sorted_tables if table not in SEALED for column in table.c)
        removed += [
            await _clean(connection, column, who.user) for column in texts if isinstance(column.type, Text)
        ]
    return [each for each in removed if each.rows]


async def forget_workspace(engine: AsyncEngine, workspace: str) -> None:
    """Deletes what was asked there, what people thought of answers, and the languages they chose."""
    async with writing(engine) as connection:
        for table in (tables.inbox, tables.contexts, tables.feedback):
            await connection.execute(delete(table).where(table.c.team == workspace))
        languages = tables.people_languages
        await connection.execute(delete(languages).where(languages.c.workspace == workspace))


def _theirs(who: Forgotten) -> Iterator[tuple[How, Delete]]:
    """What is theirs alone. Posts of their own conversation end; what the ledger says of them stays."""
    said, orders, chosen = tables.feedback, tables.orders, tables.people_languages
    yield "deleted", delete(said).where(who.within(said.c.team), said.c.user_id == who.user)
    made_by_them = and_(who.within(orders.c.workspace), orders.c.created_by == who.user)
    yield "deleted", delete(orders).where(made_by_them, orders.c.channel.startswith("D"))
    yield "deleted", delete(chosen).where(who.within(chosen.c.workspace), chosen.c.user_id == who.user)
    for table in (tables.inbox, tables.contexts):
        yield "deleted", delete(table).where(who.talked(table.c.team, table.c.channel))
    for table in (orders, tables.order_changes):
        yield "deleted", delete(table).where(who.talked(table.c.workspace, table.c.channel))


def _names(who: Forgotten) -> Iterator[tuple[How, Update]]:
    """Where a name stands on what works on without it. Not blank: the environment has made what has none."""
    orders, changes, words = tables.orders.c, tables.order_changes.c, tables.taught_words.c
    for name, workspace in (
        (orders.created_by, orders.workspace),
        (orders.changed_by, orders.workspace),
        (changes.by, changes.workspace),
        (words.taught_by, words.workspace),
    ):
        theirs = update(name.table).where(name == who.user, who.within(workspace))
        yield "made nameless", theirs.values({name: FORGOTTEN})
    made = tables.slack_installations  # it stays, whoever made it
    nameless = {"user_id": FORGOTTEN} | dict.fromkeys(THEIR_TOKEN)
    theirs = update(made).where(who.within(made.c.team_id), made.c.user_id == who.user)
    yield "made nameless", theirs.values(nameless)


async def _clean(connection: AsyncConnection, column: Column[str], user: str) -> Removed:
    """The id taken out of a text, where it is that id and not the beginning of a longer one."""
    key = list(column.table.primary_key)
    holds = select(*key, column).where(column.contains(user, autoescape=True))
    name, changed = re.compile(rf"(?<![A-Z0-9_]){user}(?![A-Z0-9_])"), 0
    for *which, held in (await connection.execute(holds)).all():
        cleaned = name.sub(FORGOTTEN, held)
        if cleaned != held:
            this = tuple_(*key).in_([tuple(which)])
            await connection.execute(update(column.table).where(this).values({column: cleaned}))
            changed += 1
    return Removed(column.table.name, changed, "rid of the name in a text")


async def wiped(engine: AsyncEngine) -> bool:
    """Takes what rows held out of the files too, beside a bot that goes on; false where others were reading.

    SQLite has overwritten it in its file (secure_delete), and empties its log. PostgreSQL gives the space to
    be used again; its own log and copies of the database are for whoever runs it.
    """
    async with autocommitting(engine).connect() as connection:
        if engine.dialect.name == "sqlite":
            return not await connection.scalar(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        await connection.execute(text(f"VACUUM {', '.join(metadata.tables)}"))
    return True
