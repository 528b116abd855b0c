"""What a process has left unanswered, as it was killed or Slack was away: taken up by this one or another."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from slack_bolt.async_app import AsyncBoltRequest
from sqlalchemy.exc import SQLAlchemyError

from bot.posts.tick import ticking
from bot.slack.app import App
from bot.slack.errors import SlackTrouble
from bot.slack.inbox import Inbox, Request
from bot.store.tables import Ours
from bot.supply.watch import Tell
from bot.words import say, speak
from handlers.desk import DeskOf
from handlers.messages import take_up, work_off
from handlers.requests import is_answerable, tell_to_ask_again

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
                app.in_flight.begin(_take_up(request, app, desk_of))
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
    if request.payload and is_answerable(request):
        # To its listener, which closes it as always.
        again = AsyncBoltRequest(
            body=json.loads(request.payload), context={"request": request}, mode="socket_mode"
        )
        await app.async_dispatch(again)
        return None
    speak(desk.settings.alumina_language)  # and not that of the request before
    return await work_off(request, desk, tell_to_ask_again if request.payload else take_up)


async def _give_up(inbox: Inbox, ours: Ours, tell: Tell | None) -> None:
    """Closes what could not be answered for long; the log and the owner hear of each once."""
    for request in await inbox.give_up(ours):
        log.error("given_up", extra={"team": request.team, "channel": request.channel, "key": request.key})
        if tell and request.taken_at:
            at = request.taken_at
            await tell(say("replies.given_up", when=f"{at.day} {at:%B %Y, %H:%M} UTC"))
