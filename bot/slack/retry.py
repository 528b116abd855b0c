"""Tries again what fails in passing, and posts a message once all the same."""

import logging
from asyncio import sleep
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.metrics import RETRIES
from bot.slack.trouble import PASSING, SlackTrouble, fate, is_passing, retry_after

# Between two tries while Slack or the database is away; then it is left to a later round.
PAUSES_SECONDS = (1.0, 2.0, 4.0, 8.0, *[15.0] * 40)

T = TypeVar("T")
Work = Callable[[], Awaitable[T]]

log = logging.getLogger(__name__)


async def retry(do: Work[T], pauses: Sequence[float] = PAUSES_SECONDS, *, unsure: bool = True) -> T:
    """Returns the first result of what may be done twice; raises what does not pass.

    `unsure` is False where what may have been done must not be done again.
    """
    for pause in pauses:
        try:
            return await do()
        except PASSING as trouble:
            if not is_passing(trouble) or (fate(trouble) == "unsure" and not unsure):
                raise
            await _pause(pause, trouble)
    return await do()


async def post_once(post: Work[T], find: Work[T | None], lease: timedelta, *, left: bool = False) -> T:
    """Posts, and returns where it stands. `left`: an earlier process may have posted it already.

    What had no reply is looked for no sooner than a lease after it was sent, and posted again only then.
    """
    for _ in PAUSES_SECONDS:
        if left and (found := await retry(find)):
            return found
        try:
            return await retry(post, unsure=False)
        except SlackTrouble as trouble:
            if fate(trouble) != "unsure":
                raise
            left = True
            await _pause(lease.total_seconds(), trouble)
    return await retry(find) or await post()


async def _pause(seconds: float, trouble: Exception) -> None:
    seconds = max(seconds, (retry_after(trouble) or timedelta()).total_seconds())
    log.warning("put_off", extra={"seconds": seconds}, exc_info=trouble)
    RETRIES("answer").inc()
    await sleep(seconds)
