"""Tables and the one chart of a report: one unit over all, `%` in the header and not in the cells."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from bot.answers.answer import Answer
from bot.answers.plots import Plot
from bot.answers.results import Contrast
from bot.dataset.calendar import Period
from bot.dataset.model import NO_GROWTH, Figure, Series
from bot.messages import quantities
from bot.messages.blocks import Block, fitted, visible
from bot.messages.caveats import NOTE
from bot.messages.names import flow_name, month_short, named_together, series_name, short_period, upper_first
from bot.messages.number_format import Scale, column_scale, scale_for
from bot.messages.report import Cell, Table
from bot.questions.named import period_name
from bot.questions.question import Unit
from bot.words import language, say
from bot.words.folder import country

NONE = Cell("–")
MINUS, NO_BREAK = "−", "\u00a0"
TITLE = AXIS = 50
NAME = 20  # of a series, of a category


class Column(NamedTuple):
    """The one unit in which all levels of a table stand."""

    name: str
    scale: Scale
    asked: Unit

    @classmethod
    def of(cls, figures: Iterable[Figure | None], asked: Unit) -> "Column":
        """The unit of all where they have one; else thousand tonnes, 万吨, or million US$."""
        told = [figure for figure in figures if figure and figure.value is not None]
        scales = {scale.name: scale for scale in (scale_for(figure, asked) for figure in told)}
        if len(scales) != 1 or (only := scales.popitem()[1]).least == 1e6:
            only = column_scale(told[0].unit if told else "t")
        return cls(only.name, only, asked)

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
        told = quantities.digits(figure, scale, most=3).replace("-", MINUS)
        return Cell(f"~{told}" if quantities.is_marked(figure) else told, round(figure.value / scale.size, 6))

    def point(self, figure: Figure) -> float:
        """The value in that unit, for a chart."""
        scale, value = self._scale(figure), figure.value or 0
        return round(value / scale.size, 1 if abs(value) >= 10 * scale.size else 3)


def change_cell(figure: Figure | None) -> Cell:
    """▲ 3.1; ▲ ~310; – where the sign is open, or printed and computed disagree."""
    growth = figure.growth if figure else NO_GROWTH
    return NONE if quantities.disagrees(growth) else pct_cell(growth.pct, quantities.leading_range(growth))


def pct_cell(pct: float | None, edges: quantities.Edges | None) -> Cell:
    """The same of a change and, where it was computed, its range."""
    if pct is None or (edges and quantities.is_open(edges)):
        return Cell(NONE.text, pct)
    if pct >= quantities.TIMES_FROM:
        return Cell(say("tabulated.times", times=quantities.times(pct)), pct)
    about, arrow = "~" if edges and edges[0] != edges[1] else "", "▲" if pct > 0 else "▼" if pct < 0 else "="
    number = quantities.change_digits(pct if edges else round(pct, 1), edges)
    return Cell(f"{arrow}{NO_BREAK}{about}{number}", pct)


def month_cell(figure: Figure, name: str) -> Cell:
    """A period by its name, which sorts by its last month."""
    return Cell(name, figure.end.year * 100 + figure.end.number)


def _row_name(figure: Figure) -> Cell:
    return Cell(series_name(figure.series) + (NOTE if quantities.is_later_scope(figure) else ""))


def of_month(answer: Answer, period: Period, unit: Unit) -> Table:
    """A row a series: the period and, beside a month, its running total, each with its change."""
    figures = (*answer.figures, *answer.around)
    found, total = {(each.series, each.period): each for each in figures}, Period.ytd(period.end)
    several = period.kind == "month" and period.end.number > 1 and total in [when for _, when in found]
    times, column, rows = [period, total] if several else [period], Column.of(figures, unit), []
    for series in dict.fromkeys(each.series for each in figures):
        own = [found.get((series, when)) for when in times]
        if first := next(filter(None, own), None):
            rows.append((_row_name(first), *chain(*((column.cell(one), change_cell(one)) for one in own))))
    # In Chinese the line above has the year.
    month = language() == "zh" and period.length == 1
    heads = [month_short(period.end.number) if month else short_period(period), say("tabulated.on_year")]
    if several:
        january = "1" if language() == "zh" else month_short(1)
        to_date = say("short_names.to_date_short", first=january, last=month_short(period.end.number))
        heads += [to_date, say("tabulated.to_date_on_year")]
    return Table((column.name, *heads), tuple(rows))


def of_periods(figures: Sequence[Figure], unit: Unit, name: Callable[[Period], str] = short_period) -> Table:
    """A row a period, the newest first: of one series with its change, of several a column each."""
    found, column, rows = {(each.series, each.period): each for each in figures}, Column.of(figures, unit), []
    series, periods = list(dict.fromkeys(each for each, _ in found)), dict.fromkeys(each for _, each in found)
    changes = len(series) == 1 and any(each.growth.pct is not None for each in figures)  # of a balance none
    for when in sorted(periods, key=lambda each: (each.end, each.start), reverse=True):
        own = [found.get((each, when)) for each in series]
        first = next(filter(None, own))
        beside = [change_cell(first)] if changes else []
        rows.append((month_cell(first, name(when)), *map(column.cell, own), *beside))
    heads = [column.name, *([say("tabulated.on_year")] if changes else [])]
    if len(series) > 1:
        of_unit = {"space": "" if language() == "zh" else " ", "unit": column.name}
        heads = [say("tabulated.with_unit", name=each, **of_unit) for each in told_apart(series)]
    monthly = all(each.length == 1 for each in periods)
    return Table((say("tabulated.month" if monthly else "tabulated.period"), *heads), tuple(rows))


def told_apart(series: Sequence[Series]) -> list[str]:
    """Flows or partners where these alone differ; else the series."""
    told = list(map(series_name, series))
    if len(series) > 1 and len({each.commodity for each in series}) == 1:
        if len({each.flow for each in series}) == len(series):
            told = [flow_name(each.flow) for each in series]
        elif len({each.partner for each in series}) == len(series):
            told = [country(each.partner) for each in series]
    return list(map(upper_first, told))


def of_contrasts(contrasts: Sequence[Contrast], unit: Unit) -> Table:
    """A row a series: both periods and the change between them, side by side."""
    column, rows = Column.of([each for item in contrasts for each in (item.now, item.then)], unit), []
    for item in contrasts:  # from the earlier to the later: the printed change, if any
        grown = change_cell(item.in_time[1]) if is_growth(item) else pct_cell(item.pct, item.range)
        rows.append((_row_name(item.now), column.cell(item.now), column.cell(item.then), grown))
    now, then = (short_period(each.period) for each in (contrasts[0].now, contrasts[0].then))
    return Table((column.name, now, then, say("tabulated.change")), tuple(rows))


def is_growth(item: Contrast) -> bool:
    """Whether it is the change on a year earlier, of which a printed one may be on record."""
    earlier, later = item.in_time
    return earlier.period == later.period.year_before and later.growth.pct is not None


def chart_of(answer: Answer) -> Block | None:
    """The chart of what can share one axis, each line with one point a category: Alumina exports by month."""
    if not (plot := answer.plot):
        return None
    column = Column.of(plot.figures, answer.question.unit if answer.question else "t")
    ends, season = [figure.end for figure in plot.lines[0]], plot.shape == "season"
    places = [month_short(end.number) for end in ends]
    if not season:  # Jul 25; Jul alone where each year has its line: short enough for a phone
        told = zip(places, ends, strict=True)
        places = [say("pictures.place", time=time, year=f"{end.year % 100:02}") for time, end in told]
    series = visible(named_together(list(map(series_name, plot.series))))
    title = fitted(say("pictures.title", series=series, shape=say(f"pictures.shape_{plot.shape}")), TITLE)
    curves = []
    for name, line in zip(_curve_names(plot), plot.lines, strict=True):
        points = zip(places, map(column.point, line), strict=True)
        curves.append({"name": name, "data": [{"label": place, "value": value} for place, value in points]})
    axes = {"categories": places, "y_label": fitted(column.name, AXIS)}
    drawn = {"type": "line" if season else "bar", "series": curves, "axis_config": axes}
    return {"type": "data_visualization", "title": title, "chart": drawn}


def _curve_names(plot: Plot) -> list[str]:
    """The years of a season; else what tells the series apart, if need be by a number."""
    if plot.shape == "season":
        return [period_name(Period.whole_year(line[0].end.year)) for line in plot.lines]
    told = [fitted(name, NAME) for name in told_apart(plot.series)]
    if len(set(told)) == len(told):
        return told
    return [f"{place} {name[: NAME - 3]}" for place, name in enumerate(told, start=1)]
