"""Retries what fails in passing: Slack has bad moments, and a database is restarted.

A message is never sent a second time before it was looked for: where Slack's answer was lost it may stand.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import put_off
from bot.posts.troubles import fate
from bot.refusals import ResponseRefusedError
from bot.sending import Sent
from bot.slack_errors import SlackTrouble

WAITS_SECONDS = (1.0, 2.0, 4.0, 8.0)
# A response_url may be used five times, and the apology is to have one of them. (A message that is refused in
# its full form takes two at a time; then the apology may find none left.)
WHISPER_WAITS_SECONDS = WAITS_SECONDS[:3]

T = TypeVar("T")

log = logging.getLogger(__name__)


def is_passing(trouble: Exception) -> bool:
    """Whether the same may well succeed a moment later."""
    if isinstance(trouble, SlackTrouble):
        return fate(trouble) in ("wait", "unsure")
    if isinstance(trouble, ResponseRefusedError):
        return trouble.is_passing
    return isinstance(trouble, SQLAlchemyError)


async def retry(do: Callable[[], Awaitable[T]], waits: tuple[float, ...] = WAITS_SECONDS) -> T:
    """Returns the first result; raises what does not pass, and what has not passed after these waits."""
    for seconds in waits:
        try:
            return await do()
        except (*SlackTrouble, ResponseRefusedError, SQLAlchemyError) as trouble:
            if not is_passing(trouble):
                raise
            log.warning("put_off", extra={"seconds": seconds}, exc_info=trouble)
            put_off("answer")
        await asyncio.sleep(seconds)
    return await do()


async def post_once(post: Callable[[], Awaitable[Sent]], find: Callable[[], Awaitable[Sent | None]]) -> Sent:
    """Posts once, however often it is tried: `find` looks whether an earlier try got there after all."""
    tried: list[bool] = []

    async def look_then_post() -> Sent:
        if tried and (found := await find()):
            return found
        tried.append(True)
        return await post()

    return await retry(look_then_post)
