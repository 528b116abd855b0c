"""A small record to read questions with: every month of three years, two partners."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from bot.dataset.calendar import Month
from bot.dataset.companions import Commodity, load_catalogue, load_events
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Taught

FIRST_MONTH, LAST_MONTH = Month(2023, 8), Month(2026, 7)


@dataclass(frozen=True)
class SmallRecord:
    """Every month from August 2023 to July 2026 of the world's figures; two partners with one series each."""

    catalogue: dict[str, Commodity] = field(
        default_factory=lambda: dict(load_catalogue(data_folder() / "commodities.toml"))
    )
    terms: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "ytd": ("year-to-date", "年初至今"),
            "flash": ("preliminary release", "快讯"),
            "revised": ("revision", "修订值"),
            "units": ("units of measure", "计量单位"),
        }
    )
    taught: Taught = ()
    partners: tuple[str, ...] = ("Guinea", "Russia")
    today: date = date(2026, 11, 24)
    last: Month = LAST_MONTH
    partner_series: frozenset[tuple[str, str, str, str]] = frozenset(
        {("Guinea", "bauxite", "import", "value"), ("Russia", "alumina", "export", "quantity")}
    )

    def counts(self, scope):
        return any(scope in item.scopes for item in self.catalogue.values())

    def happened(self, commodities, within):
        return load_events(data_folder() / "events.csv", commodities)

    def newest(self, commodities, flows, *, partner="", measure="quantity", number=None):
        pairs = [(name, flow) for name in commodities for flow in flows]
        if partner and not any((partner, *pair, measure) in self.partner_series for pair in pairs):
            return None
        months = (self.last.plus(-step) for step in range(FIRST_MONTH.until(self.last) + 1))
        return next((m for m in months if number in (None, m.number)), None)

    def months(self, series, scope=None):
        line = (series.partner, series.commodity, series.flow, series.measure)
        known = not series.partner or line in self.partner_series
        span = range(FIRST_MONTH.until(self.last) + 1) if known else ()
        return frozenset(self.last.plus(-step) for step in span)


@pytest.fixture(scope="session")
def record():
    return SmallRecord()
