"""A small record of the series that a monthly post waits for, typed as lists of months."""

import datetime as dt
from dataclasses import replace
from functools import cache

from bot.dataset.companions import load_catalogue
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Series
from bot.dataset.releases import ReleaseCalendar
from tests.dataset.rows import row, small_dataset, total

FLASH = (Series("unwrought_aluminium", "export"),)
BULLETIN = (Series("unwrought_aluminium", "import"), Series("alumina", "export"), Series("bauxite", "import"))
QUERY = (Series("alumina", "import"),)
EVERYTHING = (*FLASH, *BULLETIN, *QUERY)
FAR = dt.date(2030, 1, 1)


@cache
def record(complete: str = "", flash: str = "", bulletin: str = "") -> Dataset:
    """A record with everything of the months `complete`, and of the others what the stages hold by then.

    `bulletin` months have the flash too. A month with a + is a running total alone: 2027-02+.
    """
    held = [(month, EVERYTHING) for month in complete.split()]
    held += [(month, (*FLASH, *BULLETIN)) for month in bulletin.split()]
    held += [(month, FLASH) for month in flash.split()]
    return small_dataset([_row(month, series) for month, those in held for series in those], FAR)


def released(dataset: Dataset, calendar: ReleaseCalendar) -> Dataset:
    """The same by another calendar."""
    return replace(dataset, record=replace(dataset.record, calendar=calendar))


def _row(month: str, series: Series) -> Row:
    scope = load_catalogue(data_folder() / "commodities.toml")[series.commodity].scopes[0]
    build = total if month.endswith("+") else row
    return build(month.removesuffix("+"), 100_000, series=series, scope=scope)
