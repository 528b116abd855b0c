"""A refresh of UN Comtrade as a stream of outcomes: month by month, until the publisher has no more.

A month without figures is passed over; a few of them in a row at the recent end are those still to come.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Measure, Series
from bot.errors import FetchError, SourceError
from bot.sources.client import NEW, Fetcher
from bot.sources.comtrade import CODES, REPORTER, Entry, entries_of, page_of, records_of, reported, scope_of
from bot.sources.customs_refresh import FIRST_YEAR, Failed, Outcome, Plan, Read
from bot.sources.markup import Unreadable

PREVIEW_RECORDS = 500  # an answer without a key holds no more, and does not say that it was cut
KEYED_RECORDS = 100_000
KEY_HEADER = "Ocp-Apim-Subscription-Key"  # a header: an address is shown in messages
LOOKS_BACK_MONTHS = 36  # China's months come up to a year late, and then many at once
MEASURED: tuple[Measure, ...] = ("quantity", "value")
ENOUGH = 3  # months without figures, or answers that cannot be read, one after the other


@dataclass(frozen=True, slots=True)
class Absent:
    """A month without figures: the first of the newest, still to come, or one passed over among others."""

    month: Month
    to_come: bool


Found = Outcome | Absent


async def refresh_comtrade(fetcher: Fetcher, plan: Plan) -> AsyncIterator[Found]:
    """Every month's outcome as it comes; what cannot be fetched ends it, as do ENOUGH in a row in vain.

    Without a key its preview is asked, which is slower.
    """
    scopes = {scope for item in plan.known().catalogue.values() for scope in item.all_scopes}
    codes = [code for code in CODES if scope_of(code) in scopes]
    months, empty = _months(plan, codes), list[Month]()
    try:
        async for found in _found(fetcher, plan, codes, months, empty):
            yield found
    except FetchError as error:
        refused = " Is COMTRADE_API_KEY right?" if plan.key and error.by_hand else ""
        yield Failed(error.address, f"{error.address}: {error.reason}.{refused}")
    except TimeoutError:
        said = f"UN Comtrade: the time for one refresh ({plan.seconds:g} s) was over."
        yield Failed(plan.comtrade, said)
    for month in empty[:1]:
        yield Absent(month, to_come=True)
    plan.progress(len(months), len(months), "")


def _first_recent(known: Dataset) -> Month:
    """From here on a month without figures may still come."""
    return Month(known.today.year, known.today.month).plus(-1 - LOOKS_BACK_MONTHS)


def _months(plan: Plan, codes: Sequence[str]) -> list[Month]:
    """The months that were not taken yet, the oldest first; without `since` those that lack a figure."""
    known, recent = plan.known(), _first_recent(plan.known())
    first = Month(max(plan.since, FIRST_YEAR), 1) if plan.since else recent
    months = map(first.plus, range(first.until(recent) + LOOKS_BACK_MONTHS + 1))
    told = [
        (Series(name, flow, measure=measure), scope)
        for name, item in known.catalogue.items()
        for scope in {scope_of(code) for code in codes}.intersection(item.all_scopes)
        for flow in item.flows
        for measure in MEASURED
    ]
    return [
        month
        for month in months
        if f"un-comtrade-{month}" not in known.record.sources
        if plan.since or any(month not in known.months(*each) for each in told)
    ]


async def _found(
    fetcher: Fetcher, plan: Plan, codes: Sequence[str], months: Sequence[Month], empty: list[Month]
) -> AsyncIterator[Found]:
    """Every month's outcome; `empty` holds the recent ones asked for in vain, until a later one is there."""
    deadline, unreadable = asyncio.get_running_loop().time() + plan.seconds, 0
    for done, month in enumerate(months):
        plan.progress(done, len(months), f"UN Comtrade, {month}")
        address = _address(plan, codes, month)
        try:
            async with asyncio.timeout_at(deadline):
                entries = await _entries(fetcher, plan, codes, month)
            if entries:
                for each in empty:
                    yield Absent(each, to_come=False)
                empty.clear()
                page = page_of(reported(entries), month, plan.known(), address)
                yield Read(address, page, NEW)
                unreadable = 0
            elif month >= _first_recent(plan.known()):
                empty.append(month)
            else:
                yield Absent(month, to_come=False)
        except Unreadable as error:
            unreadable += 1
            yield Failed(address, str(SourceError(address, str(error))))
        if unreadable >= ENOUGH or len(empty) >= ENOUGH:
            return


async def _entries(fetcher: Fetcher, plan: Plan, codes: Sequence[str], month: Month) -> list[Entry]:
    """The entries of all codes; each code is asked for alone where one answer is as long as any may be."""
    address = _address(plan, codes, month)
    fetched = await fetcher.get(address, headers={KEY_HEADER: plan.key} if plan.key else {})
    records = records_of(fetched.content if fetched else b"")
    entries = entries_of(records, month)
    if len(records) < (KEYED_RECORDS if plan.key else PREVIEW_RECORDS):
        return entries
    if len(codes) == 1:
        raise Unreadable("it holds as many records as an answer may: it may be cut")
    each = [await _entries(fetcher, plan, [code], month) for code in codes]
    return [entry for entries in each for entry in entries]


def _address(plan: Plan, codes: Sequence[str], month: Month) -> str:
    path = "data/v1/get" if plan.key else "public/v1/preview"
    query = {
        "reporterCode": REPORTER,
        "period": f"{month.year}{month.number:02d}",
        "cmdCode": ",".join(codes),
        "flowCode": "M,X",
        "partner2Code": 0,
        "customsCode": "C00",
        "motCode": 0,
        "includeDesc": "true",
    }
    return f"{plan.comtrade.rstrip('/')}/{path}/C/M/HS?{urlencode(query, safe=',')}"
