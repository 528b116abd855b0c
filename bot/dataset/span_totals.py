"""Totals over a stretch of months that has no name: years' running totals and months, never over a hole."""

from dataclasses import replace
from functools import reduce

from bot.dataset.calendar import Month, Period
from bot.dataset.derive import Line, figure_of
from bot.dataset.identity import Level, difference
from bot.dataset.model import Figure


def total_of(line: Line, period: Period) -> Figure | None:
    """The total of one series in one scope; None where a part of it does not follow from what is printed."""
    if named := _named(line, period):
        return replace(named, period=period, move=None)
    parts = [_part(line, piece) for piece in period.years]
    known = [part for part in parts if part]
    return figure_of(period, (), reduce(Level.plus, known)) if len(known) == len(parts) else None


def holes_of(line: Line, period: Period) -> tuple[Month, ...]:
    """The months for lack of which there is no such total."""
    open_years = [piece for piece in period.years if not _part(line, piece)]
    return tuple(month for piece in open_years for month in piece.months if not has_month(line, month))


def has_month(line: Line, month: Month) -> bool:
    """Whether a month has a value."""
    figure = line.figures.get(Period.month(month))
    return figure is not None and figure.value is not None


def _named(line: Line, period: Period) -> Figure | None:
    """The same months where they are one month or begin a year: what was printed of them counts."""
    name = Period.month(period.end) if period.length == 1 else period
    if period.length > 1 and period.start == Month(period.end.year, 1):
        name = Period.ytd(period.end)
    figure = line.figures.get(name)
    return figure if figure and figure.value is not None else None


def _part(line: Line, piece: Period) -> Level | None:
    """The level of a stretch within one year, from revised printings alone or from first ones alone."""
    named = _named(line, piece)
    if named:
        return Level(named.inputs)
    levels = (difference(printing, piece) for printing in line.printings)
    return next((level for level in levels if level and level.value >= 0), None)
