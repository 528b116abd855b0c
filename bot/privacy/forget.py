"""Takes one person out of every table: what is theirs alone is deleted, what works on loses their name; or
the people of a whole workspace.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Column, ColumnElement, Table, Text, and_, delete, or_, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.posts.order import FORGOTTEN
from bot.store.engine import writing
from bot.store.tables import (
    contexts,
    feedback,
    inbox,
    metadata,
    order_changes,
    orders,
    people_languages,
    slack_bots,
    slack_installations,
    taught_words,
)

# What Slack gave with an installation of that person's, which speaks for nobody else.
THEIR_TOKEN = ("user_token", "user_scopes", "user_refresh_token", "user_token_expires_at")
SEALED = (slack_bots, slack_installations)  # their texts are tokens

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
            *[await _delete(connection, table, where) for table, where in _theirs(who)],
            *[await _rename(connection, column, who.user, who.within(team)) for column, team in _names()],
            await _installed(connection, who),
            *[await _clean(connection, column, who.user) for column in _texts()],
        ]
    return [each for each in removed if each.rows]


async def forget_workspace(engine: AsyncEngine, workspace: str) -> None:
    """Deletes what was asked there, what people thought of answers, and the languages they chose."""
    async with writing(engine) as connection:
        for table in (inbox, contexts, feedback):
            await connection.execute(delete(table).where(table.c.team == workspace))
        await connection.execute(delete(people_languages).where(people_languages.c.workspace == workspace))


def _theirs(who: Forgotten) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """What is theirs alone. Posts of their own conversation end; what the ledger says of them stays."""
    yield feedback, and_(who.within(feedback.c.team), feedback.c.user_id == who.user)
    made_by_them = and_(who.within(orders.c.workspace), orders.c.created_by == who.user)
    yield orders, and_(made_by_them, orders.c.channel.startswith("D"))
    chosen = people_languages.c
    yield people_languages, and_(who.within(chosen.workspace), chosen.user_id == who.user)
    for table in (inbox, contexts):
        yield table, who.talked(table.c.team, table.c.channel)
    for table in (orders, order_changes):
        yield table, who.talked(table.c.workspace, table.c.channel)


def _names() -> Iterator[tuple[Column[str], Column[str]]]:
    """Where a name stands on what works on without it, and which column says the workspace."""
    yield orders.c.created_by, orders.c.workspace
    yield orders.c.changed_by, orders.c.workspace
    yield order_changes.c.by, order_changes.c.workspace
    yield taught_words.c.taught_by, taught_words.c.workspace


def _texts() -> Iterator[Column[str]]:
    """Where others may have written of them."""
    for table in metadata.sorted_tables:
        if table not in SEALED:
            yield from (column for column in table.columns if isinstance(column.type, Text))


async def _delete(connection: AsyncConnection, table: Table, where: ColumnElement[bool]) -> Removed:
    gone = await connection.execute(delete(table).where(where))
    return Removed(table.name, gone.rowcount, "deleted")


async def _rename(
    connection: AsyncConnection, column: Column[str], user: str, within: ColumnElement[bool]
) -> Removed:
    """Not blank: that would be what the environment has made."""
    renaming = update(column.table).where(column == user, within).values({column: FORGOTTEN})
    changed = await connection.execute(renaming)
    return Removed(column.table.name, changed.rowcount, "made nameless")


async def _installed(connection: AsyncConnection, who: Forgotten) -> Removed:
    """The installation stays, whoever made it."""
    table = slack_installations
    theirs = and_(who.within(table.c.team_id), table.c.user_id == who.user)
    nameless = {"user_id": FORGOTTEN} | dict.fromkeys(THEIR_TOKEN)
    changed = await connection.execute(update(table).where(theirs).values(nameless))
    return Removed(table.name, changed.rowcount, "made nameless")


async def _clean(connection: AsyncConnection, column: Column[str], user: str) -> Removed:
    """The id taken out of a text, where it is that id and not the beginning of a longer one."""
    key = list(column.table.primary_key)
    holds = select(*key, column).where(column.contains(user, autoescape=True))
    name, changed = re.compile(rf"(?<![A-Z0-9_]){user}(?![A-Z0-9_])"), 0
    for *which, text in (await connection.execute(holds)).all():
        cleaned = name.sub(FORGOTTEN, text)
        if cleaned != text:
            this = tuple_(*key).in_([tuple(which)])
            await connection.execute(update(column.table).where(this).values({column: cleaned}))
            changed += 1
    return Removed(column.table.name, changed, "rid of the name in a text")
