"""The one chart of an answer: bars from zero, a line a year for a season."""

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.answers.plot import Plot
from bot.dataset.calendar import Period
from bot.dataset.model import Series
from bot.messages.charts import AXIS, NAME, TITLE, Chart, Curve, Kind, fitted
from bot.messages.month_lists import quarter
from bot.messages.names import Names, flow_name, lower_first, series_name
from bot.messages.safe import visible
from bot.messages.short_names import month_short
from bot.messages.tabulated import Column
from bot.questions.named import period_name
from bot.questions.question import Unit
from bot.words import say
from bot.words.countries import country
from bot.words.joints import enumeration


def chart_of(answer: Answer) -> Chart | None:
    """The chart of the first plot; of several scopes the others stay out, as they cannot share its axis."""
    if not answer.plots:
        return None
    plot = answer.plots[0]
    unit: Unit = answer.question.unit if answer.question else "t"
    column = Column.of(plot.figures, unit)
    named = zip(_curve_names(plot, answer.catalogue), plot.lines, strict=True)
    curves = [Curve(name, tuple(column.point(figure) for figure in line)) for name, line in named]
    places = tuple(_place(figure.period, plot) for figure in plot.lines[0])
    kind: Kind = "line" if plot.shape == "season" else "bar"
    return Chart(_title(plot, answer.catalogue), kind, places, tuple(curves), fitted(column.name, AXIS))


def _title(plot: Plot, names: Names) -> str:
    """Alumina exports and imports by month."""
    told = [series_name(series, names) for series in plot.series]
    series = visible(enumeration([told[0], *map(lower_first, told[1:])]))
    title = say("pictures.title", series=series, shape=say(f"pictures.shape_{plot.shape}"))
    return title if len(title) <= TITLE else fitted(series, TITLE)


def _curve_names(plot: Plot, names: Names) -> list[str]:
    """The years; flows or partners where these alone differ; else the series, told apart by a number."""
    if plot.shape == "season":
        return [period_name(Period.whole_year(line[0].end.year)) for line in plot.lines]
    told = [fitted(name, NAME) for name in _told_apart(plot.series, names)]
    if len(set(told)) == len(told):
        return told
    return [f"{place} {name[: NAME - 3]}" for place, name in enumerate(told, start=1)]


def _told_apart(series: Sequence[Series], names: Names) -> list[str]:
    one = len({each.commodity for each in series}) == 1
    if one and len({each.flow for each in series}) == len(series) > 1:
        return [flow_name(each.flow).capitalize() for each in series]
    if one and len({each.partner for each in series}) == len(series) > 1:
        return [country(each.partner) for each in series]
    return [series_name(each, names) for each in series]


def _place(period: Period, plot: Plot) -> str:
    """Jul 25; Q3 25; Jul alone where each year has its line: short enough for a phone."""
    end = period.end
    if plot.shape == "season":
        return month_short(end.number)
    time = quarter(end.number // 3) if period.kind == "quarter" else month_short(end.number)
    return say("pictures.place", time=time, year=f"{end.year % 100:02}")
