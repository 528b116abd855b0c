"""A refresh from the publishers' sites into the table: page by page, one refresh at a time."""

import logging
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.dataset.dataset import Dataset
from bot.dataset.intake import Intake
from bot.errors import UserError
from bot.settings import Settings
from bot.sources.client import Fetcher, Validators, web_client
from bot.sources.comtrade_refresh import ComtradePlan, Found, NotYet, PassedOver, refresh_comtrade
from bot.sources.customs_refresh import Failed, Plan, Progress, Read, Unchanged, refresh, silent
from bot.store.figures import SeenPage
from bot.supply.alone import alone
from bot.supply.parcel import Parcel, parcel_of_page
from bot.supply.take import Depot

log = logging.getLogger(__name__)

BUSY = "Another refresh is under way: what it brings is served as it comes. Run this again when it is done."


class BusyError(UserError):
    """Two refreshes at once would ask the publishers for everything twice."""

    exit_status = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A page that was read, and what its rows were to the record."""

    parcel: Parcel
    intake: Intake


Report = Taken | Unchanged | Failed | NotYet | PassedOver


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
    async with alone(settings, depot.figures.engine) as first, web_client() as client:
        if not first:
            raise BusyError(BUSY)
        run = _Run(depot, now, await depot.dataset())
        pages = await depot.figures.pages()
        seen = {address: Validators(page.etag, page.modified) for address, page in pages.items()}
        fetch = fetcher or Fetcher(client)
        plan = Plan(run.known, seen, since, settings.customs_url, progress=progress)
        async for outcome in refresh(fetch, plan):
            yield await run.report(outcome)
        comtrade = ComtradePlan(
            run.known, settings.comtrade_key, since, settings.comtrade_url, progress=progress
        )
        async for found in refresh_comtrade(fetch, comtrade):
            yield await run.report(found)


@dataclass(slots=True)
class _Run:
    depot: Depot
    now: Callable[[], datetime]
    dataset: Dataset

    def known(self) -> Dataset:
        """What is on record, with the pages taken so far."""
        return self.dataset

    async def report(self, outcome: Found) -> Report:
        """Takes a page that was read; everything else is passed on."""
        if not isinstance(outcome, Read):
            return outcome
        parcel = parcel_of_page(outcome.page)
        page = SeenPage(outcome.address[:512], outcome.validators.etag, outcome.validators.modified)
        intake = await self.depot.take(parcel, self.now(), page)
        if intake.arrivals:
            self.dataset = await self.depot.dataset()
        log.info(
            "page_taken", extra={"page": parcel.name, "new": len(intake.arrivals), "held": len(intake.held)}
        )
        return Taken(parcel, intake)
