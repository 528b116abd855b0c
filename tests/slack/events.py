"""Events delivered by hand: the same one again, to another process, to several at once."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from bot.playground.deliver import HttpDoor, Reply, Retry
from bot.playground.payloads import envelope, events_of
from bot.playground.workspace import Change
from tests.gear.slack import LocalSlack

T = TypeVar("T")


def by_bot(slack: LocalSlack, channel: str, thread_ts: str | None = None) -> list[str]:
    """What the bot has said in a thread, or in the channel itself."""
    return [message.text for message in slack.messages(channel, thread_ts) if message.bot_id]


def events(slack: LocalSlack, ts: str, channel: str = "C_ALUMINIUM") -> list[dict[str, Any]]:
    """All that Slack sends about a message that was posted: for a mention in a channel these are two."""
    message = slack.workspace.find(channel, ts)
    return list(events_of(slack.workspace, Change("posted", channel, message), slack.scopes))


async def deliver(
    slack: LocalSlack, urls: Sequence[str], said: Sequence[dict[str, Any]], retry: Retry | None = None
) -> list[Reply]:
    """Each event to each address, all at the same time."""
    async with aiohttp.ClientSession() as http:
        doors = [HttpDoor(url, slack.signing_secret, http) for url in urls]
        wrapped = [envelope(slack.workspace, event) for event in said]
        return list(
            await asyncio.gather(
                *(door.send("events_api", each, retry) for door in doors for each in wrapped)
            )
        )


def in_database(folder: Path, statement: str) -> list[Any]:
    """Reads in the bot's database, from outside: rows as tuples."""
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as connection, connection:
        return connection.execute(statement).fetchall()


async def change_database(folder: Path, statement: str) -> None:
    """Writes in the bot's database from outside; the loop goes on, so that a bot amid a write can end it."""
    await asyncio.to_thread(in_database, folder, statement)


def rows(folder: Path) -> list[Any]:
    """The messages that are written down: channel, ts and state."""
    return in_database(folder, "SELECT channel, key, state FROM inbox WHERE thread_ts != '' ORDER BY key")


async def settled(slack: LocalSlack, doing: Awaitable[T]) -> T:
    """What a person does, and what it came to once the bot has done its part."""
    result = await doing
    await slack.settle()
    return result


def calls(slack: LocalSlack, *methods: str) -> list[Any]:
    """The bot's requests by these methods."""
    return [call for call in slack.calls if call.method in methods]
