"""Bolt's app, watched: a request of Slack's has an id on its log lines, and how long it waits is timed."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.logs import as_request
from bot.metrics import acknowledged

NOT_ANSWERED = 500


class WatchedApp(AsyncApp):
    """By HTTP and by socket alike; Slack waits until a request is dispatched."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """What Bolt answers. A listener that goes on after that carries the request's id."""
        begun, status = perf_counter(), NOT_ANSWERED
        with as_request(_event_id(req.body)):
            try:
                answer: BoltResponse = await super().async_dispatch(req)
                status = answer.status
            finally:
                acknowledged(trigger_of(req.body), status, perf_counter() - begun)
        return answer


def _event_id(body: Mapping[str, Any]) -> str:
    """Slack's own id of an event, which is the same when the event is sent again; '' of anything else."""
    found = body.get("event_id")
    return found if isinstance(found, str) and found.isalnum() else ""


def trigger_of(body: Mapping[str, Any]) -> str:
    """What a request was sent for, in one of four words."""
    if body.get("type") == "event_callback":
        return "event"
    if "command" in body:
        return "command"
    return "interaction" if "user" in body else "other"
