"""The charts of an answer, and the lines under them: what is derived, what stays out, what happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from bot.answers.answer import Answer
from bot.answers.plot import Plot
from bot.dataset.calendar import Period
from bot.dataset.model import Figure
from bot.messages.charts import AXIS, NAME, TITLE, Chart, Curve, Kind, fitted
from bot.messages.columns import Levels
from bot.messages.events import event_line
from bot.messages.limits import CHARTS
from bot.messages.month_lists import month_list, quarter
from bot.messages.names import Names, flow_name, lower_first, scope_name, series_name
from bot.messages.safe import visible
from bot.questions.named import month_name, named, period_name
from bot.questions.question import Unit
from bot.words import say, say_count
from bot.words.joints import enumeration, in_brackets, listed, stop

# Units that an axis says in more words than a column; others stand there as they are.
UNITS = {
    "t": "t", "kt": "kt", "Mt": "mt", "万吨": "wan_t", "lb": "lb", "t/day": "t_day",
    "US$m": "usd_m", "US$bn": "usd_bn", "US$/t": "usd_t",
}  # fmt: skip
MOST_EVENTS = 3
MOST_DERIVED = 8  # points that are named; of more it is told how many there are
YEAR = 12
MONTH_LETTERS = 3  # of a month's name on an axis


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, and the lines that stand under it."""

    chart: Chart
    lines: tuple[str, ...]


def pictures(answer: Answer) -> list[Picture]:
    """As many charts as a message takes; under the last one also what has none, and what happened."""
    if not answer.plots:
        return []
    unit: Unit = answer.question.unit if answer.question else "t"
    shown, more = answer.plots[:CHARTS], answer.plots[CHARTS:]
    lines = [list(_under(plot, answer.catalogue, several=len(answer.plots) > 1)) for plot in shown]
    lines[-1] += [*_without(more, answer.catalogue), *happenings(answer)]
    charts = [_chart(plot, unit, answer.catalogue) for plot in shown]
    return [Picture(chart, tuple(told)) for chart, told in zip(charts, lines, strict=True)]


def _without(plots: Sequence[Plot], names: Names) -> Iterator[str]:
    """What a message has no more room for as a chart of its own."""
    told = [
        lower_first(series_name(each, names)) + in_brackets(scope_name(plot.scope))
        for plot in plots
        for each in plot.series
    ]
    if told:
        yield say("pictures.no_chart", series=enumeration(told))


def happenings(answer: Answer) -> list[str]:
    """The newest events in the time that the charts show, each once, and how many more there are."""
    found = {event for plot in answer.plots[:CHARTS] for event in plot.events}
    events = sorted(found, key=lambda event: event.day)
    told = [event_line(event) + stop() for event in events[-MOST_EVENTS:]]
    if earlier := len(events) - len(told):
        told.insert(0, say_count("pictures.earlier_events", earlier))
    return told


def _chart(plot: Plot, unit: Unit, names: Names) -> Chart:
    levels = Levels.of(plot.figures, unit)
    curves = [
        Curve(name, tuple(levels.point(figure) for figure in line))
        for name, line in zip(_curve_names(plot, names), plot.lines, strict=True)
    ]
    places = tuple(_place(figure.period, plot) for figure in plot.lines[0])
    kind: Kind = "bar" if plot.gaps or _leaps(plot.lines[0]) or _crosses_zero(plot.figures) else "line"
    return Chart(_title(plot, names), kind, places, tuple(curves), fitted(_axis(levels.unit), AXIS))


def _axis(unit: str) -> str:
    """Kt (thousand tonnes)."""
    return say(f"pictures.unit_{UNITS[unit]}") if unit in UNITS else unit


def _leaps(line: Sequence[Figure]) -> bool:
    """Whether time is missing between two places, over which no line may be drawn."""
    return any(one.end.until(two.end) != two.period.length for one, two in pairwise(line))


def _crosses_zero(figures: Sequence[Figure]) -> bool:
    values = [figure.value or 0 for figure in figures]
    return min(values) < 0 < max(values)


def _title(plot: Plot, names: Names) -> str:
    """Alumina exports and imports by month."""
    first, *others = plot.series
    told = series_name(first, names)
    if others and len({series.commodity for series in plot.series}) == 1:
        flows = enumeration([flow_name(series.flow) for series in plot.series])
        told = told.replace(flow_name(first.flow), flows, 1)
    elif others:
        told = enumeration([told, *(lower_first(series_name(series, names)) for series in others)])
    told = visible(told)
    title = say("pictures.title", series=told, shape=say(f"pictures.shape_{plot.shape}"))
    return title if len(title) <= TITLE else fitted(told, TITLE)


def _curve_names(plot: Plot, names: Names) -> list[str]:
    """The years; else the flows where these alone differ; else the series, told apart by a number."""
    if plot.shape == "season":
        return [period_name(Period.whole_year(line[0].end.year)) for line in plot.lines]
    if len({series.commodity for series in plot.series}) == 1:
        return [flow_name(series.flow).capitalize() for series in plot.series]
    told = [fitted(series_name(series, names), NAME) for series in plot.series]
    if len(set(told)) == len(told):
        return told
    return [f"{place} {name[: NAME - 3]}" for place, name in enumerate(told, start=1)]


def _place(period: Period, plot: Plot) -> str:
    """Jul 25; Q3 25; Jul alone where each year has its line."""
    return _month(period) if plot.shape == "season" else _label(period)


def _label(period: Period) -> str:
    """Jul 25; Q3 25: short enough for a phone."""
    end = period.end
    time = quarter(end.number // 3) if period.kind == "quarter" else _month(period)
    return say("pictures.place", time=time, year=f"{end.year % 100:02}")


def _month(period: Period) -> str:
    """Jul."""
    return month_name(period.end.number)[:MONTH_LETTERS]


def _under(plot: Plot, names: Names, *, several: bool) -> Iterator[str]:
    """What is to be known of a chart: its scope where there are several, what stays out, what is derived."""
    if several:
        yield say("pictures.scope", scope=scope_name(plot.scope))
    if plot.shape == "season":
        yield from _of_years(plot)
    elif plot.gaps:
        yield _lacking(plot)
    if plot.before:
        yield say("pictures.before", month=named(plot.before))
    if any(series.flow == "net" for series in plot.series):
        yield say("pictures.above_zero")
    yield from _derived(plot, names)


def _derived(plot: Plot, names: Names) -> Iterator[str]:
    """Which points were derived or estimated; of several series for each of them, as the other may be."""
    for how, series in product(("derived", "estimated"), plot.series):
        figures = [figure for figure in plot.figures if figure.series == series]
        points = [_label(figure.period) for figure in figures if _made(figure) == how]
        told = _points(points, len(figures), how)
        if points and len(plot.series) > 1:
            named = lower_first(series_name(series, names))
            yield say(f"pictures.series_points_{how}", series=named, points=told)
        elif points:
            yield say(f"pictures.points_{how}", points=told)


def _points(points: Sequence[str], count: int, how: str) -> str:
    few = len(points) <= MOST_DERIVED
    return listed(points) if few else say(f"pictures.many_{how}", derived=len(points), count=count)


def _made(figure: Figure) -> str:
    """How a point came about where it was not printed as it is."""
    return "derived" if _is_derived(figure) else "estimated" if figure.estimated else ""


def _lacking(plot: Plot) -> str:
    """Which months are not shown, and how they would have to be on record for a place in the chart."""
    how = "quarters" if plot.shape == "quarters" else "months"
    series = "one" if len(plot.lines) == 1 else "all"
    return say(f"pictures.lacking_{how}_of_{series}", months=month_list(plot.gaps))


def _of_years(plot: Plot) -> Iterator[str]:
    """Which months of the years are shown, and which years are not."""
    months = [figure.end for figure in plot.lines[-1]]
    if len(months) < YEAR:
        yield say("pictures.of_each_year", months=month_list(months, year=months[-1].year))
    if plot.years:
        years = enumeration([period_name(Period.whole_year(year)) for year in plot.years])
        yield say_count("pictures.years_left_out", len(plot.years), years=years)


def _is_derived(figure: Figure) -> bool:
    """Whether it was worked out from other periods; a balance and a unit value are of two printed figures."""
    of_two = figure.series.flow == "net" or figure.series.measure == "unit_value"
    return len(figure.inputs) > (2 if of_two else 1)
