"""A small builder of published rows for tables typed in a test, and look-ups in what is derived from them."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.derive import PrintedLine
from bot.dataset.folder import data_folder
from bot.dataset.load import load_catalogue
from bot.dataset.model import Figure, Row, Series
from bot.dataset.releases import ReleaseCalendar

ALUMINA = Series("alumina", "export")
_lines = count(2)


def row(period: str, value: float | None, step: float | None = 10_000, **overrides: Any) -> Row:
    """A printed month of alumina exports, unless overridden; `kind="ytd"` makes it a running total."""
    end = Month.from_text(period)
    kind = overrides.pop("kind", "month")
    defaults: dict[str, Any] = {
        "line": next(_lines), "series": ALUMINA, "scope": "HS 28182000", "yoy_pct": None, "status": None,
        "source": "page", "published": None, "confirmed_by": 1, "note": "",
    }  # fmt: skip
    return Row(
        period=Period.ytd(end) if kind == "ytd" else Period.month(end),
        value=value,
        step=None if value is None else step,
        **defaults | overrides,
    )


def total(period: str, value: float | None, step: float | None = 10_000, **overrides: Any) -> Row:
    """A printed running total: January to that month."""
    return row(period, value, step, kind="ytd", **overrides)


def month(text: str) -> Period:
    """The month 2024-03."""
    return Period.month(Month.from_text(text))


def ytd(text: str) -> Period:
    """January to the month 2024-03."""
    return Period.ytd(Month.from_text(text))


def derived(*rows: Row) -> Mapping[Period, Figure]:
    """Everything that follows from these rows of one series in one scope."""
    return PrintedLine(rows)


def small_dataset(rows: Sequence[Row], today: date = date(2026, 11, 24)) -> Dataset:
    """A dataset of these rows alone, with the shipped catalogue and an empty release calendar."""
    catalogue = load_catalogue(data_folder() / "commodities.toml")
    return Record(catalogue, {}, tuple(rows), ReleaseCalendar({})).as_of(today)
