"""The clockwork: a plain `tick(now)` every minute, which now and then looks whether a month is complete."""

import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
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
from bot.posts.due import Destination, due
from bot.posts.ledger import LEASE, Ledger
from bot.questions import words
from bot.settings import Settings

MINUTES = 1
# A minute's job that was late for as long as a deploy or a pause of the machine takes is still run, once.
GRACE_SECONDS = 3600

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rounds:
    """What one look needs: the figures, the day, the channels, the ledger, and the way to Slack."""

    dataset: Dataset
    today: Callable[[], date]
    destinations: tuple[Destination, ...]
    ledger: Ledger
    client: AsyncWebClient
    clock: Callable[[], datetime]

    async def look(self, now: datetime) -> list[Delivery]:
        """Posts the newest complete month to every channel that lacks it; one delivery each."""
        dataset = self.dataset.on(self.today())
        newest = dataset.newest_complete()
        posts = due(now, self.destinations, newest, await self.ledger.entries())
        if not posts or newest is None:
            return []
        edition = edition_of(dataset, newest)
        return [
            await deliver(post, edition, client=self.client, ledger=self.ledger, clock=self.clock)
            for post in posts
        ]


class Ticker:
    """Looks at the start and whenever the cron fires; sooner where a delivery was left open."""

    def __init__(self, look: Rounds, cron: CronTrigger) -> None:
        self._rounds, self._cron = look, cron
        self._next: datetime | None = None

    async def tick(self, now: datetime) -> list[Delivery]:
        """Does what the minute asks for, mostly nothing."""
        if self._next is not None and now < self._next:
            return []
        self._next = self._cron.get_next_fire_time(now, now)
        deliveries = await self._rounds.look(now)
        if unfinished(deliveries):
            self._next = min(self._next or now + LEASE, now + LEASE)
        return deliveries


def unfinished(deliveries: Iterable[Delivery]) -> bool:
    """Whether any needs another look once its lease is over; says why anything was not posted."""
    again = False
    for delivery in deliveries:
        if delivery.why:
            log.warning("not_posted", extra={"channel": delivery.post.channel, "why": delivery.why})
        again = again or delivery.outcome in ("held", "unknown")
    return again


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
    """Calls tick every minute, the first time at once; a tick under way is waited for by nobody twice."""

    async def tick_now() -> None:
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
        scheduler.shutdown(wait=False)
