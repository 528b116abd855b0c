"""A running process and the table: newer figures are served between two questions, and the owner is told."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.dataset.dataset import Record
from bot.errors import AluminaError
from bot.messages.blocks import escape
from bot.messages.supply import owner_lines
from bot.settings import Settings
from bot.sources.customs_refresh import Failed
from bot.store.current import with_contents
from bot.store.figures import Contents, Figures
from bot.supply.change_report import changes_of
from bot.supply.refresh_run import refreshed
from bot.supply.take import Depot
from bot.supply.window import is_time

log = logging.getLogger(__name__)

Tell = Callable[[str], Awaitable[None]]
LOOK_FOR_NEW_SECONDS = 600.0


@dataclass(slots=True)
class Watch:
    """Keeps the record of one process at the table's newest version."""

    base: Record
    figures: Figures
    settings: Settings
    tell: Tell | None = None
    _looked_at: datetime | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def look(self) -> None:
        """Serves a newer version, if there is one, once all of it is derived; tells the owner of it."""
        async with self._turn:  # who began before it was there must not put an older one in its place
            await self._look()

    async def _look(self) -> None:
        if await self.figures.version() == self.base.current.version:
            return
        contents = await self.figures.contents()
        newer = with_contents(self.base, contents)
        await asyncio.to_thread(newer.as_of(self.settings.today()).derived)
        self.base.serve(newer)
        log.info("figures_served", extra={"version": newer.version, "rows": len(newer.rows)})
        await self._tell(contents)

    async def _tell(self, contents: Contents) -> None:
        # What has come since waits until it is served: it is not in these contents.
        versions = await self.figures.untold(contents.version) if self.tell else []
        lines = list(owner_lines(changes_of(self.base, contents, versions), self.base.catalogue))
        if lines and self.tell:
            await self.tell("\n".join(map(escape, lines)))

    async def refresh(self) -> None:
        """Looks at the publishers' sites when it is time."""
        now, today = self.settings.now(), self.settings.today()
        if not is_time(self.base.current.as_of(today), self._looked_at, now):
            return
        self._looked_at, depot = now, Depot(self.base, self.figures, today)
        async with aclosing(refreshed(self.settings, depot, self.settings.now)) as reports:
            async for report in reports:
                if isinstance(report, Failed):
                    log.warning("page_failed", extra={"page": report.address, "why": report.sentence})
        await self.look()


@asynccontextmanager
async def watching(watch: Watch, every_seconds: float, *, refreshing: bool) -> AsyncIterator[None]:
    """The newest figures at once, and as they come for as long as the block lasts."""
    for row in watch.base.refused:
        log.warning("row_left_out", extra={"why": str(row)})
    await watch.look()
    jobs = [_repeated(watch.look, every_seconds)]
    jobs += [_repeated(watch.refresh, LOOK_FOR_NEW_SECONDS)] if refreshing else []
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _repeated(job: Callable[[], Awaitable[None]], seconds: float) -> None:
    """Again and again: a database or a site that is away for a while comes back."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await job()
        except (AluminaError, SQLAlchemyError, OSError) as trouble:
            log.warning("figures_not_looked_at", extra={"why": str(trouble)}, exc_info=True)
