"""Tables of a report: one unit over all, a figure a cell, `%` in the header and not in the cells."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from bot.answers.answer import Answer
from bot.answers.results import Contrast
from bot.dataset.calendar import Period
from bot.dataset.model import NO_GROWTH, Figure, Series
from bot.messages.caveats import NOTE
from bot.messages.names import Names, flow_name, series_name, upper_first
from bot.messages.number_format import Scale, column_scale, scale_for
from bot.messages.period_names import month_short, short_period
from bot.messages.quantities import (
    TIMES_FROM,
    change_digits,
    digits,
    disagrees,
    is_later_scope,
    is_marked,
    is_open,
    leading_range,
    times,
)
from bot.messages.report import Cell, Table
from bot.questions.question import Unit
from bot.words import language, say
from bot.words.countries import country

NONE = Cell("–")
CELL_DIGITS = 3
MILLIONS = 1e6
MINUS, NO_BREAK = "−", "\u00a0"


class Column(NamedTuple):
    """The one unit in which all levels of a table stand."""

    scale: Scale
    asked: Unit

    @classmethod
    def of(cls, figures: Iterable[Figure | None], asked: Unit) -> "Column":
        """The unit of all where they have one; else thousand tonnes, 万吨, or million US$."""
        told = [figure for figure in figures if figure and figure.value is not None]
        scales = {scale.name: scale for scale in (scale_for(figure, asked) for figure in told)}
        only = next(iter(scales.values())) if len(scales) == 1 else None
        if only is None or only.least == MILLIONS:
            only = column_scale(told[0].unit if told else "t")
        return cls(only, asked)

    @property
    def name(self) -> str:
        """kt, US$m, US$/t."""
        return self.scale.name

    def _scale(self, figure: Figure) -> Scale:
        return scale_for(figure, self.asked) if self.asked == "t/day" else self.scale

    def cell(self, figure: Figure | None) -> Cell:
        """~309; a balance with its sign."""
        if figure is None or figure.value is None:
            return NONE
        scale = self._scale(figure)
        if figure.value == 0:
            high = (figure.range or (0, 0))[1] / scale.size
            return Cell(f"<{high:g}", 0.0)
        told = digits(figure, scale, most=CELL_DIGITS).replace("-", MINUS)
        return Cell(f"~{told}" if is_marked(figure) else told, round(figure.value / scale.size, 6))

    def point(self, figure: Figure) -> float:
        """The value in that unit, for a chart."""
        scale, value = self._scale(figure), figure.value or 0
        return round(value / scale.size, 1 if abs(value) >= 10 * scale.size else 3)


def change_cell(figure: Figure | None) -> Cell:
    """▲ 3.1; ▲ ~310; – where the sign is open, or printed and computed disagree."""
    growth = figure.growth if figure else NO_GROWTH
    return NONE if disagrees(growth) else pct_cell(growth.pct, leading_range(growth))


def pct_cell(pct: float | None, edges: tuple[float, float] | None) -> Cell:
    """The same of a change and, where it was computed, its range."""
    if pct is None or (edges and is_open(edges)):
        return Cell(NONE.text, pct)
    number = change_digits(round(pct, 1) if not edges else pct, edges)
    if pct >= TIMES_FROM:
        return Cell(say("tabulated.times", times=times(pct)), pct)
    about = "~" if edges and edges[0] != edges[1] else ""
    return Cell(f"{'▲' if pct > 0 else '▼' if pct < 0 else '='}{NO_BREAK}{about}{number}", pct)


def month_cell(figure: Figure, name: str) -> Cell:
    """A period by its name, which sorts by its last month."""
    return Cell(name, figure.end.year * 100 + figure.end.number)


def _row_name(figure: Figure, answer: Answer) -> Cell:
    """The series; with a sign where a later scope is served."""
    named = series_name(figure.series, answer.catalogue)
    return Cell(f"{named}{NOTE}" if is_later_scope(figure, answer.catalogue) else named)


def _by_series(figures: Iterable[Figure]) -> dict[Series, dict[Period, Figure]]:
    found: dict[Series, dict[Period, Figure]] = {}
    for each in figures:
        found.setdefault(each.series, {})[each.period] = each
    return found


def of_month(answer: Answer, period: Period, unit: Unit) -> Table:
    """A row a series: the period and, beside a month, its running total, each with its change."""
    figures = (*answer.figures, *answer.around)
    every, total = _by_series(figures), Period.ytd(period.end)
    beside = period.kind == "month" and period.end.number > 1 and any(total in own for own in every.values())
    periods = [period, total] if beside else [period]
    column = Column.of(figures, unit)
    rows = []
    for found in every.values():
        own = [found.get(when) for when in periods]
        if first := next(filter(None, own), None):
            pairs = ((column.cell(each), change_cell(each)) for each in own)
            rows.append((_row_name(first, answer), *chain(*pairs)))
    year_above = language() == "zh" and period.length == 1  # the line above has the year
    heads = [month_short(period.end.number) if year_above else short_period(period), say("tabulated.on_year")]
    if beside:
        january = "1" if language() == "zh" else month_short(1)
        to_date = {"first": january, "last": month_short(period.end.number)}
        heads += [say("short_names.to_date_short", **to_date), say("tabulated.to_date_on_year")]
    return Table((column.name, *heads), tuple(rows))


def of_periods(answer: Answer, figures: Sequence[Figure], unit: Unit, name: Callable[[Figure], str]) -> Table:
    """A row a period, the newest first: of one series with its change, of several a column each."""
    every, column = _by_series(figures), Column.of(figures, unit)
    series, rows = list(every), []
    periods = {each.period for each in figures}
    for when in sorted(periods, key=lambda each: (each.end, each.start), reverse=True):
        own = [found.get(when) for found in every.values()]
        first = next(each for each in own if each)
        beside = [change_cell(first)] if len(series) == 1 else []
        rows.append((month_cell(first, name(first)), *map(column.cell, own), *beside))
    heads = [column.name, say("tabulated.on_year")]
    if len(series) > 1:
        space = "" if language() == "zh" else " "
        names = told_apart(series, answer.catalogue)
        heads = [say("tabulated.with_unit", name=each, space=space, unit=column.name) for each in names]
    monthly = all(each.period.length == 1 for each in figures)
    return Table((say("tabulated.month" if monthly else "tabulated.period"), *heads), tuple(rows))


def told_apart(series: Sequence[Series], names: Names) -> list[str]:
    """Flows or partners where these alone differ; else the series."""
    told = [series_name(each, names) for each in series]
    if len(series) > 1 and len({each.commodity for each in series}) == 1:
        if len({each.flow for each in series}) == len(series):
            told = [flow_name(each.flow) for each in series]
        elif len({each.partner for each in series}) == len(series):
            told = [country(each.partner) for each in series]
    return list(map(upper_first, told))


def of_contrasts(answer: Answer, contrasts: Sequence[Contrast], unit: Unit) -> Table:
    """A row a series: both periods and the change between them, side by side."""
    column = Column.of([each for item in contrasts for each in (item.now, item.then)], unit)
    rows = []
    for item in contrasts:  # from the earlier to the later: the printed change, if any
        grown = change_cell(item.in_time[1]) if is_growth(item) else pct_cell(item.pct, item.range)
        rows.append((_row_name(item.now, answer), column.cell(item.now), column.cell(item.then), grown))
    first = contrasts[0]
    heads = (short_period(first.now.period), short_period(first.then.period), say("tabulated.change"))
    return Table((column.name, *heads), tuple(rows))


def is_growth(item: Contrast) -> bool:
    """Whether it is the change on a year earlier, of which a printed one may be on record."""
    earlier, later = item.in_time
    return earlier.period == later.period.year_before and later.growth.pct is not None
