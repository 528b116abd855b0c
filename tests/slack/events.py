"""What people ask and press as Slack's client tells of it, forged presses, events delivered by hand."""

import asyncio
import sqlite3
from contextlib import closing
from typing import TypeVar

import aiohttp

from bot.playground.deliver import HttpDoor
from bot.playground.limits import problems
from bot.playground.payloads import action_payload, envelope, events_of
from bot.playground.presses import Press
from bot.playground.workspace import Change

T = TypeVar("T")


def by_bot(slack, channel, thread_ts=None):
    """What the bot has said in a thread, or in the channel itself."""
    return [message.text for message in slack.messages(channel, thread_ts) if message.bot_id]


def events(slack, ts, channel="C_ALUMINIUM"):
    """All that Slack sends about a message that was posted: for a mention in a channel these are two."""
    message = slack.workspace.find(channel, ts)
    return list(events_of(slack.workspace, Change("posted", channel, message), slack.scopes))


async def deliver(slack, urls, said, retry=None):
    """Each event to each address, all at the same time."""
    async with aiohttp.ClientSession() as http:
        doors = [HttpDoor(url, slack.signing_secret, http) for url in urls]
        wrapped = [envelope(slack.workspace, event) for event in said]
        sent = (door.send("events_api", each, retry) for door in doors for each in wrapped)
        return list(await asyncio.gather(*sent))


def in_database(folder, statement):
    """Reads in the bot's database, from outside: rows as tuples."""
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as connection, connection:
        return connection.execute(statement).fetchall()


async def change_database(folder, statement):
    """Writes in the bot's database from outside; the loop goes on, so that a bot amid a write can end it."""
    await asyncio.to_thread(in_database, folder, statement)


def rows(folder):
    """The messages that are written down: channel, ts and state."""
    return in_database(folder, "SELECT channel, key, state FROM inbox WHERE thread_ts != '' ORDER BY key")


async def settled(slack, doing):
    """What a person does, and what it came to once the bot has done its part."""
    result = await doing
    await slack.settle()
    return result


def calls(slack, *methods):
    """The bot's requests by these methods."""
    return [call for call in slack.calls if call.method in methods]


def elements(message):
    """All that can be pressed or chosen in a message."""
    return [one for block in message.blocks for one in block.get("elements") or () if "action_id" in one]


def element(message, action_id):
    """An element of a message."""
    return next(each for each in elements(message) if each["action_id"] == action_id)


def action_ids(message):
    return {str(each["action_id"]) for each in elements(message)}


async def forge(slack, message, action_id, *, user="U_BEN", **action):
    """A press whose action says what no client would say."""
    told = {"type": "button", "action_id": action_id, "block_id": "b", **action}
    _, url = slack._permit(message.channel, user, message.ts)
    payload = action_payload(
        slack.workspace, message, Press(told, {"values": {}}), user=user, response_url=url
    )
    reply = await slack.interact(payload)
    assert (reply.status, reply.failure) == (200, "")
    await slack.settle()


async def press(slack, message, action_id, value=None, user="U_BEN"):
    """A press of an element as it stands in the message."""
    reply = await slack.press(message.channel, message.ts, action_id, user=user, value=value)
    assert (reply.status, reply.failure) == (200, "")
    await slack.settle()


async def told(slack, text, user="U_ANA"):
    """What only the asker sees after a command."""
    before = len(slack.ephemerals(user))
    await slack.command(text, user=user)
    await settled(slack, slack.wait_for(lambda: len(slack.ephemerals(user)) > before))
    message = slack.ephemerals(user)[-1]
    assert problems(message.text, message.blocks) == []
    return message


async def asked(slack, text, user="U_ANA"):
    """The answer to a command."""
    before = len(slack.messages())
    await slack.command(text, user=user)
    await settled(slack, slack.wait_for(lambda: len(slack.messages()) > before))
    return slack.messages()[-1]


async def mentioned(slack, text):
    """The answer to a mention, in its thread."""
    ts = await slack.say(f"<@U0ALUMINA> {text}")
    await settled(slack, slack.wait_for(lambda: slack.messages("C_ALUMINIUM", ts)))
    return slack.messages("C_ALUMINIUM", ts)[-1]
