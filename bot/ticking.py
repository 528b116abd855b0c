"""A job that is done again and again as long as a block runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

EVERY_SECONDS = 60.0
LAST_TICK_SECONDS = 2.0

log = logging.getLogger(__name__)


@asynccontextmanager
async def ticking(
    job: Callable[[], Awaitable[object]],
    every_seconds: float = EVERY_SECONDS,
    last_seconds: float = LAST_TICK_SECONDS,
    woken: asyncio.Event | None = None,
) -> AsyncIterator[None]:
    """Runs the job at once, every minute and when woken, also after it failed; waits for the last one."""
    again, ending = woken or asyncio.Event(), False

    async def run() -> None:
        while not ending:
            again.clear()
            [trouble] = await asyncio.gather(job(), return_exceptions=True)
            if isinstance(trouble, Exception):
                log.error("job_failed", exc_info=trouble)
            with suppress(TimeoutError):
                await asyncio.wait_for(again.wait(), every_seconds)

    running = asyncio.create_task(run())
    try:
        yield
    finally:
        ending = True
        again.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(running, last_seconds)
