"""The clockwork: every minute `tick(now)` queues what is due; the courier takes it from there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]

from bot.dataset.calendar import Month
from bot.posts.courier import Courier, Office, delivering

EVERY_SECONDS = 60.0
# A minute's job that was late for as long as a deploy or a pause of the machine takes is still run, once.
GRACE_SECONDS = 3600
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
) -> AsyncIterator[None]:
    """Runs the job at once and every minute; one under way at the end may finish, in so many seconds."""
    at_work = asyncio.Lock()

    async def once() -> None:
        if at_work.locked():
            return  # the next one sees all that this one would
        async with at_work:
            await job()

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        once,
        IntervalTrigger(seconds=every_seconds, timezone="UTC"),
        next_run_time=datetime.now().astimezone(),
        coalesce=True,
        max_instances=2,  # one at work, and one that sees so and goes
        misfire_grace_time=GRACE_SECONDS,
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        with suppress(TimeoutError):
            await asyncio.wait_for(at_work.acquire(), last_seconds)
        scheduler.shutdown(wait=False)


@asynccontextmanager
async def posting(office: Office, every_seconds: float, look_seconds: float) -> AsyncIterator[None]:
    """The clockwork and the courier at work."""
    courier = Courier(office, look_seconds)

    async def job() -> None:
        await tick(office)
        courier.wake()

    async with delivering(courier), ticking(job, every_seconds):
        yield
