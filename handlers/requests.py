"""Commands, presses and shortcuts, written down before Slack is told that we have them.

What was acknowledged is answered by this process or the next. What nobody can look up afterwards is not sent
twice: its asker is told to ask again if they got no answer.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.messages.message import Message
from bot.slack.inbox import Request
from bot.slack.once import PASSING
from bot.slack.sending import respond_alone, send
from bot.store.clock import utc_now
from bot.words import say, speak
from handlers.desk import Desk, Next
from handlers.language import told_in

Json = Mapping[str, Any]

# A response_url is good for thirty minutes.
ANSWERABLE = timedelta(minutes=29)

log = logging.getLogger(__name__)


async def take_request(body: Json, context: AsyncBoltContext, next: Next, desk: Desk) -> BoltResponse | None:
    """Lets a request pass to its listener once it is written down, if nobody else has it.

    `request` is in the context already where it is taken up again.
    """
    request = context.get("request") or request_of(body, desk.team_of(context))
    try:
        took = "left" if request.left else await desk.inbox.take(request)
    except SQLAlchemyError as problem:
        return _not_written(body, problem)
    if took == "not ours":
        log.warning("request_repeated")
        return BoltResponse(status=200, body="")
    context["request"] = replace(request, left=took == "left")
    context["desk"] = replace(desk, request=context["request"])
    await next()
    return None


def request_of(body: Json, team: str) -> Request:
    """Returns the request by its trigger_id, which Slack sends with every one, and all that it says."""
    place = body.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    kept = json.dumps({name: value for name, value in body.items() if name != "token"})
    key = body.get("trigger_id") or hashlib.sha256(kept.encode()).hexdigest()
    return Request(team, place, key, payload=kept)


def _not_written(body: Json, problem: Exception) -> BoltResponse:
    """A command's acknowledgement can say so to its asker; of a press Slack itself says that it failed."""
    log.error("request_not_written", exc_info=problem)
    if "command" in body:
        return BoltResponse(status=200, body=say("replies.not_written_down"))
    return BoltResponse(status=500, body="")


def is_answerable(request: Request) -> bool:
    """Whether it may be worked on once more: in time, and with nothing sent that nobody can look up."""
    return not request.unseen and _in_time(request)


def _in_time(request: Request) -> bool:
    """Whether its response_url still holds."""
    return request.taken_at is not None and utc_now() - request.taken_at < ANSWERABLE


async def tell_to_ask_again(request: Request, desk: Desk) -> None:
    """Tells the asker of a command or press that they may have got no answer."""
    body = json.loads(request.payload)
    speak(told_in(body) or desk.settings.alumina_language)
    user, text = body.get("user_id") or body["user"]["id"], say("replies.if_no_answer")
    if body.get("response_url") and _in_time(request):
        try:
            return await respond_alone(desk.client, body["response_url"], Message(text, ()))
        except PASSING as trouble:
            log.warning("not_told", exc_info=trouble)
    await send(desk.client, user, Message(text, ()))
    return None
