"""A refresh of UN Comtrade as a stream of outcomes: month by month, until the publisher has no more.

A month without figures is passed over; a few of them in a row at the recent end are those still to come.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Measure, Series
from bot.errors import FetchError, SourceError
from bot.sources.client import NEW, Fetcher
from bot.sources.comtrade import CODES, REPORTER, Entry, answer_of, page_of, scope_of
from bot.sources.customs_refresh import FIRST_YEAR, Failed, Outcome, Progress, Read, silent

COMTRADE = "https://comtradeapi.un.org"
PREVIEW_RECORDS = 500  # an answer without a key holds no more, and does not say that it was cut
KEYED_RECORDS = 100_000
KEY_HEADER = "Ocp-Apim-Subscription-Key"  # a header: an address is shown in messages
LOOKS_BACK_MONTHS = 36  # China's months come up to a year late, and then many at once
MEASURED: tuple[Measure, ...] = ("quantity", "value")
ENOUGH = 3  # months without figures, or answers that cannot be read, one after the other


@dataclass(frozen=True, slots=True)
class NotYet:
    """The first of the newest months that the publisher has not yet."""

    month: Month


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A month without figures among others: the publisher never had them, or has lost them."""

    month: Month


@dataclass(frozen=True, slots=True)
class ComtradePlan:
    """What a refresh of UN Comtrade is given; without a key its preview is asked, which is slower."""

    known: Callable[[], Dataset]
    key: str | None = field(default=None, repr=False)
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
        """The months that were not taken yet, the oldest first; without `since` those that lack a figure."""
        known = self.known()
        first = Month(max(self.since, FIRST_YEAR), 1) if self.since else self.first_recent
        months = (first.plus(step) for step in range(first.until(self.last) + 1))
        fresh = (month for month in months if f"un-comtrade-{month}" not in known.record.sources)
        return tuple(month for month in fresh if self.since or self._lacks(month, known))

    def _lacks(self, month: Month, known: Dataset) -> bool:
        """Whether a series that a code tells of has no tonnes or no US$ of a month."""
        scopes = {scope_of(code) for code in self.codes}
        return any(
            month not in known.months(Series(name, flow, measure=measure), scope)
            for name, item in known.catalogue.items()
            for scope in scopes.intersection(item.all_scopes)
            for flow in item.flows
            for measure in MEASURED
        )

    @property
    def last(self) -> Month:
        """The newest month that is over."""
        today = self.known().today
        return Month(today.year, today.month).plus(-1)

    @property
    def first_recent(self) -> Month:
        """From here on a month without figures may still come."""
        return self.last.plus(-LOOKS_BACK_MONTHS)


Found = Outcome | NotYet | PassedOver


async def refresh_comtrade(fetcher: Fetcher, plan: ComtradePlan) -> AsyncIterator[Found]:
    """Every month's outcome as it comes; what cannot be fetched ends it, as do ENOUGH in a row in vain."""
    run = _Run(fetcher, plan, asyncio.get_running_loop().time() + plan.seconds)
    months = plan.months
    for done, month in enumerate(months):
        plan.progress(done, len(months), f"UN Comtrade, {month}")
        for outcome in run.told(month, await run.entries(month)):
            yield outcome
        if run.over:
            break
    for month in run.empty[:1]:
        yield NotYet(month)
    plan.progress(len(months), len(months), "")


@dataclass(slots=True)
class _Run:
    """One refresh under way: the recent months just asked for in vain, and what has failed so far."""

    fetcher: Fetcher
    plan: ComtradePlan
    deadline: float
    empty: list[Month] = field(default_factory=list)
    unreadable: int = 0
    stopped: bool = False

    @property
    def over(self) -> bool:
        return self.stopped or self.unreadable >= ENOUGH or len(self.empty) >= ENOUGH

    async def entries(self, month: Month) -> tuple[Entry, ...] | Failed:
        """The records of a month; what cannot be fetched, or not in time, ends the asking."""
        address = _address(self.plan, self.plan.codes, month)
        try:
            async with asyncio.timeout_at(self.deadline):
                return await _entries(self.fetcher, self.plan, self.plan.codes, month)
        except SourceError as error:
            return Failed(address, str(error))
        except FetchError as error:
            self.stopped = True
            refused = " Is COMTRADE_API_KEY right?" if self.plan.key and error.by_hand else ""
            return Failed(address, f"{error.address}: {error.reason}.{refused}")
        except TimeoutError:
            self.stopped = True
            said = f"UN Comtrade: the time for one refresh ({self.plan.seconds:g} s) was over."
            return Failed(address, said)

    def told(self, month: Month, entries: tuple[Entry, ...] | Failed) -> Iterator[Found]:
        """What is known once a month has been asked for: of it, and of those without figures before it."""
        if not entries and month >= self.plan.first_recent:
            self.empty.append(month)
        elif not entries:
            yield PassedOver(month)
        elif isinstance(entries, Failed):
            self.unreadable += 1
            yield entries
        else:
            yield from map(PassedOver, self.empty)
            self.empty.clear()
            yield self._read(month, entries)

    def _read(self, month: Month, entries: tuple[Entry, ...]) -> Read | Failed:
        address, known = _address(self.plan, self.plan.codes, month), self.plan.known()
        try:
            page = page_of(entries, address, month, known.catalogue, known.today)
        except SourceError as error:
            self.unreadable += 1
            return Failed(address, str(error))
        self.unreadable = 0
        return Read(address, page, NEW)


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
