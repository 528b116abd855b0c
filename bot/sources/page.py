"""A published page as the rows it prints, and the one door through which every page is read."""

import re
from dataclasses import dataclass
from datetime import date

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Source
from bot.dataset.releases import AHEAD
from bot.sources.markup import Unreadable, document, naming
from bot.sources.reading import Reading, read
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
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_page(content: bytes, address: str, known: Dataset) -> Page:
    """The rows of a saved or fetched page of China Customs; a SourceError names it and what was missing.

    `address` is where it came from: a web address, or a file's name. `known` is what is on record: units,
    currencies and the meaning of a percentage that the page leaves open are settled against it, or left out.
    """
    with naming(address):
        reading = read(document(content), known.catalogue)
        _check_day(reading, known.today)
        title = reading.title
        name = f"{KINDS[title.stage]}, major {title.flow} commodities in quantity and value"
        source = Source(
            id=f"china-customs-{title.stage}-{title.flow}-{title.period}",
            publisher="China Customs",
            title=f"{name}, {title.period.name}",
            url=_web_address(content, address),
            via="",
            retrieved=known.today,
        )
        rows, notes = settle(reading, known, source.id)
        if not rows:
            raise Unreadable("it prints no figure of a series on record")
    return Page(source, reading.text, reading.end, rows, (*reading.notes, *notes))


def _check_day(reading: Reading, today: date) -> None:
    """Refuses a page of a day that has not come: a slip in it, or a clock that is wrong."""
    if reading.published and reading.published > today + AHEAD:
        raise Unreadable(f"it is dated {reading.published}, and today is {today}")
    if not reading.published and Month(today.year, today.month) <= reading.end:
        raise Unreadable(f"it has no date, and {reading.end.name} is not over")


def _web_address(content: bytes, address: str) -> str:
    """The page's own address: given, or written into it by the browser that saved it; else blank."""
    if re.match(r"https?://", address):
        return address
    saved = _SAVED_FROM.search(content[:4096])
    return saved[1].decode("ascii", "replace") if saved else ""
