"""The clockwork: every minute `tick(now)` queues what is due; the courier takes it from there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.dataset.calendar import Month
from bot.posts.courier import Courier, Office

EVERY_SECONDS = 60.0
LAST_TICK_SECONDS = 2.0
# Older editions are not looked at: only the newest is ever caught up on.
MONTHS_BACK = 6

log = logging.getLogger(__name__)


async def tick(office: Office) -> int:
    """Queues what is due and not in the ledger, or parked there while it is wanted; says how many."""
    now, ledger = office.now(), office.ledger
    await ledger.set_right(office.clock())
    # From the ledger's newest where that is older, so that nothing is new because figures stopped coming.
    newest = min(Month(now.year, now.month), await ledger.newest() or Month(now.year, now.month))
    entries = await ledger.entries(str(newest.plus(-MONTHS_BACK)))
    standing = {post for post, entry in entries.items() if entry.state != "parked"}
    added = await ledger.enqueue(await office.orders.due(now, standing), office.clock())
    if added:
        log.info("queued", extra={"posts": added})
    return added


@asynccontextmanager
async def ticking(
    job: Callable[[], Awaitable[object]],
    every_seconds: float = EVERY_SECONDS,
    last_seconds: float = LAST_TICK_SECONDS,
    woken: asyncio.Event | None = None,
) -> AsyncIterator[None]:
    """Runs the job at once, every minute and when it is woken, also after it failed; one under way at the end
    may finish, in so many seconds.
    """
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


@asynccontextmanager
async def delivering(courier: Courier) -> AsyncIterator[None]:
    """The courier at work, and at the end closed."""
    async with ticking(courier.look, courier.look_seconds, woken=courier.woken):
        try:
            yield
        finally:
            await courier.close()


@asynccontextmanager
async def posting(office: Office, every_seconds: float, look_seconds: float) -> AsyncIterator[None]:
    """The clockwork and the courier at work."""
    courier = Courier(office, look_seconds)

    async def job() -> None:
        await tick(office)
        courier.woken.set()

    async with delivering(courier), ticking(job, every_seconds):
        yield
