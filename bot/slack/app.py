"""Bolt's app, which times how long Slack waits for us and knows which listeners are at work."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Set
from time import perf_counter
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.response import BoltResponse

from bot.logs import as_request
from bot.metrics import acknowledged
from bot.slack.inbox import Inbox

NOT_ANSWERED = 500
# Platforms kill a process some ten seconds after they asked it to end.
SECONDS = 8.0
LAST_SECONDS = 1.0

log = logging.getLogger(__name__)


class App(AsyncApp):
    """By HTTP and by socket alike. All that is logged of a request carries its id."""

    def __init__(self, inbox: Inbox, **how: Any) -> None:
        super().__init__(**how)
        self.in_flight = InFlight()
        self.listener_runner.listener_start_handler = _Begun(self.in_flight, inbox)
        self.listener_runner.listener_completion_handler = _Ended(inbox)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Returns what Slack is told; times how long it waits for that."""
        begun, status, event_id = perf_counter(), NOT_ANSWERED, req.body.get("event_id")
        with as_request(event_id if isinstance(event_id, str) and event_id.isalnum() else ""):
            try:
                answer: BoltResponse = await super().async_dispatch(req)
                status = answer.status
            finally:
                acknowledged(trigger_of(req.body), status, perf_counter() - begun)
        return answer


class InFlight:
    """The listeners, and what else was begun here, that have not ended.

    The session must not be closed under an answer that is being sent.
    """

    def __init__(self) -> None:
        self._at_work: set[asyncio.Task[Any]] = set()
        self._ending: asyncio.Task[None] | None = None

    def tasks(self) -> Set[asyncio.Task[Any]]:
        """Returns those that have not ended."""
        return self._at_work

    def add(self, task: asyncio.Task[Any]) -> None:
        """Counts a task in until it ends."""
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    def begin(self, work: Coroutine[Any, Any, Any]) -> None:
        """Begins work beside what is at work."""
        self.add(asyncio.create_task(work))

    def end(self) -> None:
        """Lets their time run from now on, beside whatever else is brought to its end."""
        self._ending = asyncio.create_task(self._end())

    async def finished(self) -> None:
        """Returns once all have ended, or have had their time."""
        await (self._ending or self._end())

    async def _end(self) -> None:
        """What is late is cancelled, so that it does not fail on what closes under it."""
        await asyncio.sleep(0)  # a listener that Bolt has only just scheduled begins first
        try:
            async with asyncio.timeout(SECONDS):
                while self._at_work:
                    await asyncio.wait(self._at_work)
        except TimeoutError:
            late = list(self._at_work)
            log.warning("left_unfinished", extra={"listeners": len(late)})
            for task in late:
                task.cancel()
            await asyncio.wait(late, timeout=LAST_SECONDS)


class _Begun(AsyncListenerStartHandler):
    """Counts a listener in, and keeps its request ours."""

    def __init__(self, in_flight: InFlight, inbox: Inbox) -> None:
        self._in_flight, self._inbox = in_flight, inbox

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        if task := asyncio.current_task():
            self._in_flight.add(task)
        if work := request.context.get("request"):
            self._inbox.hold(work)


class _Ended(AsyncListenerCompletionHandler):
    """Closes the request of a listener that has ended; what was broken off or put off keeps its lease."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        if not (work := request.context.get("request")):
            return
        self._inbox.let_go(work)
        task = asyncio.current_task()
        if not (request.context.get("left") or (task and task.cancelling())):
            await self._inbox.answered(work)


def trigger_of(body: Mapping[str, Any]) -> str:
    """What a request was sent for, in one of four words."""
    if body.get("type") == "event_callback":
        return "event"
    if "command" in body:
        return "command"
    return "interaction" if "user" in body else "other"
