"""Tables of a report: one unit over all, a figure a cell, `%` in the header and not in the cells."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, Contrast
from bot.dataset.calendar import Period
from bot.dataset.model import Figure, Growth, Series
from bot.messages.caveats import NOTE
from bot.messages.names import flow_name, series_name
from bot.messages.number_format import scale_for
from bot.messages.quantities import (
    TIMES_FROM,
    change_digits,
    digits,
    disagrees,
    is_later_scope,
    is_marked,
    is_open,
)
from bot.messages.report import Cell, Table
from bot.messages.short_names import month_short, short_period, to_date_short
from bot.messages.units import Scale, units
from bot.questions.question import Unit
from bot.words import language, say
from bot.words.countries import country

NONE = Cell("–")
CELL_DIGITS = 3
MINUS, NO_BREAK = "−", "\u00a0"


@dataclass(frozen=True, slots=True)
class Column:
    """The one unit in which all levels of a table stand."""

    scale: Scale
    asked: Unit

    @classmethod
    def of(cls, figures: Iterable[Figure | None], asked: Unit) -> "Column":
        """The unit of all where they have one; else thousand tonnes, 万吨, or million US$."""
        told = [figure for figure in figures if figure and figure.value is not None]
        scales = {scale.name: scale for scale in (scale_for(figure, asked) for figure in told)}
        base = told[0].unit if told else "t"
        several = len(scales) != 1 or next(iter(scales.values())) is units().most_t
        return cls(units().columns[base] if several else next(iter(scales.values())), asked)

    @property
    def name(self) -> str:
        """kt, US$m, US$/t."""
        return self.scale.name

    def cell(self, figure: Figure | None) -> Cell:
        """~309; a balance with its sign."""
        if figure is None or figure.value is None:
            return NONE
        scale = scale_for(figure, self.asked) if self.asked == "t/day" else self.scale
        if figure.value == 0:
            high = (figure.range or (0, 0))[1] / scale.size
            return Cell(f"<{high:g}", 0.0)
        told = digits(figure, scale, most=CELL_DIGITS).replace("-", MINUS)
        return Cell(f"~{told}" if is_marked(figure) else told, round(figure.value / scale.size, 6))

    def point(self, figure: Figure) -> float:
        """The value in that unit, for a chart."""
        scale = scale_for(figure, self.asked) if self.asked == "t/day" else self.scale
        return round((figure.value or 0) / scale.size, 1 if abs(figure.value or 0) >= 10 * scale.size else 3)


def change_cell(growth: Growth | None) -> Cell:
    """▲ 3.1; ▲ ~310; – where the sign is open, or printed and computed disagree."""
    if growth is None or growth.pct is None or disagrees(growth):
        return NONE
    return pct_cell(growth.pct, None if growth.origin == "published" else growth.range)


def pct_cell(pct: float | None, edges: tuple[float, float] | None) -> Cell:
    """The same of a change and, where it was computed, its range."""
    if pct is None or (edges and is_open(edges)):
        return Cell(NONE.text, pct)
    number = change_digits(round(pct, 1) if not edges else pct, edges)
    if pct >= TIMES_FROM:
        return Cell(say("tabulated.times", times=f"{pct / 100 + 1:.0f}"), pct)
    about = "~" if edges and edges[0] != edges[1] else ""
    return Cell(f"{'▲' if pct > 0 else '▼' if pct < 0 else '='}{NO_BREAK}{about}{number}", pct)


def row_name(figure: Figure, answer: Answer) -> Cell:
    """The series; with a sign where a later scope is served."""
    named = series_name(figure.series, answer.catalogue)
    return Cell(f"{named}{NOTE}" if is_later_scope(figure, answer.catalogue) else named)


def of_month(answer: Answer, period: Period, unit: Unit) -> Table:
    """A row a series: the period and, beside a month, its running total, each with its change."""
    every = {(each.series, each.period): each for each in (*answer.figures, *answer.around)}
    total = Period.ytd(period.end)
    periods = [period]
    if period.kind == "month" and period.end.number > 1 and any(when == total for _, when in every):
        periods.append(total)
    column = Column.of(every.values(), unit)
    rows = []
    for series in dict.fromkeys(series for series, _ in every):
        own = [every.get((series, when)) for when in periods]
        first = next((each for each in own if each), None)
        if first:
            pairs = [
                cell
                for each in own
                for cell in (column.cell(each), change_cell(each.growth if each else None))
            ]
            rows.append((row_name(first, answer), *pairs))
    month = language() == "zh" and period.length == 1  # the line above has the year
    heads = [month_short(period.end.number) if month else short_period(period), say("tabulated.on_year")]
    heads += [to_date_short(period.end), say("tabulated.to_date_on_year")] if len(periods) > 1 else []
    return Table((column.name, *heads), tuple(rows), say("tabulated.caption"))


def of_periods(answer: Answer, figures: Sequence[Figure], unit: Unit, name: Callable[[Figure], str]) -> Table:
    """A row a period, the newest first: of one series with its change, of several a column each."""
    series = list(dict.fromkeys(figure.series for figure in figures))
    column = Column.of(figures, unit)
    every = {(each.series, each.period): each for each in figures}
    rows = []
    periods = sorted({each.period for each in figures}, key=lambda each: (each.end, each.start))
    for when in reversed(periods):
        own = [every.get((one, when)) for one in series]
        first = next(each for each in own if each)
        month = Cell(name(first), when.end.year * 100 + when.end.number)
        beside = [change_cell(first.growth)] if len(series) == 1 else []
        rows.append((month, *map(column.cell, own), *beside))
    heads = (
        [column.name, say("tabulated.on_year")] if len(series) == 1 else _series_heads(series, answer, column)
    )
    monthly = all(each.period.length == 1 for each in figures)
    leading = say("tabulated.month" if monthly else "tabulated.period")
    return Table((leading, *heads), tuple(rows), say("tabulated.caption"))


def _series_heads(series: Sequence[Series], answer: Answer, column: Column) -> list[str]:
    """Flows or partners where these alone differ; else the series; the first with the unit."""
    if len({each.commodity for each in series}) == 1 and len({each.flow for each in series}) == len(series):
        names = [flow_name(each.flow) for each in series]
    elif len({each.partner for each in series}) == len(series) > 1:
        names = [country(each.partner) for each in series]
    else:
        names = [series_name(each, answer.catalogue) for each in series]
    space = "" if language() == "zh" else " "
    shown = [name[:1].upper() + name[1:] for name in names]
    return [say("tabulated.with_unit", name=name, space=space, unit=column.name) for name in shown]


def of_contrasts(answer: Answer, contrasts: Sequence[Contrast], unit: Unit) -> Table:
    """A row a series: both periods and the change between them, side by side."""
    column = Column.of([each for item in contrasts for each in (item.now, item.then)], unit)
    rows = [
        (row_name(item.now, answer), column.cell(item.now), column.cell(item.then), contrast_cell(item))
        for item in contrasts
    ]
    first = contrasts[0]
    heads = (short_period(first.now.period), short_period(first.then.period), say("tabulated.change"))
    return Table((column.name, *heads), tuple(rows), say("tabulated.caption"))


def is_growth(item: Contrast) -> bool:
    """Whether it is the change on a year earlier, of which a printed one may be on record."""
    earlier, later = item.in_time
    return earlier.period == later.period.year_before and later.growth.pct is not None


def contrast_cell(item: Contrast) -> Cell:
    """The change from the earlier to the later: the printed one, if any."""
    if is_growth(item):
        return change_cell(item.in_time[1].growth)
    return pct_cell(item.pct, item.range)
