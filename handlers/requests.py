"""Commands, presses and shortcuts, written down before Slack is told that we have them."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_bolt.response import BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.slack.inbox import Request
from bot.words import say
from handlers.asker import press_of
from handlers.desk import Desk, Next

Json = Mapping[str, Any]

log = logging.getLogger(__name__)


async def take_request(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, next: Next, desk: Desk
) -> BoltResponse | None:
    """Lets a request pass to its listener once it is written down, if nobody else has it.

    `request` is in the context already where it is taken up again.
    """
    team = desk.team_of(context)
    request = context.get("request") or request_of(body, team)
    try:
        took = "left" if request.left else await desk.inbox.take(request)
    except SQLAlchemyError as problem:
        log.error("request_not_written", exc_info=problem)
        if "command" in body:  # the acknowledgement can say so; of a press Slack says that it failed
            return BoltResponse(status=200, body=say("replies.not_written_down"))
        return BoltResponse(status=500, body="")
    if took == "not ours":
        log.warning("request_repeated")
        return BoltResponse(status=200, body="")
    context["request"] = replace(request, left=took == "left")
    context["desk"] = replace(desk, request=context["request"])
    if body.get("actions"):
        context["press"] = press_of(body, team)
    if body.get("type") != "view_submission":  # whose listener may have to say what is wrong there
        await ack()
    return await next()


def request_of(body: Json, team: str) -> Request:
    """Returns the request by its trigger_id, which Slack sends with every one, and all that it says."""
    place = body.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    kept = json.dumps({name: value for name, value in body.items() if name != "token"})
    key = body.get("trigger_id") or hashlib.sha256(kept.encode()).hexdigest()
    return Request(team, place, key, payload=kept)
