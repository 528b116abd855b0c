"""A refresh of China Customs' site as a stream of outcomes, which ends in time whatever the server does."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

from bot.dataset.dataset import Dataset
from bot.errors import BY_HAND, FetchError, SourceError
from bot.sources.client import NEW, Fetched, Fetcher, Validators
from bot.sources.index import Link, links_of, wanted
from bot.sources.page import Page, read_page

FIRST_YEAR = 2018
FAILURES_ALLOWED = 3


@dataclass(frozen=True, slots=True)
class Read:
    """A page's rows, and what to keep to ask for it again."""

    address: str
    page: Page
    validators: Validators


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page that is as it was when it was read before."""

    address: str


@dataclass(frozen=True, slots=True)
class Failed:
    """What could not be fetched or read, and a sentence on why; nothing of it was taken."""

    address: str
    sentence: str


Outcome = Read | Unchanged | Failed
Progress = Callable[[int, int, str], None]  # how many are done, of how many, and which is next


def silent(done: int, total: int, name: str) -> None:
    """Shows no progress."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh is given: the publishers' addresses, and the key of UN Comtrade if there is one.

    `known` gives what is on record at the moment, with the rows just taken: a backfill's pages are weighed
    against those before them. `seen` holds the pages taken earlier, by address; a backfill goes on where it
    ended. `since` is the first year of a backfill, `seconds` the longest that each publisher may take.
    """

    known: Callable[[], Dataset]
    customs: str
    comtrade: str
    key: str | None = field(default=None, repr=False)
    seen: Mapping[str, Validators] = field(default_factory=dict)
    since: int | None = None
    progress: Progress = silent
    seconds: float = 900.0


async def refresh(fetcher: Fetcher, plan: Plan) -> AsyncIterator[Outcome]:
    """Every outcome as it comes; a wall or a third failure ends the asking, and the last outcome says so."""
    run = _Run(fetcher, plan, asyncio.get_running_loop().time() + plan.seconds)
    links: list[Link] = []
    for address in _lists(plan):
        try:
            fetched = await run.fetched(address)
            links += links_of(fetched.content, address) if fetched else ()
        except (FetchError, SourceError) as error:
            yield Failed(address, run.instead(error) if run.walled else str(error))
        if run.over:
            break
    pages = wanted(links, plan.known(), plan.since, plan.seen)
    for done, link in enumerate(pages):
        if run.over:
            why = "the site keeps programs out" if run.walled else "it failed too often"
            said = f"{'the time was over' if run.late else why}. Run it again to go on from here."
            yield Failed(plan.customs, f"{len(pages) - done} more pages were not asked for: {said}")
            return
        plan.progress(done, len(pages), link.name)
        try:
            yield await run.page_at(link)
        except (FetchError, SourceError) as error:
            yield Failed(link.address, str(error))
    plan.progress(len(pages), len(pages), "")


def _lists(plan: Plan) -> list[str]:
    """The addresses of the lists of pages: one for each year, this year's, and the flash's."""
    today = plan.known().today
    first = plan.since or (today.year - 1 if today.month <= 3 else today.year)
    years = [f"monthly{year}" for year in range(max(first, FIRST_YEAR), today.year)]
    root = f"{plan.customs.rstrip('/')}/statics/report"
    return [f"{root}/{name}.html" for name in (*years, "monthly", "preliminary")]


@dataclass(slots=True)
class _Run:
    """One refresh under way: what has failed so far, and when it has to end."""

    fetcher: Fetcher
    plan: Plan
    deadline: float
    failures: int = 0
    walled: bool = False
    late: bool = False

    @property
    def over(self) -> bool:
        return self.walled or self.late or self.failures >= FAILURES_ALLOWED

    async def fetched(self, address: str) -> Fetched | None:
        """The page; None where it has not changed. A FetchError that is counted where it cannot be had."""
        try:
            async with asyncio.timeout_at(self.deadline):
                found = await self.fetcher.get(address, self.plan.seen.get(address, NEW))
        except FetchError as error:
            self.failures, self.walled = self.failures + 1, self.walled or error.by_hand
            raise
        except TimeoutError as error:
            self.late = True
            raise FetchError(
                address, f"the time for one refresh ({self.plan.seconds:g} s) was over"
            ) from error
        self.failures = 0  # one page missing among many is no reason to stop
        return found

    async def page_at(self, link: Link) -> Outcome:
        """The page behind a link, read; it has to be of the table and month that the list says."""
        fetched = await self.fetched(link.address)
        if fetched is None:
            return Unchanged(link.address)
        page = read_page(fetched.content, link.address, self.plan.known())
        flows = {row.series.flow for row in page.rows}
        same_year = link.year in (None, page.period.year)
        if flows != {link.flow} or page.period.number != link.month or not same_year:
            raise SourceError(
                link.address, f"the list says {link.name}, the page calls itself {page.title!r}"
            )
        return Read(link.address, page, fetched.validators)

    def instead(self, error: Exception) -> str:
        """What to do where the list itself is kept from programs: which tables to save."""
        known = self.plan.known()
        month = known.calendar.newest_due("bulletin", known.today)
        return (
            f"{str(error).removesuffix(BY_HAND)} Open it in a browser, save the tables"
            " 'Major Export Commodities in Quantity and Value' and"
            f" 'Major Import Commodities in Quantity and Value' of {month.name} that it links to, then:"
            " alumina data import FILE."
        )
