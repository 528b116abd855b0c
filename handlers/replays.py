"""A command or a press that comes a second time, byte for byte, is not Slack's: it changes nothing.

Events pass: Slack sends them again by right, and each message is answered once whatever comes.
"""

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.ask import Desk

SIGNATURE = "x-slack-signature"

log = logging.getLogger(__name__)


async def once_only(
    request: AsyncBoltRequest, next_: Callable[[], Awaitable[None]], desk: Desk
) -> BoltResponse | None:
    """Lets a request pass the first time. By Socket Mode nothing is signed, and nobody else can send."""
    signature = next(iter(request.headers.get(SIGNATURE, ())), None)
    if signature is None or "event" in request.body or await desk.replays.is_new(signature):
        await next_()
        return None
    log.warning("request_replayed")
    return BoltResponse(status=200)
