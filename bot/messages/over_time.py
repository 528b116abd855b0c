"""Reports over many months: trend, average, quarters and years, rolling sums, season, ranking, record."""

from collections.abc import Sequence
from itertools import product

from bot.answers.answer import Answer, Stretch
from bot.answers.results import Place, Rank, Rows, Seasonal
from bot.dataset.calendar import Period
from bot.dataset.model import Figure
from bot.messages import names as naming
from bot.messages.of_figures import once, stated
from bot.messages.quantities import as_figure, change, label, level, on_year, ranked_by, size
from bot.messages.report import Cell, Item, Report, Table
from bot.messages.tabulated import Column, change_cell, chart_of, of_periods
from bot.questions.named import month_name, named
from bot.questions.question import Question
from bot.words import comma, say, say_count
from bot.words.folder import own_name


def trend(answer: Answer, question: Question) -> Report:
    """The newest month with its change, the peak and the low; a chart, or a table where there is none."""
    every = {each: own for each in answer.stretches if (own := _of(answer, each))}
    stretch, own = next(iter(every.items()), (answer.stretches[0], []))
    when, months = naming.short_period(stretch.period), [each for each in own if each.value is not None]
    names = [label(figures[0]) for figures in every.values()] or [naming.series_name(stretch.series)]
    told = naming.named_together(names) if len(names) < 4 else say("report.count", count=len(names))
    title = say("report.titled", series=told, period=when)
    if not months:
        return Report(title)
    # There is no chart of several scopes: then a table.
    made = Report(title, table=of_periods(answer.figures, question.unit), chart=chart_of(answer))
    if len(every) > 1:
        newest = zip(names[:2], every.values(), strict=False)
        line = say("report.dot").join(_newest_in(name, figures[-1], question) for name, figures in newest)
        return made._replace(lines=(line,))
    line = _extremes(months, stretch, question) if len(months) > 2 else ""
    head = once(_newest_in(title, months[-1], question))
    return made._replace(headline=head, tail=on_year(months[-1]), lines=(line,))


def _newest_in(title: str, newest: Figure, question: Question) -> str:
    return say("report.newest_in", title=title, level=level(newest, question.unit), month=newest.end)


def _extremes(months: Sequence[Figure], stretch: Stretch, question: Question) -> str:
    """The peak and the low; of a balance the largest and the smallest, or the largest either way."""
    high, low, kind = max(months, key=_value), min(months, key=_value), "level"
    if stretch.series.flow == "net":
        kind = "either_way" if _value(low) < 0 < _value(high) else "balance"
        high, low = (low, high) if _value(high) <= 0 else (high, low)
    levels = {"high": level(high, question.unit), "low": level(low, question.unit)}
    return say(f"report.extremes_{kind}", when=_when(high, stretch), low_when=_when(low, stretch), **levels)


def _of(answer: Answer, stretch: Stretch) -> list[Figure]:
    return [figure for figure in answer.figures if figure.series == stretch.series]


def _when(figure: Figure, stretch: Stretch) -> str:
    """The month, with its year unless the stretch lies in one."""
    one_year = stretch.period.start.year == stretch.period.end.year
    return month_name(figure.end.number) if one_year else named(figure.end)


def _value(figure: Figure) -> float:
    return figure.value or 0


def average(answer: Answer, question: Question) -> Report:
    """The mean, and what it is taken from; which months lack where there is none."""
    if not answer.averages:
        stretch = answer.stretches[0]
        lost = say_count("report.no_average", len(stretch.holes), period=stretch.period)
        if stretch.other_scope:
            scopes = {"scope": own_name(stretch.scope), "other": own_name(stretch.other_scope)}
            lost = say("report.no_average_of", period=stretch.period, **scopes)
        months = [figure for figure in answer.figures if figure.period.length == 1]
        return Report(lost, table=of_periods(months, question.unit) if months else None)
    mean = answer.averages[0]
    told = level(mean, question.unit)
    if question.measure != "unit_value" and question.unit != "t/day":
        told = say("report.a_month", level=told)
    total = len(answer.figures) == 1 and answer.figures[0].period.length > 1
    tail = say("report.from_total" if total else "report.mean_of", count=mean.period.length)
    beside = [(label(each), level(each, question.unit)) for each in answer.averages[1:4]]
    others = tuple(say("report.item", name=name, value=value) for name, value in beside)
    return Report(stated(mean, question.unit, told), tail, others)


def rows(answer: Answer, question: Question, item: Rows) -> Report:
    """By quarter, year or twelve months: the newest, or the one asked for, with its change; a table."""

    def name(period: Period) -> str:
        twelve = say("report.twelve_to", month=naming.short_month(period.end))
        return twelve if item.by == "twelve" else naming.short_period(period)

    last = item.figures[-1]
    if question.top == 1:  # "which quarter was the largest"
        last = (min if question.order == "lowest" else max)(item.figures, key=_value)
    every = [figure for each in answer.results if isinstance(each, Rows) for figure in each.figures]
    table = of_periods(every, question.unit, name) if len(every) > 1 else None
    told = stated(last, question.unit, period=name(last.period))
    return Report(told, on_year(last), table=table)


def season(answer: Answer, question: Question, item: Seasonal) -> Report:
    """The figure beside the mean of the same period of the years before."""
    title, years = stated(item.figure, question.unit), [each.end.year for each in item.earlier]
    if not years:
        return Report(title, say("report.no_season"))
    mean, *moved = item.computed
    told = change(moved[0].value, moved[0].range) if moved else ""
    span = say("report.season_years", first=min(years), last=max(years)) if len(years) > 1 else str(years[0])
    line = say("report.season_mean", years=span, mean=size(as_figure(mean), question.unit))
    return Report(title, say("report.on_season", change=told) if told else "", (line,))


def ranking(answer: Answer, question: Question) -> Report:
    """The months that were ranked in the title with the first of them; up to ten in a list, else a table."""
    of_each: dict[Stretch, list[Rank]] = {}
    for stretch, rank in product(answer.stretches, answer.ranks):
        if rank.figure.series == stretch.series:
            of_each.setdefault(stretch, []).append(rank)
    stretch = next(iter(of_each), answer.stretches[0])
    own = _of(answer, stretch)
    of = question.change or ("yoy" if question.order in ("rise", "fall") else "level")
    name, when = naming.lower_first(label(own[0])) if own else "", naming.short_period(stretch.period)
    kind = "level" if of == "level" else "change"
    title = say(f"report.ranked_{kind}_{question.order}", series=name, period=when)
    if not of_each:
        return Report(title)
    first, *others = (ranks[0] for ranks in of_each.values())
    month, value = _when(first.figure, stretch), ranked_by(first.figure, of, question.unit)
    title = say("report.first", title=title, month=month, value=value)
    ranks = [first, *others] if others else of_each[stretch]
    if len(ranks) > 10:
        column, figures = Column.of(answer.figures, question.unit), [each.figure for each in ranks]
        rows = ((Cell(naming.short_month(one.end)), column.cell(one), change_cell(one)) for one in figures)
        header = say("tabulated.month"), column.name, say("tabulated.on_year")
        return Report(title, table=Table(header, tuple(rows)))
    items = tuple(_ranked(each, of, question, several=bool(others)) for each in ranks)
    return Report(title, items=items, ordered=not others)


def _ranked(rank: Rank, of: str, question: Question, *, several: bool) -> Item:
    names = [label(rank.figure)] if several else []
    shared = say("report.shared", places=_places(rank)) if rank.reach[0] < rank.reach[1] else ""
    name = comma([*names, naming.short_month(rank.figure.end)])
    return Item(f"{name}{shared} · ", ranked_by(rank.figure, of, question.unit))


def _places(rank: Rank) -> str:
    """2; 2–4 where rounding leaves it open."""
    return "–".join(map(str, dict.fromkeys(rank.reach)))


def record(answer: Answer, question: Question) -> Report:
    """The month, and since when there was none like it; what is on record before, and outranks it."""
    place, *others = answer.places[:4]
    lines = []
    if rival := place.rival:
        values = {"month": rival.end, "level": size(rival, question.unit)}
        rank = _places(place.rank)
        lines.append(say("report.rival", place=rank, count=place.standing.months, **values))
    lines += [say("report.item", name=label(each.figure), value=_since(each, question)) for each in others]
    way = "lower" if question.order == "lowest" else "higher"
    own = [each for each in answer.around if each.series == place.figure.series]
    lines += [say(f"report.before_{way}", month=each.end, value=level(each, question.unit)) for each in own]
    return Report(stated(place.figure, question.unit), _since(place, question), tuple(lines))


def _since(place: Place, question: Question) -> str:
    """The highest since May 2026, or of 31 months; the lowest net trade is the largest net imports."""
    standing, low = place.standing, question.order == "lowest"
    degree = "low" if low else "high"
    if place.figure.series.flow == "net":
        side = "exports" if _value(place.figure) > 0 else "imports"
        degree = f"{'large' if low == (side == 'imports') else 'small'}_{side}"
    most = say(f"wordings.most_{degree}")
    if standing.months == 1:
        return say("report.alone")
    if place.rival is None:
        return say("report.of_run", most=most, count=standing.months, start=standing.run_start)
    if place.rival.end.plus(1) == place.figure.end:
        return say("report.no_record")
    return say("report.since", most=most, month=place.rival.end)
