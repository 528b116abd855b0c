"""Bolt's app: what may reach it, how long Slack waits, what is at work in it, in whose name it answers."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic, perf_counter
from typing import Any

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.response import BoltResponse
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.errors import AluminaError
from bot.logs import as_request
from bot.metrics import ACKS
from bot.slack.inbox import Inbox
from bot.slack.installs.workspaces import Clients, NotInstalledError
from bot.slack.trouble import SlackTrouble, reason

# What a request was sent for, by a field that only such requests have.
TRIGGERS = {"event_id": "event", "command": "command", "user": "interaction"}
# Platforms kill a process some ten seconds after they asked it to end.
SECONDS = 8.0
LAST_SECONDS = 1.0
# A large modal, written as a form, has some 750 kB.
MOST_BODY_BYTES = 1024 * 1024

TIMESTAMP = re.compile("[0-9]{1,12}")
SIGNATURE = re.compile("v0=[0-9a-f]{64}")
KIND = re.compile("application/(json|x-www-form-urlencoded)(; *charset=utf-8)?", re.IGNORECASE)

log = logging.getLogger(__name__)


class App(AsyncApp):
    """By HTTP and by socket alike. All that is logged of a request carries its id.

    `at_work`: the listeners, and what else was begun here, that have not ended. The session must not be
    closed under an answer that is being sent.
    """

    def __init__(self, inbox: Inbox, **how: Any) -> None:
        super().__init__(**how)
        self.at_work: set[asyncio.Task[Any]] = set()
        self._inbox, self._last_moment = inbox, 0.0
        runner = self.listener_runner
        runner.listener_start_handler = _Hook(self._listener_begun)
        runner.listener_completion_handler = _Hook(self._listener_ended)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Returns what Slack is told; times how long it waits for that."""
        begun, status, event_id = perf_counter(), 500, req.body.get("event_id")
        with as_request(event_id if isinstance(event_id, str) and event_id.isalnum() else ""):
            try:
                answer: BoltResponse = await super().async_dispatch(req)
                status = answer.status
                return answer
            finally:
                trigger = next((kind for name, kind in TRIGGERS.items() if name in req.body), "other")
                ACKS(trigger, f"{status // 100}xx").observe(perf_counter() - begun)

    def _count_in(self, task: asyncio.Task[Any] | None) -> None:
        if task:
            self.at_work.add(task)
            task.add_done_callback(self.at_work.discard)

    def beside(self, work: Awaitable[None]) -> None:
        """Does something for which Slack is not kept waiting."""
        self._count_in(asyncio.ensure_future(work))

    async def _listener_begun(self, context: AsyncBoltContext) -> None:
        self._count_in(asyncio.current_task())
        if work := context.get("request"):
            self._inbox.in_hand.add(work)

    async def _listener_ended(self, context: AsyncBoltContext) -> None:
        """Closes the request of a listener that has ended; what was broken off or put off keeps its lease."""
        if work := context.get("request"):
            self._inbox.in_hand.discard(work)
            task = asyncio.current_task()
            if not (context.get("left") or (task and task.cancelling())):
                await self._inbox.answered(work)

    def end(self) -> None:
        """Lets the time of what is at work run from now on, beside whatever else is brought to its end."""
        self._last_moment = monotonic() + SECONDS

    async def ended(self) -> None:
        """Returns once all have ended; cancels what is late, which must not fail on what closes under it."""
        await asyncio.sleep(0)  # a listener that Bolt has only just scheduled begins first
        while self.at_work and (seconds := self._last_moment - monotonic()) > 0:
            await asyncio.wait(self.at_work, timeout=seconds)
        if late := list(self.at_work):
            log.warning("left_unfinished", extra={"listeners": len(late)})
            for task in late:
                task.cancel()
            await asyncio.wait(late, timeout=LAST_SECONDS)


@dataclass
class _Hook(AsyncListenerStartHandler, AsyncListenerCompletionHandler):
    do: Callable[[AsyncBoltContext], Awaitable[None]]

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        await self.do(request.context)


async def body_within(request: Request, most: int) -> bytes | None:
    """The body; None as soon as it is longer than so many bytes."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > most:
            return None
    return bytes(read)


async def slack_request(request: Request) -> Response:
    """Returns Bolt's answer, which checks the signature; refuses what Bolt would stumble over."""
    if status := _why_not(request.headers):
        return _refused(status)
    if (body := await body_within(request, MOST_BODY_BYTES)) is None:
        return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        parsed = to_async_bolt_request(request, body)
    except (AttributeError, RecursionError, TypeError, ValueError):
        return _refused(HTTPStatus.BAD_REQUEST)
    response = to_starlette_response(await request.app.state.slack.async_dispatch(parsed))
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        log.warning("request_refused", extra={"status": response.status_code})
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        response.headers["connection"] = "close"
    return response


def _refused(status: HTTPStatus) -> Response:
    """Where the next request of the connection begins is unsure."""
    log.warning("request_refused", extra={"status": status.value})
    return PlainTextResponse(status.phrase, status, {"connection": "close"})


def _why_not(headers: Headers) -> HTTPStatus | None:
    """What is wrong with a head: a body too large or of another kind than Slack's, or no signature."""
    if int(headers.get("content-length", 0)) > MOST_BODY_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (TIMESTAMP.fullmatch(stamp) and SIGNATURE.fullmatch(signature)):
        return HTTPStatus.UNAUTHORIZED
    kinds, codings = headers.getlist("content-type"), headers.getlist("content-encoding")
    if len(kinds) != 1 or not KIND.fullmatch(kinds[0]) or codings:
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return None


@dataclass
class Authorized(AsyncAuthorize):
    """Finds the seat of a request, which its context keeps: Slack is asked once for each token.

    Bolt's own takes an overload, too, for a token that holds no more.
    """

    clients: Clients

    async def __call__(
        self, *, context: AsyncBoltContext, team_id: str | None, **given: Any
    ) -> AuthorizeResult | None:
        """None where the workspace has not installed us; what else goes wrong is raised."""
        try:
            seat = context["seat"] = await self.clients.seat_of(team_id or "")
        except NotInstalledError as missing:
            log.warning("not_installed", extra={"team": team_id or "", "why": str(missing)})
            return None
        except SlackTrouble as trouble:  # of Slack's refusals Bolt would make an answer
            raise AluminaError(f"Slack does not say who we are ({reason(trouble)})") from trouble
        us = seat.identity
        ids = {"team_id": team_id, "bot_user_id": us.user_id, "bot_id": us.bot_id}
        return AuthorizeResult(enterprise_id=given["enterprise_id"], bot_token=seat.client.token, **ids)
