"""The one place for what nobody expected: logged with its traceback, and told to the asker in a sentence."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.errors import StoredValueError
from bot.messages.message import Message
from bot.slack.errors import SlackTrouble, error_of
from bot.slack.once import is_passing
from bot.slack.refusals import ResponseRefusedError
from bot.slack.sending import respond_alone, send, whisper
from bot.words import say
from handlers.desk import Desk

# Bolt looks every 10 ms whether a listener has acknowledged, and forgets that it has once it fails: one that
# fails sooner would look to Slack as if we were not there.
ACK_SEEN_SECONDS = 0.05
# A window has to be asked for within three seconds of the press.
TOO_LATE = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"}

log = logging.getLogger(__name__)


async def report_trouble(
    error: Exception,
    body: Mapping[str, Any],
    context: AsyncBoltContext,
    response: BoltResponse | None,
    desk: Desk | None = None,
) -> None:
    """Logs the error; tells whoever asked, and nobody else. What passes is left to a later round.

    There is no desk where it happened before it was known whose request it is.
    """
    await asyncio.sleep(ACK_SEEN_SECONDS)
    if "request" in context and is_passing(error):
        context["left"] = True
        return log.warning("left_for_later", exc_info=error)
    mendable = isinstance(error, StoredValueError)
    log.log(logging.INFO if mendable else logging.ERROR, "handler_failed", exc_info=error)
    if response is not None and body.get("event"):
        return None  # Slack is not told yet that we have the event, and will send it again
    try:
        return await _apologize(Message(_sentence(error), ()), body, context, desk)
    except (*SlackTrouble, ResponseRefusedError) as trouble:
        return log.error("apology_failed", exc_info=trouble)


def _sentence(error: Exception) -> str:
    if isinstance(error, StoredValueError):
        return say("replies.older_version")
    late = isinstance(error, SlackApiError) and error_of(error) in TOO_LATE
    return say("replies.press_again" if late else "replies.sorry")


async def _apologize(
    sorry: Message, body: Mapping[str, Any], context: AsyncBoltContext, desk: Desk | None
) -> None:
    """Beside what was typed or pressed; by a message to whoever pressed on the home tab or sent a modal."""
    if url := body.get("response_url"):
        await respond_alone(context.client, url, sorry)
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
