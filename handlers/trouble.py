"""The one place for what nobody expected: logged with its traceback, and told to the asker in a sentence."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.errors import StoredValueError
from bot.slack.errors import error_of
from bot.slack.once import is_passing
from bot.words import say
from handlers.desk import Desk
from handlers.private_replies import tell_person, tell_writer

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
    """Logs the error; tells whoever asked, and nobody else. What passes is left to a later round."""
    await asyncio.sleep(ACK_SEEN_SECONDS)
    if "request" in context and is_passing(error):
        context["left"] = True
        return log.warning("left_for_later", exc_info=error)
    mendable, event = isinstance(error, StoredValueError), body.get("event") or {}
    log.log(logging.INFO if mendable else logging.ERROR, "handler_failed", exc_info=error)
    if event and (response is not None or event.get("tab")):
        return None  # Slack is not told yet, and sends it again; or the home tab stays as it was
    text = _sentence(error)
    if desk and event.get("user") and event.get("parent_user_id") == desk.identity.user_id:
        return await tell_writer(text, event, desk)
    return await tell_person(text, body, desk.client if desk else context.client, desk)


def _sentence(error: Exception) -> str:
    if isinstance(error, StoredValueError):
        return say("replies.older_version")
    late = isinstance(error, SlackApiError) and error_of(error) in TOO_LATE
    return say("replies.press_again" if late else "replies.sorry")
