"""A refresh of China Customs' site as a stream of outcomes, which ends in time whatever the server does."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.dataset.dataset import Dataset
from bot.errors import BY_HAND, FetchError, SourceError
from bot.sources import page_selection
from bot.sources.client import NEW, Fetched, Fetcher, Validators
from bot.sources.index import Link, links_of
from bot.sources.page import Page, read_page

CUSTOMS = "http://english.customs.gov.cn"
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
    """What could not be fetched or read, and a sentence on why; nothing of it was taken.

    `by_hand` is true where a person with a browser would get it.
    """

    address: str
    sentence: str
    by_hand: bool = False


Outcome = Read | Unchanged | Failed
Progress = Callable[[int, int, str], None]  # how many are done, of how many, and which is next


def silent(done: int, total: int, name: str) -> None:
    """Shows no progress."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh is given.

    `known` gives what is on record at the moment, with the rows just taken: a backfill's pages are weighed
    against those before them. `seen` holds the pages taken earlier, by address; a backfill goes on where it
    ended. `since` is the first year of a backfill, `seconds` the longest that all of it may take.
    """

    known: Callable[[], Dataset]
    seen: Mapping[str, Validators] = field(default_factory=dict)
    since: int | None = None
    base: str = CUSTOMS
    seconds: float = 900.0
    progress: Progress = silent

    @property
    def today(self) -> date:
        """The day that the record lives on."""
        return self.known().today

    @property
    def lists(self) -> tuple[str, ...]:
        """The addresses of the lists of pages: one for each year, this year's, and the flash's."""
        year = self.today.year
        first = self.since or (year - 1 if self.today.month <= 3 else year)
        named = [f"monthly{each}" for each in range(max(first, FIRST_YEAR), year)]
        names = [*named, "monthly", "preliminary"]
        return tuple(f"{self.base.rstrip('/')}/statics/report/{name}.html" for name in names)

    def wanted(self, links: list[Link]) -> list[Link]:
        """The pages to ask for, the oldest first."""
        if self.since is None:
            return page_selection.newest(links, self.known())
        return page_selection.since(self.since, links, self.known(), self.seen)


async def refresh(fetcher: Fetcher, plan: Plan) -> AsyncIterator[Outcome]:
    """Every outcome as it comes; a wall or a third failure ends the asking, and the last outcome says so."""
    run = _Run(fetcher, plan, asyncio.get_running_loop().time() + plan.seconds)
    links: list[Link] = []
    for address in plan.lists:
        found = await run.list_at(address)
        if isinstance(found, Failed):
            yield found
        else:
            links += found
        if run.over:
            break
    pages = plan.wanted(links)
    for done, link in enumerate(pages):
        if run.over:
            yield Failed(plan.base, run.left_out(len(pages) - done), by_hand=run.walled)
            return
        plan.progress(done, len(pages), link.name)
        yield await run.page_at(link)
    plan.progress(len(pages), len(pages), "")


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

    async def list_at(self, address: str) -> list[Link] | Failed:
        """The links of a list; an unreadable one is a failure."""
        found = await self._fetched(address, NEW)
        if isinstance(found, Failed):
            return replace(found, sentence=self._instead(found)) if found.by_hand else found
        if isinstance(found, Unchanged):
            return []
        try:
            return list(links_of(found.content, address))
        except SourceError as error:
            return Failed(address, str(error))

    async def page_at(self, link: Link) -> Outcome:
        """The page behind a link, read; it has to be of the table and month that the list says."""
        found = await self._fetched(link.address, self.plan.seen.get(link.address, NEW))
        if not isinstance(found, Fetched):
            return found
        known = self.plan.known()
        try:
            page = read_page(found.content, link.address, known.catalogue, known, known.today)
            _check(page, link)
        except SourceError as error:
            return Failed(link.address, str(error))
        return Read(link.address, page, found.validators)

    async def _fetched(self, address: str, seen: Validators) -> Fetched | Unchanged | Failed:
        try:
            async with asyncio.timeout_at(self.deadline):
                found = await self.fetcher.get(address, seen)
            self.failures = 0  # one page missing among many is no reason to stop
            return found or Unchanged(address)
        except FetchError as error:
            self.failures, self.walled = self.failures + 1, self.walled or error.by_hand
            return Failed(address, str(error), error.by_hand)
        except TimeoutError:
            self.late = True
            return Failed(address, f"{address}: the time for one refresh ({self.plan.seconds:g} s) was over.")

    def _instead(self, failed: Failed) -> str:
        """What to do where the list itself is kept from programs: which tables to save."""
        month = self.plan.known().calendar.newest_due("bulletin", self.plan.today)
        reason = failed.sentence.removesuffix(BY_HAND)
        return (
            f"{reason} Open it in a browser, save the tables 'Major Export Commodities in Quantity and Value'"
            f" and 'Major Import Commodities in Quantity and Value' of {month.name} that it links to, then:"
            " alumina data import FILE."
        )

    def left_out(self, pages: int) -> str:
        """The sentence on the pages that were not asked for any more."""
        why = "the site keeps programs out" if self.walled else "it failed too often"
        said = "the time was over" if self.late else why
        return f"{pages} more pages were not asked for: {said}. Run it again to go on from here."


def _check(page: Page, link: Link) -> None:
    """A SourceError where the page is of another table or month than the list says."""
    flows = {row.series.flow for row in page.rows}
    same_year = link.year in (None, page.period.year)
    if flows != {link.flow} or page.period.number != link.month or not same_year:
        raise SourceError(link.address, f"the list says {link.name}, the page calls itself {page.title!r}")
