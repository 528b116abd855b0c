"""The charts of an answer, and the lines under them: what is derived, what stays out, what happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answers.answer import Answer
from bot.answers.plot import Plot
from bot.dataset.calendar import MONTH_NAMES, Period
from bot.dataset.model import Event, Figure
from bot.messages.charts import AXIS, NAME, TITLE, Chart, Curve, Kind, fitted
from bot.messages.columns import Levels
from bot.messages.limits import CHARTS
from bot.messages.safe import visible
from bot.messages.speech import Names, day, enumeration, flow_name, lower_first, month_list, series_name
from bot.questions.question import Unit

UNITS = {
    "t": "tonnes",
    "kt": "kt (thousand tonnes)",
    "Mt": "Mt (million tonnes)",
    "万吨": "万吨 (ten thousand tonnes)",
    "lb": "pounds",
    "t/day": "tonnes a day",
    "US$m": "million US$",
    "US$bn": "billion US$",
    "US$/t": "US$ a tonne",
}
SHAPES = {"months": "by month", "quarters": "by quarter", "season": "year beside year"}
MOST_EVENTS = 3
MOST_DERIVED = 8  # points that are named; of more it is told how many there are
YEAR = 12


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
    named = ((lower_first(series_name(each, names)), plot.scope) for plot in plots for each in plot.series)
    told = [f"{name} ({scope})" for name, scope in named]
    if told:
        yield f"Not in a chart, as each shows one scope alone: {enumeration(told)}."


def happenings(answer: Answer) -> list[str]:
    """The newest events in the time that the charts show, each once, and how many more there are."""
    found = {event for plot in answer.plots[:CHARTS] for event in plot.events}
    events = sorted(found, key=lambda event: event.day)
    told = [_event(event) for event in events[-MOST_EVENTS:]]
    if earlier := len(events) - len(told):
        told.insert(0, f"{earlier} earlier event{'s' if earlier > 1 else ''} on record in that time.")
    return told


def _event(event: Event) -> str:
    return f"{day(event.day)}: {event.title} ({event.source_name})."


def _chart(plot: Plot, unit: Unit, names: Names) -> Chart:
    levels = Levels.of(plot.figures, unit)
    curves = [
        Curve(name, tuple(levels.point(figure) for figure in line))
        for name, line in zip(_curve_names(plot, names), plot.lines, strict=True)
    ]
    places = tuple(_place(figure.period, plot) for figure in plot.lines[0])
    kind: Kind = "bar" if plot.gaps or _leaps(plot.lines[0]) or _crosses_zero(plot.figures) else "line"
    unit_name = fitted(UNITS.get(levels.unit, levels.unit), AXIS)
    return Chart(_title(plot, names), kind, places, tuple(curves), unit_name)


def _leaps(line: Sequence[Figure]) -> bool:
    """Whether time is missing between two places, over which no line may be drawn."""
    return any(one.end.until(two.end) != two.period.length for one, two in pairwise(line))


def _crosses_zero(figures: Sequence[Figure]) -> bool:
    values = [figure.value or 0 for figure in figures]
    return min(values) < 0 < max(values)


def _title(plot: Plot, names: Names) -> str:
    """Alumina exports and imports by month."""
    first, *others = plot.series
    named = series_name(first, names)
    if others and len({series.commodity for series in plot.series}) == 1:
        flows = enumeration([flow_name(series.flow) for series in plot.series])
        named = named.replace(flow_name(first.flow), flows, 1)
    elif others:
        named = enumeration([named, *(lower_first(series_name(series, names)) for series in others)])
    named, shape = visible(named), SHAPES[plot.shape]
    return f"{named}, {shape}" if len(named) + len(shape) + 2 <= TITLE else fitted(named, TITLE)


def _curve_names(plot: Plot, names: Names) -> list[str]:
    """The years; else the flows where these alone differ; else the series, told apart by a number."""
    if plot.shape == "season":
        return [str(line[0].end.year) for line in plot.lines]
    if len({series.commodity for series in plot.series}) == 1:
        return [flow_name(series.flow).capitalize() for series in plot.series]
    named = [fitted(series_name(series, names), NAME) for series in plot.series]
    if len(set(named)) == len(named):
        return named
    return [f"{place} {name[: NAME - 3]}" for place, name in enumerate(named, start=1)]


def _place(period: Period, plot: Plot) -> str:
    """Jul 25; Q3 25; Jul alone where each year has its line."""
    return _label(period)[:3] if plot.shape == "season" else _label(period)


def _label(period: Period) -> str:
    """Jul 25; Q3 25: short enough for a phone."""
    end = period.end
    named = f"Q{end.number // 3}" if period.kind == "quarter" else MONTH_NAMES[end.number - 1][:3]
    return f"{named} {end.year % 100:02}"


def _under(plot: Plot, names: Names, *, several: bool) -> Iterator[str]:
    """What is to be known of a chart: its scope where there are several, what stays out, what is derived."""
    if several:
        yield f"Scope: {plot.scope}."
    if plot.shape == "season":
        yield from _of_years(plot)
    else:
        if plot.gaps:
            yield f"Not in the chart, as not on record {_lacking(plot)}: {month_list(plot.gaps)}."
        if plot.before:
            yield f"The figures reach further back than the chart, to {plot.before.name}."
    if any(series.flow == "net" for series in plot.series):
        yield "Above zero are net exports, below it net imports."
    yield from _derived(plot, names)


def _derived(plot: Plot, names: Names) -> Iterator[str]:
    """Which points were not printed; of several series for each of them, as the other may be."""
    for series in plot.series:
        figures = [figure for figure in plot.figures if figure.series == series]
        points = [_label(figure.period) for figure in figures if _is_derived(figure)]
        of = f" of {lower_first(series_name(series, names))}" if len(plot.series) > 1 else ""
        if points:
            many = f"{len(points)} of {len(figures)}, none of them printed"
            yield f"Derived points{of}: {', '.join(points) if len(points) <= MOST_DERIVED else many}."


def _lacking(plot: Plot) -> str:
    """How a time would have to be on record for a place in the chart."""
    how = "as whole quarters" if plot.shape == "quarters" else "singly"
    return how if len(plot.lines) == 1 else f"{how} for every series"


def _of_years(plot: Plot) -> Iterator[str]:
    """Which months of the years are shown, and which years are not."""
    months = [figure.end for figure in plot.lines[-1]]
    if len(months) < YEAR:
        shown = month_list(months).replace(f" {months[-1].year}", "")
        yield f"The chart shows {shown} of each year."
    if plot.years:
        years = enumeration([str(year) for year in plot.years])
        verb = "is" if len(plot.years) == 1 else "are"
        yield f"{years} {verb} left out, as not all of these months are on record."
    if plot.before:
        yield f"The figures reach further back than the chart, to {plot.before.name}."


def _is_derived(figure: Figure) -> bool:
    """Whether it was worked out from other periods; a balance and a unit value are of two printed figures."""
    of_two = figure.series.flow == "net" or figure.series.measure == "unit_value"
    return len(figure.inputs) > (2 if of_two else 1)
