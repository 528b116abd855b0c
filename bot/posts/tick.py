"""The clockwork: a plain `tick(now)` every minute, which now and then looks whether a month is complete."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.respond import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.errors import SettingError
from bot.messages.blocks import render
from bot.posts.deliver import Delivery, Edition, deliver
from bot.posts.due import due
from bot.posts.ledger import Ledger
from bot.posts.subscription import Subscription
from bot.questions import words
from bot.settings import Settings

MINUTES = 1
# A minute's job that was late for as long as a deploy or a pause of the machine takes is still run, once.
GRACE_SECONDS = 3600
LAST_TICK_SECONDS = 8

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rounds:
    """What one look needs: the figures, the day, the channels, the ledger, and the way to Slack."""

    dataset: Dataset
    today: Callable[[], date]
    subscriptions: tuple[Subscription, ...]
    ledger: Ledger
    client: AsyncWebClient
    clock: Callable[[], datetime]

    async def look(self, now: datetime) -> list[Delivery]:
        """Posts the newest complete month to every channel that lacks it; one delivery each."""
        dataset = self.dataset.on(self.today())
        entries = await self.ledger.entries()
        settled = [post for post, entry in entries.items() if not entry.open_at(now)]
        found = due(now, self.subscriptions, dataset.calendar, dataset, settled)
        posts = [each.post for each in found if not each.silent]
        editions = {name: edition_of(dataset, Month.from_text(name)) for name in {p.edition for p in posts}}
        return [
            await deliver(
                post, editions[post.edition], client=self.client, ledger=self.ledger, clock=self.clock
            )
            for post in posts
        ]

    async def lease_ends(self, now: datetime) -> datetime | None:
        """When the first claim that somebody holds now is over; None where nothing is held."""
        entries = (await self.ledger.entries()).values()
        leases = [each.lease_until for each in entries if each.lease_until and not each.open_at(now)]
        return min(leases, default=None)


class Ticker:
    """Looks at the start, whenever the cron fires, and when a claim left half-way may be taken over."""

    def __init__(self, rounds: Rounds, cron: CronTrigger) -> None:
        self._rounds, self._cron = rounds, cron
        self._next: datetime | None = None

    async def tick(self, now: datetime) -> list[Delivery]:
        """Does what the minute asks for, mostly nothing. After an error the next tick looks again."""
        if self._next is not None and now < self._next:
            return []
        deliveries = await self._rounds.look(now)
        for delivery in deliveries:
            if delivery.why:
                log.warning("not_posted", extra={"channel": delivery.post.channel, "why": delivery.why})
        times = (self._cron.get_next_fire_time(now, now), await self._rounds.lease_ends(now))
        self._next = min((time for time in times if time), default=None)
        return deliveries


def edition_of(dataset: Dataset, month: Month) -> Edition:
    """The monthly summary as it is posted."""
    answer = monthly_summary(dataset, month)
    return Edition(month, render(answer), words(answer.question) if answer.question else month.name)


def cron_of(settings: Settings) -> CronTrigger:
    """ALUMINA_POST_CRON in ALUMINA_TIMEZONE; SettingError where it is no cron."""
    try:
        return CronTrigger.from_crontab(settings.alumina_post_cron, timezone=settings.zone)
    except ValueError as problem:
        raise SettingError(
            f"ALUMINA_POST_CRON is wrong: {problem}; write one such as 0 9-20 * * *."
        ) from problem


@asynccontextmanager
async def ticking(ticker: Ticker, settings: Settings) -> AsyncIterator[None]:
    """Calls tick every minute, the first time at once; at the end a tick under way may finish."""
    at_work = asyncio.Lock()

    async def tick_now() -> None:
        async with at_work:
            await ticker.tick(datetime.now(settings.zone))

    scheduler = AsyncIOScheduler(timezone=settings.zone)
    scheduler.add_job(
        tick_now,
        "interval",
        minutes=MINUTES,
        next_run_time=datetime.now(settings.zone),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=GRACE_SECONDS,
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        with suppress(TimeoutError):
            await asyncio.wait_for(at_work.acquire(), LAST_TICK_SECONDS)
        scheduler.shutdown(wait=False)
