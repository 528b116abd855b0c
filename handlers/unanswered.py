"""What a process has left unanswered, as it was killed or Slack was away: taken up by this one or another.

What nobody can look up afterwards is not sent twice: its asker is told to ask again if they got no answer.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from slack_bolt.async_app import AsyncBoltRequest
from sqlalchemy.exc import SQLAlchemyError

from bot.messages.message import Message
from bot.posts.tick import ticking
from bot.slack.app import App
from bot.slack.errors import SlackTrouble
from bot.slack.inbox import Inbox, Request
from bot.slack.once import PASSING
from bot.slack.sending import respond_alone, send
from bot.store.clock import utc_now
from bot.store.tables import Ours
from bot.supply.watch import Tell
from bot.words import say, speak
from handlers.desk import Desk, DeskOf
from handlers.language import told_in
from handlers.messages import take_up, work_off

ANSWERABLE = timedelta(minutes=29)  # a response_url is good for thirty minutes
MOST_SECONDS = 5.0  # between two looks
LAST_SECONDS = 0.5

log = logging.getLogger(__name__)


@asynccontextmanager
async def taking_up(
    inbox: Inbox, ours: Ours, app: App, desk_of: DeskOf, tell: Tell | None = None
) -> AsyncIterator[None]:
    """Looks, at the start and every few seconds, for requests of our workspaces that a process has left;
    renews the leases of those that are in hand here.
    """

    async def job() -> None:
        inbox.renew()
        try:
            await _give_up(inbox, ours, tell)
            async for request in inbox.left(ours):
                app.count_in(asyncio.create_task(_take_up(request, app, desk_of)))
        except SQLAlchemyError as problem:
            log.error("inbox_not_read", exc_info=problem)

    # What it is amid of then is left to the next process; the database gets the moment that it needs.
    async with ticking(job, min(MOST_SECONDS, inbox.lease.total_seconds() / 4), LAST_SECONDS):
        yield


async def _take_up(request: Request, app: App, desk_of: DeskOf) -> None:
    """Answers it. Trouble in passing leaves it to a later round; a fault of ours closes it."""
    try:
        desk = replace(await desk_of(request.team), request=request)
    except (*SlackTrouble, LookupError) as trouble:
        return log.warning("left_for_later", exc_info=trouble)
    if request.payload and _is_in_time(request) and not request.unseen:
        # To its listener, which closes it as always.
        body = json.loads(request.payload)
        await app.async_dispatch(
            AsyncBoltRequest(body=body, context={"request": request}, mode="socket_mode")
        )
        return None
    speak(desk.settings.alumina_language)  # and not that of the request before
    return await work_off(request, desk, _tell_to_ask_again if request.payload else take_up)


def _is_in_time(request: Request) -> bool:
    """Whether its response_url still holds."""
    return request.taken_at is not None and utc_now() - request.taken_at < ANSWERABLE


async def _tell_to_ask_again(request: Request, desk: Desk) -> None:
    """Tells the asker of a command or press that they may have got no answer."""
    body = json.loads(request.payload)
    speak(told_in(body) or desk.settings.alumina_language)
    message = Message(say("replies.if_no_answer"), ())
    if body.get("response_url") and _is_in_time(request):
        try:
            return await respond_alone(desk.client, body["response_url"], message)
        except PASSING as trouble:
            log.warning("not_told", exc_info=trouble)
    await send(desk.client, body.get("user_id") or body["user"]["id"], message)
    return None


async def _give_up(inbox: Inbox, ours: Ours, tell: Tell | None) -> None:
    """Closes what could not be answered for long; the log and the owner hear of each once."""
    for request in await inbox.give_up(ours):
        log.error("given_up", extra={"team": request.team, "channel": request.channel, "key": request.key})
        if tell and request.taken_at:
            at = request.taken_at
            await tell(say("replies.given_up", when=f"{at.day} {at:%B %Y, %H:%M} UTC"))
