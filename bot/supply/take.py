"""Parcels, of a site or a saved file, into the table: in one transaction each, weighed against the record."""

import asyncio
import fcntl
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.dataset import Dataset, Record
from bot.dataset.intake import Intake, take_in
from bot.dataset.load import load_rows, load_sources
from bot.errors import SourceError, UserError
from bot.settings import Settings
from bot.sources import Parcel, refreshes
from bot.sources.comtrade import saved_answer
from bot.sources.fetcher import Fetcher, web_client
from bot.sources.markup import LIMIT_BYTES
from bot.sources.page import read_page
from bot.store.engine import sqlite_file
from bot.store.figures import Contents, Figures, SeenPage, with_contents

log = logging.getLogger(__name__)

REFRESH_LOCK = 5_326_014  # any fixed number: which lock of PostgreSQL's it is
BUSY = "Another refresh is under way: what it brings is served as it comes. Run this again when it is done."
_CSV = re.compile(rb"(?:\xef\xbb\xbf)?\"?period\"?,")  # how its first column is headed
_NEITHER = (
    "it is neither a page in HTML nor a CSV with commas; in a browser save the page as “Web page, HTML only”,"
    " of a workbook the sheet as “CSV UTF-8 (comma delimited)”"
)


class BusyError(UserError):
    """Two refreshes at once would ask for everything twice, and weigh it beside what the other changes."""

    exit_status = 1


@dataclass(frozen=True, slots=True)
class Depot:
    """The files' record and the table beside it, on one day."""

    base: Record
    figures: Figures
    today: date

    async def dataset(self) -> Dataset:
        """Everything that is served at this moment."""
        record = with_contents(self.base, await self.figures.contents())
        return await asyncio.to_thread(record.as_of, self.today)

    async def take(self, parcel: Parcel, now: datetime, page: SeenPage | None = None) -> Intake:
        """Adds what is new and holds what cannot be true; weighed again where a person decided meanwhile."""
        while True:
            contents = await self.figures.contents()
            record = with_contents(self.base, contents)
            # Beside the event loop: questions are answered meanwhile.
            intake = await asyncio.to_thread(weigh, parcel, record, contents, self.today)
            if not (intake.arrivals or intake.held or page):
                return intake
            seen = contents.version
            if await self.figures.add(parcel.name, intake, parcel.sources, seen, now, page):
                return intake


def weigh(parcel: Parcel, record: Record, contents: Contents, today: date) -> Intake:
    """What the parcel's rows are to that record."""
    aside = [each.row for each in contents.rows if each.state in ("held", "rejected")]
    return take_in(record.as_of(today), parcel.rows, {**record.sources, **parcel.sources}, aside)


async def refreshed(
    settings: Settings,
    depot: Depot,
    now: Callable[[], datetime],
    *,
    since: int | None = None,
    progress: refreshes.Progress = refreshes.silent,
    fetcher: Fetcher | None = None,
) -> AsyncGenerator[refreshes.PageResult]:
    """Every page of the publishers' sites as it is taken in; BusyError where another refresh is at it."""
    async with refresh_lock(settings, depot.figures.engine), web_client() as client:
        dataset, seen = await depot.dataset(), await depot.figures.pages()
        plan = refreshes.Plan(lambda: dataset, settings, seen, since, progress)
        fetch = fetcher or Fetcher(client)
        for found in (refreshes.refresh_customs(fetch, plan), refreshes.refresh_comtrade(fetch, plan)):
            async for outcome in found:
                if not (parcel := outcome.parcel):
                    yield outcome
                    continue
                intake = await depot.take(parcel, now(), (outcome.address[:512], outcome.validators))
                counts = {"new": len(intake.arrivals), "held": len(intake.held)}
                log.info("page_taken", extra={"page": parcel.name, **counts})
                if intake.arrivals:
                    dataset = await depot.dataset()
                yield outcome._replace(intake=intake)


@asynccontextmanager
async def refresh_lock(settings: Settings, engine: AsyncEngine) -> AsyncIterator[None]:
    """Lets no refresh or import begin while the block lasts; BusyError where another is under way."""
    if file := sqlite_file(settings):
        with _locked(Path(f"{file}.refresh")):
            yield
        return
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")  # no transaction for so long
        if not await connection.scalar(select(func.pg_try_advisory_lock(REFRESH_LOCK))):
            raise BusyError(BUSY)
        try:
            yield
        finally:
            # Not left to the connection's end, which the server may notice after the next one has begun.
            try:
                await connection.execute(select(func.pg_advisory_unlock(REFRESH_LOCK)))
            except DBAPIError:
                await connection.invalidate()  # a connection that is gone holds nothing


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(BUSY) from None
        yield


def parcel_of_file(path: Path, dataset: Dataset, sources: Path | None = None) -> Parcel:
    """A saved page or answer, or a CSV with `sources` beyond those known; DataFileError, SourceError."""
    content = _content(path)
    if path.suffix.lower() == ".csv" or _CSV.match(content):
        known = {**(load_sources(sources) if sources else {}), **dataset.record.sources}
        rows = tuple(load_rows(path, dataset.catalogue, known, dataset.today))
        return Parcel(path.name, rows, {row.source: known[row.source] for row in rows})
    begins = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if begins not in (b"{", b"<"):
        raise SourceError(path.name, _NEITHER)
    return (saved_answer if begins == b"{" else read_page)(content, path.name, dataset)


def _content(path: Path) -> bytes:
    """What a file of a bearable size holds; a SourceError for anything else, read no further."""
    try:
        if not path.is_file():
            raise SourceError(path.name, "there is no such file")
        if path.stat().st_size > LIMIT_BYTES:
            raise SourceError(path.name, f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path.name, f"it cannot be read ({error.strerror})") from error
