"""Refreshes from China Customs and UN Comtrade: outcomes as they come, in time whatever a server does."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Measure, Series
from bot.errors import BY_HAND, FetchError, SourceError
from bot.sources.client import NEW, Fetched, Fetcher, Validators
from bot.sources.comtrade import CODES, REPORTER, Entry, entries_of, page_of, records_of, reported, scope_of
from bot.sources.index import Link, links_of, wanted
from bot.sources.markup import Unreadable, naming
from bot.sources.page import Page, read_page

FIRST_YEAR = 2018
ENOUGH = 3  # failures, answers that cannot be read, or months without figures, one after the other
WALLED, LATE, FAILED = "the site keeps programs out", "the time was over", "it failed too often"
PREVIEW_RECORDS = 500  # an answer without a key holds no more, and does not say that it was cut
KEYED_RECORDS = 100_000
KEY_HEADER = "Ocp-Apim-Subscription-Key"  # a header: an address is shown in messages
LOOKS_BACK_MONTHS = 36  # China's months come up to a year late, and then many at once
MEASURED: tuple[Measure, ...] = ("quantity", "value")


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


@dataclass(frozen=True, slots=True)
class Absent:
    """A month without figures: the first of the newest, still to come, or one passed over among others."""

    month: Month
    to_come: bool


Outcome = Read | Unchanged | Failed | Absent
Progress = Callable[[int, int, str], None]  # how many are done, of how many, and which is next


def silent(done: int, total: int, name: str) -> None:
    """Shows no progress."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh is given: the publishers' addresses, and what is on record and was taken before."""

    known: Callable[[], Dataset]  # at the moment: a backfill's pages are weighed against those just taken
    customs: str
    comtrade: str
    key: str | None = field(default=None, repr=False)  # of UN Comtrade
    seen: Mapping[str, Validators] = field(default_factory=dict)  # by address; a backfill goes on from there
    since: int | None = None  # the first year of a backfill
    progress: Progress = silent
    seconds: float = 900.0  # at most, for each publisher


class _Run:
    """One refresh under way: how often it failed in a row, and why it is over."""

    def __init__(self, fetcher: Fetcher, plan: Plan) -> None:
        self.fetcher, self.plan, self.failures, self.over = fetcher, plan, 0, ""
        self.deadline = asyncio.get_running_loop().time() + plan.seconds

    async def fetched(self, address: str, headers: Mapping[str, str] | None = None) -> Fetched | None:
        """The page; None where it has not changed. A FetchError that is counted where it cannot be had."""
        try:
            async with asyncio.timeout_at(self.deadline):
                found = await self.fetcher.get(address, self.plan.seen.get(address, NEW), headers)
        except FetchError as error:
            self.failures += 1
            self.over = WALLED if error.by_hand else FAILED if self.failures >= ENOUGH else ""
            raise
        except TimeoutError as error:
            self.over = LATE
            reason = f"the time for one refresh ({self.plan.seconds:g} s) was over"
            raise FetchError(address, reason) from error
        self.failures = 0  # one page missing among many is no reason to stop
        return found


async def refresh_customs(fetcher: Fetcher, plan: Plan) -> AsyncIterator[Outcome]:
    """Every outcome as it comes; a wall or a third failure ends the asking, and the last outcome says so."""
    run, links = _Run(fetcher, plan), list[Link]()
    for address in _lists(plan):
        try:
            fetched = await run.fetched(address)
            links += links_of(fetched.content, address) if fetched else ()
        except (FetchError, SourceError) as error:
            yield Failed(address, _instead(error, plan) if run.over == WALLED else str(error))
        if run.over:
            break
    pages = wanted(links, plan.known(), plan.since, plan.seen)
    for done, link in enumerate(pages):
        if run.over:
            said = f"{len(pages) - done} more pages were not asked for: {run.over}."
            yield Failed(plan.customs, f"{said} Run it again to go on from here.")
            return
        plan.progress(done, len(pages), link.name)
        try:
            yield await _page_at(link, run)
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


def _instead(error: Exception, plan: Plan) -> str:
    """What to do where the list itself is kept from programs: which tables to save."""
    known = plan.known()
    tables = (f"'Major {flow} Commodities in Quantity and Value'" for flow in ("Export", "Import"))
    month = known.calendar.newest_due("bulletin", known.today)
    return (
        f"{str(error).removesuffix(BY_HAND)} Open it in a browser, save the tables {' and '.join(tables)} of"
        f" {month.name} that it links to, then: alumina data import FILE."
    )


async def _page_at(link: Link, run: _Run) -> Read | Unchanged:
    """The page behind a link, read; it has to be of the table and month that the list says."""
    fetched = await run.fetched(link.address)
    if fetched is None:
        return Unchanged(link.address)
    page = read_page(fetched.content, link.address, run.plan.known())
    flows, same_year = {row.series.flow for row in page.rows}, link.year in (None, page.period.year)
    if flows != {link.flow} or page.period.number != link.month or not same_year:
        raise SourceError(link.address, f"the list says {link.name}, the page calls itself {page.title!r}")
    return Read(link.address, page, fetched.validators)


async def refresh_comtrade(fetcher: Fetcher, plan: Plan) -> AsyncIterator[Outcome]:
    """Every month's outcome as it comes; what cannot be fetched ends it, as do ENOUGH in a row in vain."""
    scopes = {scope for item in plan.known().catalogue.values() for scope in item.all_scopes}
    codes = [code for code in CODES if scope_of(code) in scopes]
    recent = Month.of_day(plan.known().today).plus(-1 - LOOKS_BACK_MONTHS)
    run, months, empty = _Run(fetcher, plan), _months(plan, codes, recent), list[Month]()
    try:
        async for outcome in _by_month(run, codes, months, recent, empty):
            yield outcome
    except FetchError as error:
        refused = " Is COMTRADE_API_KEY right?" if plan.key and error.by_hand else ""
        address, name = (plan.comtrade, "UN Comtrade") if run.over == LATE else (error.address,) * 2
        yield Failed(address, f"{name}: {error.reason}.{refused}")
    for month in empty[:1]:
        yield Absent(month, to_come=True)
    plan.progress(len(months), len(months), "")


def _months(plan: Plan, codes: Sequence[str], recent: Month) -> list[Month]:
    """The months that were not taken yet, the oldest first; without `since` those that lack a figure."""
    known = plan.known()
    first = Month(max(plan.since, FIRST_YEAR), 1) if plan.since else recent
    months = map(first.plus, range(first.until(recent) + LOOKS_BACK_MONTHS + 1))
    left = [month for month in months if f"un-comtrade-{month}" not in known.record.sources]
    figures = [
        known.months(Series(name, flow, measure=measure), scope)
        for name, item in known.catalogue.items()
        for scope in {scope_of(code) for code in codes}.intersection(item.all_scopes)
        for flow in item.flows
        for measure in MEASURED
    ]
    return [month for month in left if plan.since or any(month not in there for there in figures)]


async def _by_month(
    run: _Run, codes: Sequence[str], months: Sequence[Month], recent: Month, empty: list[Month]
) -> AsyncIterator[Outcome]:
    """Every month's outcome; `empty` holds those from `recent` on without figures, until a later has some."""
    plan, unreadable = run.plan, 0
    for done, month in enumerate(months):
        plan.progress(done, len(months), f"UN Comtrade, {month}")
        address = _address(plan, codes, month)
        try:
            with naming(address):
                if entries := await _entries(run, codes, month):
                    for each in empty:
                        yield Absent(each, to_come=False)
                    empty.clear()
                    yield Read(address, page_of(reported(entries), month, plan.known(), address), NEW)
                    unreadable = 0
                elif month >= recent:
                    empty.append(month)
                else:
                    yield Absent(month, to_come=False)
        except SourceError as error:
            unreadable += 1
            yield Failed(address, str(error))
        if unreadable >= ENOUGH or len(empty) >= ENOUGH:
            return


async def _entries(run: _Run, codes: Sequence[str], month: Month) -> list[Entry]:
    """The entries of all codes; each code is asked for alone where one answer is as long as any may be."""
    key = run.plan.key
    fetched = await run.fetched(_address(run.plan, codes, month), {KEY_HEADER: key} if key else None)
    records = records_of(fetched.content if fetched else b"")
    entries = entries_of(records, month)
    if len(records) < (KEYED_RECORDS if key else PREVIEW_RECORDS):
        return entries
    if len(codes) == 1:
        raise Unreadable("it holds as many records as an answer may: it may be cut")
    return [entry for code in codes for entry in await _entries(run, [code], month)]


def _address(plan: Plan, codes: Sequence[str], month: Month) -> str:
    path = "data/v1/get" if plan.key else "public/v1/preview"
    whole = "flowCode=M,X&partner2Code=0&customsCode=C00&motCode=0&includeDesc=true"  # and no breakdowns
    asked = f"reporterCode={REPORTER}&period={month.year}{month.number:02d}&cmdCode={','.join(codes)}"
    return f"{plan.comtrade.rstrip('/')}/{path}/C/M/HS?{asked}&{whole}"
