"""A published page as the rows it prints, and the one door through which every page is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.dataset.calendar import Month
from bot.dataset.catalogue import Commodity
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Source


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
    content: bytes, address: str, catalogue: Mapping[str, Commodity], known: Dataset | None = None
) -> Page:
    """The rows of a saved or fetched page of China Customs; a SourceError names the page and what was missing.

    `address` is where it came from: a web address, or a file's name. `known` is what is on record: units,
    currencies and the meaning of a percentage that the page leaves open are settled against it, or left out.
    """
    raise NotImplementedError
