"""The clockwork: every minute `tick(now)` queues what is due; the courier takes it from there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.posts.courier import Courier, delivering
from bot.posts.due import Due, due
from bot.posts.editions import Subscribers
from bot.posts.ledger import Ledger, Post

EVERY_SECONDS = 60.0
# A minute's job that was late for as long as a deploy or a pause of the machine takes is still run, once.
GRACE_SECONDS = 3600
LAST_TICK_SECONDS = 2.0
# Older editions are not looked at: only the newest is ever caught up on.
MONTHS_BACK = 6

log = logging.getLogger(__name__)


class Agenda(Protocol):
    """What there is to do."""

    async def due(self, now: datetime, ledger: AbstractSet[Post]) -> list[Due]:
        """What should be in the ledger and is not. A set, since it is asked for every channel and stage."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What the subscribers wait for and the figures allow."""

    dataset: Dataset
    subscribers: Subscribers

    async def due(self, now: datetime, ledger: AbstractSet[Post]) -> list[Due]:
        """As the subscriptions and the record stand now."""
        dataset = self.dataset.on(now.date())
        return due(now, await self.subscribers.active(), dataset.calendar, dataset, ledger)


@dataclass(frozen=True, slots=True)
class Together:
    """Several agendas as one."""

    agendas: tuple[Agenda, ...]

    async def due(self, now: datetime, ledger: AbstractSet[Post]) -> list[Due]:
        """What each of them has to do, one after the other."""
        return [each for agenda in self.agendas for each in await agenda.due(now, ledger)]


async def tick(now: datetime, agenda: Agenda, ledger: Ledger, clock: Callable[[], datetime]) -> int:
    """Queues what is due and is not in the ledger; how many posts that were.

    `now` is the day the bot lives on, `clock` the time that leases are counted in. What was parked is due
    anew as soon as its subscription is active again.
    """
    await ledger.set_right(clock())
    # From the ledger's newest where that is older, so that nothing is new because figures stopped coming.
    newest = min(Month(now.year, now.month), await ledger.newest() or Month(now.year, now.month))
    entries = await ledger.entries(str(newest.plus(-MONTHS_BACK)))
    standing = {post for post, entry in entries.items() if entry.state != "parked"}
    added = await ledger.enqueue(await agenda.due(now, standing), clock())
    if added:
        log.info("queued", extra={"posts": added})
    return added


@asynccontextmanager
async def ticking(
    job: Callable[[], Awaitable[object]],
    every_seconds: float = EVERY_SECONDS,
    last_seconds: float = LAST_TICK_SECONDS,
) -> AsyncIterator[None]:
    """Runs the job every minute, the first time at once; at the end one that is under way may finish, in so
    many seconds.
    """
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
async def posting(
    agenda: Agenda,
    courier: Courier,
    ledger: Ledger,
    *,
    now: Callable[[], datetime],
    clock: Callable[[], datetime],
    every_seconds: float = EVERY_SECONDS,
) -> AsyncIterator[None]:
    """The clockwork and the courier at work."""

    async def job() -> None:
        await tick(now(), agenda, ledger, clock)
        courier.wake()

    async with delivering(courier), ticking(job, every_seconds):
        yield
