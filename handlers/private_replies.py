"""What one person alone is shown: nobody can look for it afterwards, so the request is marked first."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.blocks import noted, section
from bot.messages.message import Message
from bot.slack.errors import SlackTrouble, error_of
from bot.slack.once import retry
from bot.slack.sending import attach, respond_alone, send, show_home, whisper
from bot.words import say
from handlers.asker import Asker
from handlers.desk import Desk
from handlers.notes import NO_ENTRY

# Of the five times that a response_url may be used; the rest is for an apology.
RESPONSE_PAUSES_SECONDS = (1.0, 15.0, 120.0)
# A reply that is also shown in the channel, or carries a file, is a reply all the same.
SPOKEN = (None, "thread_broadcast", "file_share")

Body = Mapping[str, Any]

log = logging.getLogger(__name__)


async def tell(asker: Asker, told: Message | str, desk: Desk, *, instead: bool = False) -> None:
    """Shows something to the asker: by the response_url of what they typed or pressed; beside their message;
    or in their conversation with us. `instead`: in the place of what was pressed, which only they saw too.
    """
    message = Message(told, ()) if isinstance(told, str) else told
    if desk.request:
        await desk.inbox.unseen(desk.request)
    if asker.url:
        await _respond(asker, message, desk, instead=instead)
    elif desk.asked.thread_ts:
        await _whisper(asker, message, desk)
    else:
        sent = await retry(partial(send, desk.client, asker.user, message), unsure=False)
        await attach(desk.client, sent, message)


async def _respond(asker: Asker, message: Message, desk: Desk, *, instead: bool) -> None:
    """Where Slack gives no word of it, they are told to ask again if they lack it."""
    if message.file:
        message = noted(message, say("replies.file_elsewhere", name=message.file.name))
    thread_ts = None if instead else asker.thread_ts
    show = partial(respond_alone, desk.client, asker.url, message, thread_ts=thread_ts, instead=instead)
    try:
        await retry(show, RESPONSE_PAUSES_SECONDS, unsure=False)
    except (ClientError, TimeoutError):
        line = Message(say("replies.if_no_answer"), ())
        await retry(partial(respond_alone, desk.client, asker.url, line))


async def _whisper(asker: Asker, message: Message, desk: Desk) -> None:
    """Beside a message; in their conversation with us where that is closed too.

    Not in a thread that nobody has answered in yet.
    """
    place = None if desk.asked.begins else desk.asked.thread.posted_in
    try:
        await retry(partial(whisper, desk.client, asker.channel, asker.user, message, thread_ts=place))
    except SlackApiError as refusal:
        if error_of(refusal) not in NO_ENTRY:
            raise
        await retry(partial(send, desk.client, asker.user, message))


async def tell_person(text: str, body: Body, client: AsyncWebClient, desk: Desk | None) -> None:
    """Tells whoever a request comes from; in a channel where others talk only where they spoke to the bot.

    There is no desk where it is not known yet whose request it is.
    """
    event, message = body.get("event") or {}, Message(text, ())
    try:
        if url := body.get("response_url"):
            await respond_alone(client, url, message)
        elif not desk:
            return
        elif event.get("tab") == "home":
            await show_home(client, event["user"], {"type": "home", "blocks": [section(text)]})
        elif body.get("view"):  # a modal or the home tab: only their conversation with us is left
            await send(client, body["user"]["id"], message)
        elif is_to_us(event, desk):
            await tell_writer(text, event, desk)
    except SlackTrouble as trouble:
        log.warning("not_told", exc_info=trouble)


async def tell_writer(text: str, event: Body, desk: Desk) -> None:
    """Tells the writer of a message something beside it."""
    said, message = event.get("message") or event, Message(text, ())
    try:
        place = said.get("thread_ts")
        await whisper(desk.client, event["channel"], said["user"], message, thread_ts=place)
    except SlackTrouble as trouble:
        log.warning("not_told", exc_info=trouble)


def is_to_us(event: Body, desk: Desk) -> bool:
    """A mention, a direct message, or that one of these was edited."""
    said, before = event.get("message") or event, event.get("previous_message") or {}
    if not said.get("user") or said.get("bot_id") or said.get("subtype") not in SPOKEN:
        return False
    edited = before and said.get("text") != before.get("text")
    mentioned = event["type"] == "app_mention" or (edited and desk.identity.mention in said["text"])
    return bool(mentioned or event.get("channel_type") == "im")
