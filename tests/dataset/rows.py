"""A small builder of published rows for tables typed in a test, and look-ups in what is derived from them."""

from datetime import date
from itertools import count
from typing import Any

from bot.dataset.calendar import Month, Period
from bot.dataset.companions import load_catalogue
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Record
from bot.dataset.lines import Line
from bot.dataset.model import Row, Series
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import History

ALUMINA = Series("alumina", "export")
_lines = count(2)


def row(period, value, step=10_000, **overrides):
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


def total(period, value, step=10_000, **overrides):
    """A printed running total: January to that month."""
    return row(period, value, step, kind="ytd", **overrides)


def rows_of(text):
    """`month 2024-03 140; ytd 2024-02 859/1 import flash +7.4% @2024-03-07 HS_2818`: 1,000 t, to 10 or 1."""
    return [_row_of(*each.split()) for each in text.split(";")]


def _row_of(kind, end, number, *more):
    value, _, step = number.partition("/")
    kilotonnes = None if value == "-" else float(value) * 1_000
    return row(end, kilotonnes, float(step or 10) * 1_000, kind=kind, **dict(map(_told, more)))


def _told(word):
    if word.endswith("%"):
        return "yoy_pct", float(word[:-1])
    if word.startswith("@"):
        return "published", date.fromisoformat(word[1:])
    if word.startswith("HS"):
        return "scope", word.replace("_", " ")
    return ("series", ALUMINA._replace(flow=word)) if word == "import" else ("status", word)


def period_of(text):
    """Month 2024-03, ytd 2024-03, Q1 2024, H2 2024, year 2024."""
    kind, when = text.split()
    return Period.from_text({"month": when, "ytd": f"{when} ytd", "year": when}.get(kind, f"{when}-{kind}"))


def month(text):
    """The month 2024-03."""
    return Period.month(Month.from_text(text))


def span(first, last):
    """Months from one to another."""
    return Period.from_text(f"{first}..{last}")


def ytd(text):
    """January to the month 2024-03."""
    return Period.ytd(Month.from_text(text))


def line_of(*rows):
    """The line of rows of one series in one scope."""
    return Line(History(lambda: rows, ReleaseCalendar(), date.min), date.max)


def by_period(line):
    """Every figure of a line."""
    return {figure.period: figure for figure in line.figures()}


def derived(*rows):
    """Everything that follows from these rows of one series in one scope."""
    return by_period(line_of(*rows))


def figure_of(dataset, series, period, scope=None):
    """The figure, which has to be there."""
    figure = dataset.figure(series, period, scope)
    assert figure is not None
    return figure


def small_dataset(rows, today=date(2026, 11, 24)):
    """A dataset of these rows alone, with the shipped catalogue and an empty release calendar."""
    catalogue = load_catalogue(data_folder() / "commodities.toml")
    return Record(catalogue, {}, tuple(rows), ReleaseCalendar()).as_of(today)
