"""Refreshes from China Customs and UN Comtrade: outcomes as they come, in time whatever a server does."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.intake import Intake
from bot.errors import BY_HAND, FetchError, SourceError
from bot.settings import Settings
from bot.sources import Parcel, Validators, comtrade
from bot.sources.fetcher import ENOUGH, FAILED, NEW, WALLED, Fetcher
from bot.sources.markup import Unreadable, naming
from bot.sources.page import read_page
from bot.sources.titles import Link, links_of, wanted

PUBLISHER = "China Customs"  # whose pages are read: of another trade files are taken in
FIRST_YEAR = 2018
PREVIEW_RECORDS = 500  # an answer without a key holds no more, and does not say that it was cut
KEYED_RECORDS = 100_000
KEY_HEADER = "Ocp-Apim-Subscription-Key"  # a header: an address is shown in messages
LOOKS_BACK_MONTHS = 36  # China's months come up to a year late, and then many at once


class PageResult(NamedTuple):
    """What came of an address; of one that was read the parcel, and what to ask for it again."""

    address: str
    what: Literal["read", "unchanged", "absent", "failed"]  # failed: nothing of it was taken
    parcel: Parcel | None = None
    intake: Intake | None = None  # what its rows were to the record, once they are taken in
    validators: Validators = NEW
    month: Month | None = None  # of which UN Comtrade has no figures, or none yet
    why: str = ""  # a sentence on a failure


def failure(address: str, why: str) -> PageResult:
    """What could not be fetched or read, and why."""
    return PageResult(address, "failed", why=why)


Progress = Callable[[int, int, str], None]  # how many are done, of how many, and which is next


def silent(done: int, total: int, name: str) -> None:
    """Shows no progress."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh is given: settings, and what is on record and was taken before."""

    known: Callable[[], Dataset]  # at the moment: a backfill's pages are weighed against those just taken
    settings: Settings  # the publishers' addresses, and a key
    seen: Mapping[str, Validators] = field(default_factory=dict)  # by address; a backfill goes on from there
    since: int | None = None  # the first year of a backfill
    progress: Progress = silent

    @property
    def comtrade_key(self) -> str:
        """UN Comtrade's key; '' where none is set."""
        return self.settings.plain("COMTRADE_API_KEY")


async def refresh_customs(fetcher: Fetcher, plan: Plan) -> AsyncIterator[PageResult]:
    """Every outcome as it comes; a wall or a third failure ends the asking, and the last outcome says so."""
    run, links = replace(fetcher), list[Link]()
    for address in _lists(plan):
        try:
            fetched = await run.get(address, plan.seen.get(address, NEW))
            links += links_of(fetched[0], address) if fetched else ()
        except (FetchError, SourceError) as error:
            yield failure(address, _instead(error, plan) if run.over == WALLED else str(error))
        if run.over:
            break
    pages = wanted(links, plan.known(), plan.since, plan.seen)
    for done, link in enumerate(pages):
        if run.over:
            said = f"{len(pages) - done} more pages were not asked for: {run.over}."
            yield failure(plan.settings.customs_url, f"{said} Run it again to go on from here.")
            return
        plan.progress(done, len(pages), link.name)
        try:
            yield await _page_at(link, run, plan)
        except (FetchError, SourceError) as error:
            yield failure(link.address, str(error))
    plan.progress(len(pages), len(pages), "")


def _lists(plan: Plan) -> list[str]:
    """The addresses of the lists of pages: one for each year, this year's, and the flash's."""
    today = plan.known().today
    first = plan.since or (today.year - 1 if today.month <= 3 else today.year)
    years = [f"monthly{year}" for year in range(max(first, FIRST_YEAR), today.year)]
    root = f"{plan.settings.customs_url.rstrip('/')}/statics/report"
    return [f"{root}/{name}.html" for name in (*years, "monthly", "preliminary")]


def _instead(error: Exception, plan: Plan) -> str:
    """What to do where the list itself is kept from programs: which tables to save."""
    month = plan.known().calendar.newest_due("bulletin", plan.known().today)
    titles = (f"'Major {flow} Commodities in Quantity and Value'" for flow in ("Export", "Import"))
    said = f"Open it in a browser, save the tables {' and '.join(titles)} of {month.name} that it links to"
    return f"{str(error).removesuffix(BY_HAND)} {said}, then: alumina data import FILE."


async def _page_at(link: Link, run: Fetcher, plan: Plan) -> PageResult:
    """The page behind a link, read; it has to be of the table and month that the list says."""
    if not (fetched := await run.get(link.address, plan.seen.get(link.address, NEW))):
        return PageResult(link.address, "unchanged")
    page = read_page(fetched[0], link.address, plan.known())
    flows, end = {row.series.flow for row in page.rows}, max(row.period.end for row in page.rows)
    if flows != {link.flow} or end.number != link.month or link.year not in (None, end.year):
        raise SourceError(link.address, f"the list says {link.name}, the page calls itself {page.title!r}")
    return PageResult(link.address, "read", page, validators=fetched[1])


async def refresh_comtrade(fetcher: Fetcher, plan: Plan) -> AsyncIterator[PageResult]:
    """Every month's outcome as it comes; what cannot be fetched ends it, as do ENOUGH in a row in vain."""
    scopes = {scope for item in plan.known().catalogue.values() for scope in item.all_scopes}
    codes = [code for code in comtrade.CODES if comtrade.scope_of(code) in scopes]
    run = replace(fetcher, headers={KEY_HEADER: plan.comtrade_key} if plan.comtrade_key else {})
    today = Month.of_day(plan.known().today)
    asked_again_from = today.plus(-1 - LOOKS_BACK_MONTHS)
    first = Month(max(plan.since, FIRST_YEAR), 1) if plan.since else asked_again_from
    past = map(first.plus, range(first.until(today)))
    months = [month for month in past if f"un-comtrade-{month}" not in plan.known().record.sources]
    in_vain = 0
    for done, month in enumerate(months):
        if run.over or in_vain >= ENOUGH:
            break
        plan.progress(done, len(months), f"UN Comtrade, {month}")
        yield (outcome := await _month_at(month, codes, run, plan))
        if outcome.parcel:
            in_vain = 0
        elif outcome.what == "failed" or month >= asked_again_from:  # an older month may lack
            in_vain += 1
    plan.progress(len(months), len(months), "")


async def _month_at(month: Month, codes: Sequence[str], run: Fetcher, plan: Plan) -> PageResult:
    address = _address(plan, codes, month)
    try:
        with naming(address):
            if not (trade_records := await _trade_records(run, plan, codes, month)):
                return PageResult(address, "absent", month=month)
            comtrade.check_partners(trade_records)
            page = comtrade.parcel_of(trade_records, month, plan.known(), address)
            return PageResult(address, "read", page)
    except SourceError as error:
        return failure(address, str(error))
    except FetchError as error:
        refused = " Is COMTRADE_API_KEY right?" if plan.comtrade_key and error.by_hand else ""
        run.over = run.over or FAILED
        return failure(address, f"{error.address}: {error.reason}.{refused}")


async def _trade_records(
    run: Fetcher, plan: Plan, codes: Sequence[str], month: Month
) -> list[comtrade.TradeRecord]:
    """Those of all codes; each code is asked for alone where one answer is as long as any may be."""
    fetched = await run.get(_address(plan, codes, month))
    records = comtrade.records_of(fetched[0] if fetched else b"")
    trade_records = comtrade.trade_records_of(records, month)
    if len(records) < (KEYED_RECORDS if plan.comtrade_key else PREVIEW_RECORDS):
        return trade_records
    if len(codes) == 1:
        raise Unreadable("it holds as many records as an answer may: it may be cut")
    return [each for code in codes for each in await _trade_records(run, plan, [code], month)]


def _address(plan: Plan, codes: Sequence[str], month: Month) -> str:
    path = "data/v1/get" if plan.comtrade_key else "public/v1/preview"
    whole = "flowCode=M,X&partner2Code=0&customsCode=C00&motCode=0&includeDesc=true"  # and no breakdowns
    reporter, period = comtrade.REPORTER, f"{month.year}{month.number:02d}"
    asked = f"reporterCode={reporter}&period={period}&cmdCode={','.join(codes)}&{whole}"
    return f"{plan.settings.comtrade_url.rstrip('/')}/{path}/C/M/HS?{asked}"
