"""A request: written down before Slack is told that we have it; left amid trouble, and taken up by another.

What nobody can look up afterwards is not sent twice: its asker is told to ask again if they got no answer.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoredValueError
from bot.messages.blocks import Message
from bot.messages.names import moment_told
from bot.settings import Settings
from bot.slack.bolt_app import App
from bot.slack.inbox import Inbox, Request
from bot.slack.installs.workspaces import Clients
from bot.slack.trouble import PASSING, is_passing
from bot.store.clock import utc_now
from bot.ticking import ticking
from bot.words import say, say_count, speaking
from bot.workplace import Workplace
from handlers import access, delivery
from handlers.desk import Body, Desk, DeskOf, Next, asker_of, press_of

ACK_SEEN_SECONDS = 0.05  # Bolt looks every 10 ms for it, and no more once the listener has failed
LEFT = "left"  # the subtype of our own event for a message that was left
ANSWERABLE = timedelta(minutes=29)  # a response_url is good for thirty minutes
MOST_SECONDS = 5.0  # between two looks for what was left
LAST_SECONDS = 0.5

log = logging.getLogger(__name__)


async def take_request(body: Body, context: AsyncBoltContext, next: Next, desk: Desk) -> BoltResponse | None:
    """Lets a request pass once it is written down and acknowledged, if nobody else has it."""
    team = desk.team_of(context)
    request = context.get("request") or _request_of(body, team)  # there where it is taken up again
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
    request = replace(request, left=True) if took == "left" else request
    context.update(request=request, desk=replace(desk, asked=request))
    if body.get("actions"):
        context["press"] = press_of(body, team)
    if body.get("type") != "view_submission":  # whose listener may find it wrong
        await context.ack()
    return await next()


def _request_of(body: Body, team: str) -> Request:
    # By its trigger_id, else by all that it says.
    place = body.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    kept = json.dumps({name: value for name, value in body.items() if name != "token"})
    key = body.get("trigger_id") or hashlib.sha256(kept.encode()).hexdigest()
    return Request(team, place, key, payload=kept)


async def report_trouble(
    error: Exception, body: Body, context: AsyncBoltContext, response: BoltResponse | None
) -> None:
    """Logs the error; tells whoever asked, and nobody else. What passes is left to a later round."""
    await asyncio.sleep(ACK_SEEN_SECONDS)
    desk: Desk | None = context.get("desk")
    mendable, event = isinstance(error, StoredValueError), body.get("event") or {}
    # Of a message that was left, what Slack refuses may be mended meanwhile.
    passes = is_passing(error) or (event.get("subtype") == LEFT and isinstance(error, PASSING))
    if "request" in context and passes:
        context["left"] = True
        return log.warning("left_for_later", exc_info=error)
    log.log(logging.INFO if mendable else logging.ERROR, "handler_failed", exc_info=error)
    if desk is None or (event and response is not None):  # Slack is not told yet, and sends it again
        return None
    text = say("replies.older_version" if mendable else "replies.sorry")
    to_us = "user" in event and event.get("parent_user_id") == desk.identity.user_id
    # While Slack still waits for its acknowledgement nothing is tried again.
    return await delivery.tell_person(text, body, desk, to_us=to_us, once=response is not None)


@asynccontextmanager
async def taking_up(inbox: Inbox, place: Workplace, app: App, desk_of: DeskOf) -> AsyncIterator[None]:
    """Takes up, every few seconds, requests that a process has left; renews the leases of those in hand."""
    ours, tell_owner = place.clients.ours, place.tell

    async def job() -> None:
        inbox.renew()
        try:
            # What could not be answered for long: the log hears of each, the owner of all at once.
            lost = await inbox.give_up(ours)
            for each in lost:
                log.error("given_up", extra={"team": each.team, "channel": each.channel, "key": each.key})
            if lost and tell_owner:
                app.beside(tell_owner(_given_up(lost, place.settings)))
            async for request in inbox.left(ours):
                app.beside(_take_up(request, app, place.clients, desk_of))
        except SQLAlchemyError as problem:
            log.error("inbox_not_read", exc_info=problem)

    # What it is amid of then is left to the next process; the database gets the moment that it needs.
    async with ticking(job, min(MOST_SECONDS, inbox.lease.total_seconds() / 4), LAST_SECONDS):
        yield


def _given_up(lost: list[Request], settings: Settings) -> Message:
    first = min(each.taken_at for each in lost if each.taken_at)
    with speaking(settings.alumina_language):
        when = moment_told(first, settings.alumina_timezone)
        return Message(say_count("replies.given_up", len(lost), when=when), ())


async def _take_up(request: Request, app: App, clients: Clients, desk_of: DeskOf) -> None:
    """Gives it to its listener, which closes it as always; where that comes too late, its asker is told."""
    message = {"type": "message", "subtype": LEFT, "channel": request.channel, "ts": request.ts}
    event = {"type": "event_callback", "team_id": request.team, "event": message}
    body: dict[str, Any] = json.loads(request.payload) if request.payload else event
    in_time = request.taken_at is not None and utc_now() - request.taken_at < ANSWERABLE
    try:
        desk = desk_of(await clients.seat_of(request.team))
        if request.payload and (request.unseen or not in_time):
            return await _tell_to_ask_again(request, body, desk, in_time=in_time)
    except (*PASSING, LookupError) as trouble:
        return log.warning("left_for_later", exc_info=trouble)
    await app.async_dispatch(AsyncBoltRequest(body=body, context={"request": request}, mode="socket_mode"))
    return None


async def _tell_to_ask_again(request: Request, body: Body, desk: Desk, *, in_time: bool) -> None:
    desk.inbox.in_hand.add(request)
    try:
        access.hear(body, desk)
        asker = asker_of(body, desk.team)
        asker = asker if in_time else replace(asker, url="")
        await delivery.tell(asker, say("replies.if_no_answer"), desk, once=True)
        await desk.inbox.answered(request)
    finally:
        desk.inbox.in_hand.discard(request)
