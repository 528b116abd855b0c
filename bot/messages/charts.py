"""The one chart of an answer, which Slack draws: bars from zero, a line a year for a season."""

import re

from bot.answers.answer import Answer
from bot.answers.plots import Plot
from bot.dataset.calendar import Period
from bot.messages.message import Block
from bot.messages.names import Names, named_together, series_name
from bot.messages.period_names import month_short
from bot.messages.report import Chart, Curve
from bot.messages.safe import visible
from bot.messages.tabulated import Column, told_apart
from bot.questions.named import period_name
from bot.words import say

TITLE = AXIS = 50
NAME = 20  # of a series, of a category
WORD_END = re.compile("(?<=[\u4e00-\u9fff])| ")


def chart_of(answer: Answer) -> Chart | None:
    """The chart of the first plot; of several scopes the others stay out, as they cannot share its axis."""
    if not answer.plots:
        return None
    plot = answer.plots[0]
    column = Column.of(plot.figures, answer.question.unit if answer.question else "t")
    named = zip(_curve_names(plot, answer.catalogue), plot.lines, strict=True)
    curves = tuple(Curve(name, tuple(map(column.point, line))) for name, line in named)
    places = tuple(_place(figure.period, plot) for figure in plot.lines[0])
    kind = "line" if plot.shape == "season" else "bar"
    return Chart(_title(plot, answer.catalogue), kind, places, curves, fitted(column.name, AXIS))


def _title(plot: Plot, names: Names) -> str:
    """Alumina exports and imports by month."""
    told = [series_name(series, names) for series in plot.series]
    series = visible(named_together(told))
    title = say("pictures.title", series=series, shape=say(f"pictures.shape_{plot.shape}"))
    return title if len(title) <= TITLE else fitted(series, TITLE)


def _curve_names(plot: Plot, names: Names) -> list[str]:
    """The years of a season; else what tells the series apart, if need be by a number."""
    if plot.shape == "season":
        return [period_name(Period.whole_year(line[0].end.year)) for line in plot.lines]
    told = [fitted(name, NAME) for name in told_apart(plot.series, names)]
    if len(set(told)) == len(told):
        return told
    return [f"{place} {name[: NAME - 3]}" for place, name in enumerate(told, start=1)]


def _place(period: Period, plot: Plot) -> str:
    """Jul 25; Q3 25; Jul alone where each year has its line: short enough for a phone."""
    end, time = period.end, month_short(period.end.number)
    if plot.shape == "season":
        return time
    time = say(f"dates.quarter_{end.number // 3}") if period.kind == "quarter" else time
    return say("pictures.place", time=time, year=f"{end.year % 100:02}")


def chart_block(chart: Chart) -> Block:
    """The block; each line has exactly one point for each category."""
    series = []
    for name, values in chart.curves:
        data = [{"label": each, "value": value} for each, value in zip(chart.categories, values, strict=True)]
        series.append({"name": name, "data": data})
    axes = {"categories": list(chart.categories), "y_label": chart.unit}
    drawn = {"type": chart.kind, "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": chart.title, "chart": drawn}


def fitted(text: str, most: int) -> str:
    """As many whole words as fit, with a sign where some are left out; a Chinese sign is a word."""
    text = visible(text)
    if len(text) <= most:
        return text
    ends = [end.start() for end in WORD_END.finditer(text, 0, most) if 0 < end.start() < most]
    return text[: ends[-1] if ends else most - 1].rstrip(" ,，、") + "…"
