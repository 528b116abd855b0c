"""A running process and the table: newer figures are served between two questions, and the owner is told."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from bot.dataset.coverage import waiting
from bot.dataset.dataset import Dataset, Record
from bot.dataset.guard.neighbours import grouped, key_of
from bot.dataset.intake import replaced
from bot.dataset.model import Row
from bot.messages.blocks import Message
from bot.messages.supply import owner_message
from bot.profile import profile
from bot.settings import Settings
from bot.sources.refreshes import PUBLISHER
from bot.store.figures import SERVED, Contents, Figures, with_contents
from bot.supply.take import BusyError, Depot, refreshed
from bot.ticking import ticking
from bot.words import speaking
from bot.worker import Worker

log = logging.getLogger(__name__)

Tell = Callable[[Message], Awaitable[None]]
LOOK_FOR_NEW_SECONDS = 600.0
HOURLY = timedelta(hours=1)


@dataclass(slots=True)
class Watch:
    """Keeps the record of one process at the table's newest version."""

    base: Record
    figures: Figures
    settings: Settings
    tell: Tell | None = None
    forked: Worker | None = None
    _looked_at: datetime | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def look(self) -> None:
        """Serves a newer version, if there is one, once all of it is derived; tells the owner of it."""
        async with self._turn:  # who began before it was there must not put an older one in its place
            if await self.figures.version() == self.base.current.version:
                return
            contents = await self.figures.contents()
            take = partial(serve_with, contents, self.settings.today())
            if self.forked:
                await self.forked.run("", take)
            await asyncio.to_thread(take, self.base.as_of(self.settings.today()))
            newer = self.base.current
            log.info("figures_served", extra={"version": newer.version, "rows": len(newer.rows)})
            if not self.tell:
                return
            versions = await self.figures.untold(contents.version)  # to be told once
            held = [(each.row, each.why) for each in contents.held if each.version in versions]
            changed = _changed(self.base, contents, versions)
            with speaking(self.settings.alumina_language):
                message = owner_message(held, changed)
            if message:
                await self.tell(message)

    async def refresh(self) -> None:
        """Looks at the publishers' sites when it is time."""
        now, today = self.settings.now(), self.settings.today()
        if not is_time(self.base.current.as_of(today), self._looked_at, now):
            return
        self._looked_at, depot = now, Depot(self.base, self.figures, today)
        with suppress(BusyError):  # another process brings the same
            async with aclosing(refreshed(self.settings, depot, self.settings.now)) as reports:
                async for report in reports:
                    if report.what == "failed":
                        log.warning("page_failed", extra={"page": report.address, "why": report.why})
        await self.look()


def serve_with(contents: Contents, today: date, dataset: Dataset) -> None:
    """Serves a record with what the table holds from now on, once all of it is derived."""
    newer = with_contents(dataset.record, contents)
    newer.as_of(today).derived()
    dataset.record.serve(newer)


def _changed(base: Record, contents: Contents, versions: Collection[int]) -> list[tuple[Row, Row]]:
    """The old numbers for which some versions of the table brought others, each with the new one."""
    vintages, changed = grouped(base.alike(contents.served), key_of), list[tuple[Row, Row]]()
    for each in contents.rows:
        if each.state in SERVED:
            earlier = vintages.setdefault(key_of(each.row), [])
            before = replaced(each.row, earlier)
            if before and each.version in versions:
                changed.append((before, each.row))
            earlier.append(each.row)
    return changed


def is_time(dataset: Dataset, last: datetime | None, now: datetime) -> bool:
    """Whether to look for what is due: hourly, as long as anything is."""
    is_due = any(each.due and not each.hole for each in waiting(dataset))
    return is_due and (last is None or now - last >= HOURLY)


def refreshes(settings: Settings) -> bool:
    """Whether this process looks at all: as ALUMINA_REFRESH says, else where it lives in Slack and today."""
    if settings.alumina_refresh:
        return settings.alumina_refresh == "on"
    if profile().publisher != PUBLISHER:
        return False
    return settings.slack_api_url == "https://slack.com/api/" and settings.alumina_today is None


@asynccontextmanager
async def watching(watch: Watch, every_seconds: float, *, refreshing: bool) -> AsyncIterator[None]:
    """The newest figures at once, and as they come for as long as the block lasts."""
    for row in watch.base.refused:
        log.warning("row_left_out", extra={"why": str(row)})
    await watch.look()
    async with AsyncExitStack() as jobs:
        await jobs.enter_async_context(ticking(watch.look, every_seconds))
        if refreshing:
            await jobs.enter_async_context(ticking(watch.refresh, LOOK_FOR_NEW_SECONDS))
        yield
