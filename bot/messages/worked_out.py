"""Reports of what is worked out from several figures: the one number first, then what it is taken from."""

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.answers.results import Count, Ratio, SideBySide, Streak, Total
from bot.dataset.calendar import Month
from bot.dataset.model import UNITS, Figure, Series
from bot.messages.names import commodity_name, lower_first, series_name
from bot.messages.number_format import grouped
from bot.messages.of_figures import stated
from bot.messages.period_names import month_list, month_runs, span_name
from bot.messages.quantities import computed, grown, label, leading, level, on_month, percent, plain, quotient
from bot.messages.report import Item, Report
from bot.messages.tabulated import of_periods
from bot.questions.named import named
from bot.questions.question import Criterion, Question, Unit
from bot.words import language, say, say_count
from bot.words.joints import enumeration

MOST_RUNS = 2  # of months in a line; more of them stand in a table
UP = ("above", "at_least")
LISTED = 5


def total(answer: Answer, question: Question, item: Total) -> Report:
    """Alumina exports, January-June 2024: 830 kt, with its change; a sum of periods says which."""
    first = item.parts[0]
    if not item.computed:
        return Report(stated(first, answer), grown(first, question.unit))
    periods = [each.period for each in item.parts]
    if all(period.length == 1 for period in periods):
        told = month_list([period.end for period in periods])
    else:
        told = enumeration([span_name(period) for period in periods])
    (made,) = item.computed
    line = stated(first, answer, computed(made, question.unit), told)
    return Report(line, say(f"worked_out.by_{made.working}"))


def beside(answer: Answer, question: Question, item: SideBySide) -> Report:
    """By how much one is larger; of many the largest, and the others in a list."""
    figures, unit = list(item.figures), one_unit(item.figures, question.unit)
    if item.largest is not None:
        figures.sort(key=lambda each: -(each.value or 0))
    names, levels, more = _names(figures, answer), [level(each, unit) for each in figures], figures[0]
    period = span_name(more.period)
    if len(figures) > 2:
        values = {"name": names[0], "level": levels[0], "period": period}
        told = say("worked_out.no_largest" if item.largest is None else "worked_out.largest", **values)
        listed = zip(names[:LISTED], levels, strict=False)
        return Report(told, items=tuple(Item(f"{name} · ", size) for name, size in listed))
    if not item.computed:
        told = say("worked_out.two", other=names[1], first=levels[0], second=levels[1])
        return Report(stated(more, answer, told))
    much, series = computed(item.computed[0], unit), label(more, answer.catalogue)
    if item.largest is None or more.series.flow == "net":
        told = say("worked_out.apart", series=series, size=much, first=names[0], second=names[1])
    elif more.series == figures[1].series:
        told = say("worked_out.more_in", series=series, size=much, period=names[0], other=names[1])
    else:
        told = say("worked_out.more_than", size=much, period=period, first=series, second=names[1])
    return Report(told, lines=(_both(names, levels),))


def _names(figures: Sequence[Figure], answer: Answer) -> list[str]:
    """What tells figures apart that are put beside each other: their periods where the series is one."""
    if len({each.series for each in figures}) == 1:
        return [span_name(each.period) for each in figures]
    return [lower_first(series_name(each.series, answer.catalogue)) for each in figures]


def _both(names: Sequence[str], levels: Sequence[str]) -> str:
    pairs = zip(names, levels, strict=True)
    first, second = (say("report.item", name=name, value=told) for name, told in pairs)
    return say("worked_out.of_two", first=first, second=second)


def one_unit(figures: Sequence[Figure], asked: Unit) -> Unit:
    """The unit asked for; one of thousands where tonnes of several series would have several."""
    several = len({figure.series.commodity for figure in figures}) > 1
    if not several or asked != "t" or figures[0].unit != "t":
        return asked
    return "wan_t" if language() == "zh" else "kt"


def ratio(answer: Answer, question: Question, item: Ratio) -> Report:
    """How many tonnes of one for each tonne of the other; how many times as much as in another period."""
    pair, times = (item.first, item.second), quotient(item.computed[0])
    names, unit = _names(pair, answer), one_unit(pair, question.unit)
    if item.first.series == item.second.series:
        series = label(item.first, answer.catalogue)
        told = say("worked_out.times", ratio=times, series=series, period=names[0], other=names[1])
    else:
        measure, period = item.first.series.measure, span_name(item.first.period)
        told = say(f"worked_out.ratio_{measure}", ratio=times, period=period, first=names[0], second=names[1])
    return Report(told, lines=(_both(names, [level(each, unit) for each in pair]),))


def count(answer: Answer, question: Question, item: Count) -> Report:
    """Alumina exports above 200 kt: 12 of 31 months, with which where they are few."""
    title = _titled(item.series, item.criterion, answer, question.unit)
    known, met = len(item.known), len(item.months)
    head = say_count("worked_out.some_of", known, title=title, met=met, period=span_name(item.period))
    months = [figure.end for figure in item.months]
    if not months or met == known:
        return Report(head)
    if len(month_runs(months)) <= MOST_RUNS:
        return Report(head, lines=(say("worked_out.these", months=month_list(months)), _turned(item.open)))
    table = of_periods(answer, item.months, question.unit, lambda each: named(each.end))
    return Report(head, lines=(_turned(item.open),), table=table)


def _turned(months: Sequence[Month]) -> str:
    """That rounding could turn so many months."""
    return say_count("worked_out.open", len(months)) if months else ""


def streak(answer: Answer, question: Question, item: Streak) -> Report:
    """Alumina exports above 200 kt: 7 months in a row, and what came before it; that there is none."""
    title = _titled(item.series, item.criterion, answer, question.unit)
    broken, before = item.broken_by, ""
    value = _seen(broken, item.criterion, question.unit) if broken else ""
    if not item.months:
        if item.longest or not broken:
            return Report(say("worked_out.no_month", title=title))
        last = say("worked_out.last_in", month=named(item.last.end)) if item.last else ""
        return Report(say("worked_out.no_streak", title=title, month=named(broken.end)), value, (last,))
    if broken and not item.longest:
        before = say("report.item", name=named(broken.end), value=value)
    elif item.hole and not item.longest:
        before = say("worked_out.hole", month=named(item.hole))
    months, count = month_list([figure.end for figure in item.months]), len(item.months)
    head = say_count("worked_out.longest" if item.longest else "worked_out.streak", count, title=title)
    return Report(head, months, (before, _turned(item.open)))


def _seen(figure: Figure, criterion: Criterion, unit: Unit) -> str:
    """A month as the criterion looks at it: its level, or its change."""
    if criterion.of == "mom" and figure.move:
        return on_month(figure.move) or level(figure, unit)
    return (leading(figure.growth) if criterion.of == "yoy" else "") or level(figure, unit)


def _titled(series: Series, criterion: Criterion, answer: Answer, unit: Unit) -> str:
    """Alumina exports above 200 kt; alumina net exports; bauxite imports, up on the year."""
    up, names = criterion.side in UP, answer.catalogue
    if series.flow == "net" and criterion.of == "level" and criterion.bound == 0:
        commodity = commodity_name(names[series.commodity])
        return say("operations.net_exports" if up else "operations.net_imports", commodity=commodity)
    name = series_name(series, names)
    if criterion.of == "level":
        bound = plain(criterion.bound, UNITS[series.measure], unit)
        return say(f"operations.level_{criterion.side}", series=name, bound=bound)
    base, bound = say(f"operations.on_{criterion.of}"), named_percent(criterion.bound)
    if criterion.bound == 0:
        return say("operations.up" if up else "operations.down", series=name, base=base)
    return say(f"operations.change_{criterion.side}", series=name, base=base, bound=bound)


def named_percent(pct: float) -> str:
    """20 %, −3.5 %: a change that somebody named."""
    return percent(grouped(pct, 0 if pct == int(pct) else 1).replace("-", "−"))
