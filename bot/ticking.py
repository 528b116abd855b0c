"""A job that is done again and again as long as a block runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

log = logging.getLogger(__name__)


@asynccontextmanager
async def ticking(
    job: Callable[[], Awaitable[object]],
    every_seconds: float = 60.0,
    last_seconds: float = 2.0,
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
