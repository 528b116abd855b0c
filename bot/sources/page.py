"""A published page as the rows it prints, and the one door through which every page is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.dataset.calendar import Month
from bot.dataset.commodities import Commodity
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Source
from bot.dataset.releases import AHEAD
from bot.errors import SourceError
from bot.sources.baseline import OnRecord
from bot.sources.markup import document
from bot.sources.page_reading import Reading, read
from bot.sources.page_rows import rows_of
from bot.sources.settle import settle

KINDS = {"flash": "Preliminary release", "bulletin": "Monthly bulletin"}
_SAVED_FROM = re.compile(rb"saved from url=\(\d+\)(https?://[^\s<>\"']+)")


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one page says of the catalogue's series.

    The rows carry `line` 0 (they stand in no file) and `source.id` as their source. `notes` say what was
    decided by arithmetic and what was left out, each a sentence.
    """

    source: Source
    title: str
    period: Month
    published: date | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_page(
    content: bytes,
    address: str,
    catalogue: Mapping[str, Commodity],
    known: Dataset | None = None,
    retrieved: date | None = None,
) -> Page:
    """The rows of a saved or fetched page of China Customs; a SourceError names it and what was missing.

    `address` is where it came from: a web address, or a file's name. `known` is what is on record: units,
    currencies and the meaning of a percentage that the page leaves open are settled against it, or left out.
    `retrieved` is the day of the page's source; the day that `known` lives on if it is not given.
    """
    day = retrieved or (known.today if known else date.today())
    reading = read(document(content, address), address, catalogue)
    _check_day(reading, day, address)
    settled = settle(reading, OnRecord(known), address)
    source = _source(reading, _web_address(content, address), day)
    rows = rows_of(reading, settled, source.id)
    if not rows:
        raise SourceError(address, "it prints no figure of a series on record")
    notes = (*reading.notes, *settled.notes)
    return Page(source, reading.text, reading.end, reading.published, rows, notes)


def _check_day(reading: Reading, today: date, address: str) -> None:
    """A SourceError where the page is of a day that has not come: a slip in it, or a clock that is wrong."""
    if reading.published and reading.published > today + AHEAD:
        raise SourceError(address, f"it is dated {reading.published}, and today is {today}")
    if not reading.published and Month(today.year, today.month) <= reading.end:
        raise SourceError(address, f"it has no date, and {reading.end.name} is not over")


def _source(reading: Reading, url: str, retrieved: date) -> Source:
    title = reading.title
    name = f"{KINDS[title.stage]}, major {title.flow} commodities in quantity and value, {title.period.name}"
    return Source(
        f"china-customs-{title.stage}-{title.flow}-{title.period}", "China Customs", name, url, "", retrieved
    )


def _web_address(content: bytes, address: str) -> str:
    """The page's own address: given, or written into it by the browser that saved it; else blank."""
    if re.match(r"https?://", address):
        return address
    saved = _SAVED_FROM.search(content[:4096])
    return saved[1].decode("ascii", "replace") if saved else ""
