"""A refresh of UN Comtrade as a stream of outcomes: month by month, until the publisher has no more."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.errors import FetchError, SourceError
from bot.sources.client import NEW, Fetcher
from bot.sources.comtrade import CODES, REPORTER, Entry, answer_of, page_of, scope_of
from bot.sources.refresh import FIRST_YEAR, Failed, Outcome, Progress, Read, silent

COMTRADE = "https://comtradeapi.un.org"
PREVIEW_RECORDS = 500  # an answer without a key holds no more, and does not say that it was cut
KEYED_RECORDS = 100_000
KEY_HEADER = "Ocp-Apim-Subscription-Key"  # a header: an address is shown in messages
LOOKS_BACK_MONTHS = 14


@dataclass(frozen=True, slots=True)
class NotYet:
    """A month that the publisher has not yet; those after it were not asked for."""

    month: Month


@dataclass(frozen=True, slots=True)
class ComtradePlan:
    """What a refresh of UN Comtrade is given; without a key its preview is asked, which is slower."""

    known: Callable[[], Dataset]
    key: str | None = None
    since: int | None = None
    base: str = COMTRADE
    seconds: float = 900.0
    progress: Progress = silent

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the catalogue has a scope for."""
        scopes = {scope for commodity in self.known().catalogue.values() for scope in commodity.all_scopes}
        return tuple(code for code in CODES if scope_of(code) in scopes)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that were not taken yet, the oldest first."""
        known = self.known()
        last = Month(known.today.year, known.today.month).plus(-1)
        first = Month(max(self.since, FIRST_YEAR), 1) if self.since else last.plus(-LOOKS_BACK_MONTHS)
        months = (first.plus(step) for step in range(first.until(last) + 1))
        return tuple(month for month in months if f"un-comtrade-{month}" not in known.record.sources)


async def refresh_comtrade(fetcher: Fetcher, plan: ComtradePlan) -> AsyncIterator[Outcome | NotYet]:
    """Every month's outcome as it comes; the first failure, or a month that is not there yet, ends it."""
    deadline = asyncio.get_running_loop().time() + plan.seconds
    months = plan.months
    for done, month in enumerate(months):
        plan.progress(done, len(months), f"UN Comtrade, {month}")
        outcome = await _in_time(fetcher, plan, month, deadline)
        yield outcome
        if not isinstance(outcome, Read):
            return
    plan.progress(len(months), len(months), "")


async def _in_time(fetcher: Fetcher, plan: ComtradePlan, month: Month, deadline: float) -> Outcome | NotYet:
    try:
        async with asyncio.timeout_at(deadline):
            return await _month(fetcher, plan, month)
    except TimeoutError:
        return Failed(plan.base, f"UN Comtrade: the time for one refresh ({plan.seconds:g} s) was over.")


async def _month(fetcher: Fetcher, plan: ComtradePlan, month: Month) -> Outcome | NotYet:
    address, known = _address(plan, plan.codes, month), plan.known()
    try:
        entries = await _entries(fetcher, plan, plan.codes, month)
        if not entries:
            return NotYet(month)
        return Read(address, page_of(entries, address, month, known.catalogue, known.today), NEW)
    except FetchError as error:
        refused = " Is COMTRADE_API_KEY right?" if plan.key and error.by_hand else ""
        return Failed(address, f"{error.address}: {error.reason}.{refused}")
    except SourceError as error:
        return Failed(address, str(error))


async def _entries(
    fetcher: Fetcher, plan: ComtradePlan, codes: tuple[str, ...], month: Month
) -> tuple[Entry, ...]:
    """The entries of all codes; each code is asked for alone where one answer is as long as any may be."""
    address = _address(plan, codes, month)
    fetched = await fetcher.get(address, NEW, {KEY_HEADER: plan.key} if plan.key else {})
    answer = answer_of(fetched.content if fetched else b"", address, month)
    if answer.records < (KEYED_RECORDS if plan.key else PREVIEW_RECORDS):
        return answer.entries
    if len(codes) == 1:
        raise SourceError(address, "it holds as many records as an answer may: it may be cut")
    each = [await _entries(fetcher, plan, (code,), month) for code in codes]
    return tuple(entry for entries in each for entry in entries)


def _address(plan: ComtradePlan, codes: tuple[str, ...], month: Month) -> str:
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
    return f"{plan.base.rstrip('/')}/{path}/C/M/HS?{urlencode(query, safe=',')}"
