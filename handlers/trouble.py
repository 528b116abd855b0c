"""The one place for what nobody expected: logged with its traceback, and told to the asker in a sentence."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_bolt.response import BoltResponse

from bot.errors import StoredValueError
from bot.messages.message import Message
from bot.refusals import ResponseRefusedError
from bot.sending import respond_alone, send, whisper
from bot.slack_errors import SlackTrouble
from bot.words import say
from handlers.ask import Desk

# Bolt looks every 10 ms whether a listener has acknowledged, and forgets that it has once it fails: one that
# fails sooner would look to Slack as if we were not there.
ACK_SEEN_SECONDS = 0.05

log = logging.getLogger(__name__)


async def report_trouble(
    error: Exception,
    body: Mapping[str, Any],
    respond: AsyncRespond,
    response: BoltResponse | None,
    desk: Desk | None = None,
) -> None:
    """Logs the error; tells whoever asked, and nobody else.

    There is no desk where it happened before it was known whose request it is.
    """
    mendable = isinstance(error, StoredValueError)
    log.log(logging.INFO if mendable else logging.ERROR, "handler_failed", exc_info=error)
    await asyncio.sleep(ACK_SEEN_SECONDS)
    if response is not None and body.get("event"):
        return  # Slack is not told yet that we have the event, and will send it again
    try:
        sentence = say("replies.older_version" if mendable else "replies.sorry")
        await _apologize(Message(sentence, ()), body, respond, desk)
    except (*SlackTrouble, ResponseRefusedError) as trouble:
        log.error("apology_failed", exc_info=trouble)


async def _apologize(
    sorry: Message, body: Mapping[str, Any], respond: AsyncRespond, desk: Desk | None
) -> None:
    """Beside what was typed or pressed; by a message to whoever pressed on the home tab or sent a modal."""
    if body.get("response_url"):
        await respond_alone(respond, sorry)
    elif desk is None:
        return
    elif expects_answer(event := body.get("event") or {}, desk):
        thread_ts = event.get("thread_ts")
        await whisper(desk.client, event["channel"], event["user"], sorry, thread_ts=thread_ts)
    elif body.get("view"):
        await send(desk.client, body["user"]["id"], sorry)


def expects_answer(event: Mapping[str, Any], desk: Desk) -> bool:
    """Whether a person spoke to the bot, and not merely near it."""
    if not event.get("user") or event.get("bot_id"):
        return False
    to_us = event.get("type") == "app_mention" or event.get("channel_type") == "im"
    return to_us or event.get("parent_user_id") == desk.identity.user_id
