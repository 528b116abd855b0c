"""A refresh from the publishers' sites into the table: page by page, one refresh at a time."""

import fcntl
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.intake import Intake
from bot.errors import UserError
from bot.settings import Settings
from bot.sources.client import Fetcher, Validators, web_client
from bot.sources.comtrade_refresh import Absent, refresh_comtrade
from bot.sources.customs_refresh import Failed, Plan, Progress, Read, Unchanged, refresh, silent
from bot.store.engine import database_url, is_sqlite
from bot.store.figures import SeenPage
from bot.supply.parcel import Parcel, parcel_of
from bot.supply.take import Depot

log = logging.getLogger(__name__)

REFRESH_LOCK = 5_326_014  # any fixed number: which lock of PostgreSQL's it is
BUSY = "Another refresh is under way: what it brings is served as it comes. Run this again when it is done."


class BusyError(UserError):
    """Two refreshes at once would ask the publishers for everything twice."""

    exit_status = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A page that was read, and what its rows were to the record."""

    parcel: Parcel
    intake: Intake


Report = Taken | Unchanged | Failed | Absent


async def refreshed(
    settings: Settings,
    depot: Depot,
    now: Callable[[], datetime],
    *,
    since: int | None = None,
    progress: Progress = silent,
    fetcher: Fetcher | None = None,
) -> AsyncGenerator[Report]:
    """Every page as it is taken; a BusyError where another refresh is under way.

    A page counts as read in the transaction that adds its rows: one that was broken off goes on there.
    """
    async with refresh_lock(settings, depot.figures.engine) as first, web_client() as client:
        if not first:
            raise BusyError(BUSY)
        dataset, pages = await depot.dataset(), await depot.figures.pages()
        seen = {address: Validators(page.etag, page.modified) for address, page in pages.items()}
        plan = Plan(
            known=lambda: dataset,
            customs=settings.customs_url,
            comtrade=settings.comtrade_url,
            key=settings.comtrade_key,
            seen=seen,
            since=since,
            progress=progress,
        )
        fetch = fetcher or Fetcher(client)
        for found in (refresh(fetch, plan), refresh_comtrade(fetch, plan)):
            async for outcome in found:
                if not isinstance(outcome, Read):
                    yield outcome
                    continue
                taken = await _taken(outcome, depot, now())
                if taken.intake.arrivals:
                    dataset = await depot.dataset()
                yield taken


async def _taken(read: Read, depot: Depot, now: datetime) -> Taken:
    parcel = parcel_of([read.page], read.page.source.title)
    page = SeenPage(read.address[:512], read.validators.etag, read.validators.modified)
    intake = await depot.take(parcel, now, page)
    extra = {"page": parcel.name, "new": len(intake.arrivals), "held": len(intake.held)}
    log.info("page_taken", extra=extra)
    return Taken(parcel, intake)


@asynccontextmanager
async def refresh_lock(settings: Settings, engine: AsyncEngine) -> AsyncIterator[bool]:
    """Whether no other refresh was under way; none begins while the block lasts, the next may at its end."""
    if is_sqlite(settings):
        with _locked(Path(f"{database_url(settings).database}.refresh")) as first:
            yield first
        return
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")  # no transaction for so long
        first = bool(await connection.scalar(select(func.pg_try_advisory_lock(REFRESH_LOCK))))
        try:
            yield first
        finally:
            if first:
                # Not left to the connection's end, which the server may notice after the next one has begun.
                try:
                    await connection.execute(select(func.pg_advisory_unlock(REFRESH_LOCK)))
                except DBAPIError:
                    await connection.invalidate()  # a connection that is gone holds nothing


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
