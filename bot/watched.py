"""Bolt's app, watched: what Slack waits for goes first, and how long it waits is timed.

A command, a press or a shortcut is acknowledged at once, and answered in its turn: a few begin in a round of
the event loop, so that acknowledgements do not queue behind answers that are being worked out. None waits for
another's end: where Slack is slow with one, the others go on.
"""

import asyncio
import logging
from collections.abc import Mapping
from time import perf_counter
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.inflight import InFlight, Runner
from bot.logs import as_request
from bot.metrics import acknowledged
from bot.threads.replays import Replays

NOT_ANSWERED = 500
SIGNATURE = "x-slack-signature"
# What is acknowledged without a word, beside commands; a modal that was sent waits for one, and so does an
# event, which is ours to lose once it is acknowledged.
WORDLESS = {"block_actions", "message_action"}
# Answers that may be owed at a time, a few seconds' work. When they are, acknowledgements keep pace
# with answers, so that Slack holds back.
MOST_OWED = 1_000
# Answers that begin in one round. Rounds cost something themselves; an acknowledgement waits for one round.
AT_A_TIME = 8

log = logging.getLogger(__name__)


class WatchedApp(AsyncApp):
    """By HTTP and by socket alike. All that is logged of a request carries its id."""

    def __init__(self, replays: Replays, **how: Any) -> None:
        super().__init__(**how)
        self._async_listener_runner = Runner.like(self.listener_runner)
        self.in_flight = InFlight(self)
        self._replays = replays
        self._turn, self._owed = asyncio.Semaphore(AT_A_TIME), asyncio.Semaphore(MOST_OWED)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """What Slack is told. What goes on after that carries the request's id too."""
        begun, status = perf_counter(), NOT_ANSWERED
        with as_request(_event_id(req.body)):
            try:
                answer = await self._acknowledgement(req)
                status = answer.status
            finally:
                acknowledged(trigger_of(req.body), status, perf_counter() - begun)
        return answer

    async def _acknowledgement(self, req: AsyncBoltRequest) -> BoltResponse:
        if not is_wordless(req.body):
            return await self._dispatched(req)
        await self._owed.acquire()
        self.in_flight.begin(self._answered(req))
        return BoltResponse(status=200, body="")

    async def _answered(self, req: AsyncBoltRequest) -> None:
        try:
            await req.context.ack()  # so that Bolt runs the listener here
            await self._dispatched(req)
        finally:
            self._owed.release()

    async def _dispatched(self, req: AsyncBoltRequest) -> BoltResponse:
        """What Bolt says. What comes a second time, byte for byte, is not Slack's: it does nothing."""
        if not await self._is_new(req):
            log.warning("request_replayed")
            return BoltResponse(status=200)
        if is_wordless(req.body):
            async with self._turn:
                await asyncio.sleep(0)
        answer: BoltResponse = await super().async_dispatch(req)
        return answer

    async def _is_new(self, req: AsyncBoltRequest) -> bool:
        """Events pass: Slack sends them again by right, and each message is answered once whatever comes. So
        does what came by Socket Mode: nothing is signed there, and nobody else can send.
        """
        signature = next(iter(req.headers.get(SIGNATURE, ())), None)
        passes = signature is None or "event" in req.body or req.body.get("type") == "url_verification"
        return passes or await self._replays.is_new(str(signature))


def _event_id(body: Mapping[str, Any]) -> str:
    """Slack's own id of an event, which is the same when the event is sent again; '' of anything else."""
    found = body.get("event_id")
    return found if isinstance(found, str) and found.isalnum() else ""


def is_wordless(body: Mapping[str, Any]) -> bool:
    """Whether its acknowledgement says nothing, whatever comes of it."""
    return "command" in body or body.get("type") in WORDLESS


def trigger_of(body: Mapping[str, Any]) -> str:
    """What a request was sent for, in one of four words."""
    if body.get("type") == "event_callback":
        return "event"
    if "command" in body:
        return "command"
    return "interaction" if "user" in body else "other"
