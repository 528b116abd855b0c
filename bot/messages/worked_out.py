"""Reports of what is worked out from several figures: the one number first, then what it is taken from."""

from collections.abc import Iterable, Sequence

from bot.answers.answer import Answer
from bot.answers.results import Count, Ratio, SideBySide, Streak, Total
from bot.dataset.calendar import Period
from bot.dataset.model import UNITS, Figure, Series
from bot.messages.month_lists import month_list, month_runs
from bot.messages.names import lower_first, series_name, short, short_name
from bot.messages.number_format import grouped
from bot.messages.of_figures import stated
from bot.messages.quantities import computed, label, leading, level, on_month, on_year, plain, quotient
from bot.messages.report import Item, Report
from bot.messages.short_names import span_name
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
        return Report(stated(first, answer, level(first, question.unit)), on_year(first))
    periods = period_names([each.period for each in item.parts])
    (made,) = item.computed
    told = stated(first, answer, computed(made, question.unit), periods)
    return Report(told, say(f"worked_out.by_{made.working}"))


def period_names(periods: Sequence[Period]) -> str:
    """March and April 2024; 2024 and Q1 2025."""
    if all(period.length == 1 for period in periods):
        return month_list([period.end for period in periods])
    return enumeration([span_name(period) for period in periods])


def beside(answer: Answer, question: Question, item: SideBySide) -> Report:
    """By how much one is larger; of many the largest, and the others in a list."""
    figures, unit = item.figures, one_unit(item.figures, question.unit)
    ordered = (
        sorted(figures, key=lambda each: -(each.value or 0)) if item.largest is not None else list(figures)
    )
    one_series = len({each.series for each in figures}) == 1
    if len(figures) > 2:
        items = [
            Item(f"{_name(each, answer, one_series=one_series)} · ", level(each, unit))
            for each in ordered[:LISTED]
        ]
        first = _name(ordered[0], answer, one_series=one_series)
        title = say(
            "worked_out.largest" if item.largest is not None else "worked_out.no_largest",
            name=first,
            level=level(ordered[0], unit),
            period=span_name(ordered[0].period),
        )
        return Report(title, items=tuple(items))
    more, less = ordered
    if not item.computed:
        told = say(
            "worked_out.two",
            first=level(more, unit),
            second=level(less, unit),
            other=_name(less, answer, one_series=one_series),
        )
        return Report(stated(more, answer, told))
    much = computed(item.computed[0], unit)
    line = say(
        "worked_out.of_two",
        first=_dated(more, answer, unit, one_series),
        second=_dated(less, answer, unit, one_series),
    )
    if item.largest is None or more.series.flow == "net":
        return Report(_apart(more, less, answer, much, one_series=one_series), lines=(line,))
    return Report(_more(more, less, answer, much, one_series=one_series), lines=(line,))


def _name(figure: Figure, answer: Answer, *, one_series: bool) -> str:
    return (
        span_name(figure.period) if one_series else lower_first(series_name(figure.series, answer.catalogue))
    )


def _dated(figure: Figure, answer: Answer, unit: Unit, one_series: bool) -> str:
    return say("report.item", name=_name(figure, answer, one_series=one_series), value=level(figure, unit))


def _more(more: Figure, less: Figure, answer: Answer, much: str, *, one_series: bool) -> str:
    """Alumina exports: 90 kt more in March 2026 than in March 2025."""
    if one_series:
        values = {"period": span_name(more.period), "other": span_name(less.period)}
        return say("worked_out.more_in", series=label(more, answer.catalogue), size=much, **values)
    values = {"first": label(more, answer.catalogue), "second": _name(less, answer, one_series=False)}
    return say("worked_out.more_than", size=much, period=span_name(more.period), **values)


def _apart(more: Figure, less: Figure, answer: Answer, much: str, *, one_series: bool) -> str:
    names = [_name(each, answer, one_series=one_series) for each in (more, less)]
    return say(
        "worked_out.apart", series=label(more, answer.catalogue), first=names[0], second=names[1], size=much
    )


def one_unit(figures: Sequence[Figure], asked: Unit) -> Unit:
    """The unit asked for; one of thousands where tonnes of several series would have several."""
    several = len({figure.series.commodity for figure in figures}) > 1
    if not several or asked != "t" or figures[0].unit != "t":
        return asked
    return "wan_t" if language() == "zh" else "kt"


def ratio(answer: Answer, question: Question, item: Ratio) -> Report:
    """How many tonnes of one for each tonne of the other; how many times as much as in another period."""
    first, second = item.first, item.second
    times, unit = quotient(item.computed[0]), one_unit((first, second), question.unit)
    one_series = first.series == second.series
    line = say(
        "worked_out.of_two",
        first=_dated(first, answer, unit, one_series),
        second=_dated(second, answer, unit, one_series),
    )
    if one_series:
        values = {"period": span_name(first.period), "other": span_name(second.period)}
        return Report(
            say("worked_out.times", series=label(first, answer.catalogue), ratio=times, **values),
            lines=(line,),
        )
    names = {
        "first": _name(first, answer, one_series=False),
        "second": _name(second, answer, one_series=False),
    }
    told = say(
        f"worked_out.ratio_{first.series.measure}", ratio=times, period=span_name(first.period), **names
    )
    return Report(told, lines=(line,))


def count(answer: Answer, question: Question, item: Count) -> Report:
    """Alumina exports above 200 kt: 12 of 31 months, with which where they are few."""
    title = titled(item.series, item.criterion, answer, question.unit)
    known, met = len(item.known), len(item.months)
    head = say_count("worked_out.some_of", known, title=title, met=met, period=span_name(item.period))
    months = [figure.end for figure in item.months]
    if not months or met == known:
        return Report(head)
    if len(month_runs(months)) <= MOST_RUNS:
        return Report(head, lines=(say("worked_out.these", months=month_list(months)), *turned(item.open)))
    table = of_periods(answer, item.months, question.unit, lambda each: named(each.end))
    return Report(head, lines=turned(item.open), table=table)


def turned(months: Iterable[object]) -> tuple[str, ...]:
    """That rounding could turn so many months."""
    count = len(tuple(months))
    return (say_count("worked_out.open", count),) if count else ()


def streak(answer: Answer, question: Question, item: Streak) -> Report:
    """Alumina exports above 200 kt: 7 months in a row, and what ended it."""
    title = titled(item.series, item.criterion, answer, question.unit)
    if not item.months:
        return _no_streak(title, item, question)
    months = month_list([figure.end for figure in item.months])
    return Report(
        say_count(
            "worked_out.longest" if item.longest else "worked_out.streak", len(item.months), title=title
        ),
        months,
        (*_ended(item, question), *turned(item.open)),
    )


def _ended(item: Streak, question: Question) -> tuple[str, ...]:
    """What came before it."""
    if item.longest or not (item.broken_by or item.hole):
        return ()
    if item.broken_by:
        value = _seen(item.broken_by, item.criterion, question.unit)
        return (say("report.item", name=named(item.broken_by.end), value=value),)
    return (say("worked_out.hole", month=named(item.hole)),) if item.hole else ()


def _seen(figure: Figure, criterion: Criterion, unit: Unit) -> str:
    """A month as the criterion looks at it: its level, or its change."""
    if criterion.of == "mom" and figure.move:
        return on_month(figure.move) or level(figure, unit)
    return (leading(figure.growth) if criterion.of == "yoy" else "") or level(figure, unit)


def _no_streak(title: str, item: Streak, question: Question) -> Report:
    if item.longest or not item.broken_by:
        return Report(say("worked_out.no_month", title=title))
    value = _seen(item.broken_by, item.criterion, question.unit)
    head = say("worked_out.no_streak", title=title, month=named(item.broken_by.end))
    last = (say("worked_out.last_in", month=named(item.last.end)),) if item.last else ()
    return Report(head, value, last)


def titled(series: Series, criterion: Criterion, answer: Answer, unit: Unit) -> str:
    """Alumina exports above 200 kt; alumina net exports; bauxite imports, up on the year."""
    up = criterion.side in UP
    names = answer.catalogue
    if series.flow == "net" and criterion.of == "level" and criterion.bound == 0:
        commodity = short(short_name(names[series.commodity]))
        return say("operations.net_exports" if up else "operations.net_imports", commodity=commodity)
    name = series_name(series, names)
    if criterion.of == "level":
        bound = plain(criterion.bound, UNITS[series.measure], unit)
        return say(f"operations.level_{criterion.side}", series=name, bound=bound)
    base = say(f"operations.on_{criterion.of}")
    if criterion.bound == 0:
        return say("operations.up" if up else "operations.down", series=name, base=base)
    return say(f"operations.change_{criterion.side}", series=name, base=base, bound=percent(criterion.bound))


def percent(pct: float) -> str:
    """20 %, −3.5 %: a change that somebody named."""
    number = grouped(pct, 0 if pct == int(pct) else 1).replace("-", "−")
    return say("quantities.percent", number=number)
