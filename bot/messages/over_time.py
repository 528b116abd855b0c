"""Reports over many months: trend, average, quarters and years, rolling sums, season, ranking, record."""

from collections.abc import Sequence

from bot.answers.answer import Answer, Place, Rank, Stretch
from bot.answers.results import Rows, Seasonal
from bot.dataset.calendar import Month
from bot.dataset.model import Figure
from bot.messages.names import lower_first
from bot.messages.number_format import places
from bot.messages.of_figures import once, stated
from bot.messages.pictures import chart_of
from bot.messages.quantities import change, computed, label, leading, level, on_month, on_year, size
from bot.messages.report import Cell, Item, Report, Table
from bot.messages.short_names import short_month, short_period, span_name
from bot.messages.tabulated import Column, change_cell, of_periods
from bot.messages.wordings import degree
from bot.questions.named import month_name, named
from bot.questions.question import Question
from bot.words import say, say_count
from bot.words.joints import comma, enumeration

LISTED = 5  # entries of a ranking


def trend(answer: Answer, question: Question) -> Report:
    """The newest month with its change, the peak and the low; a chart, or a table where there is none."""
    own = _of(answer, answer.stretches[0])
    months = [figure for figure in own if figure.value is not None]
    table = of_periods(answer, answer.figures, question.unit, lambda each: short_period(each.period))
    if not months:
        return Report(_title(answer.stretches[0], answer))
    if len(answer.stretches) > 1:
        return _several(answer, question, table)
    newest = months[-1]
    told = _newest_in(_title(answer.stretches[0], answer), newest, question)
    lines = (_extremes(months, question),) if len(months) > 2 else ()
    chart = chart_of(answer) if len(answer.plots) == 1 else None  # of several scopes a table
    return Report(once(told), on_year(newest), lines, table=table, chart=chart)


def _several(answer: Answer, question: Question, table: Table) -> Report:
    """Several series: their names in the title, the newest of two in the line, a chart or a table."""
    names = [label(_of(answer, each)[0], answer.catalogue) for each in answer.stretches if _of(answer, each)]
    told = enumeration([names[0], *map(lower_first, names[1:])])
    told = told if len(names) < 4 else say("report.count", count=len(names))
    newest = [_of(answer, each)[-1] for each in answer.stretches[:2] if _of(answer, each)]
    lines = [_newest_in(label(each, answer.catalogue), each, question) for each in newest]
    title = say("report.titled", series=told, period=short_period(answer.stretches[0].period))
    chart = chart_of(answer) if len(answer.plots) == 1 else None
    return Report(title, lines=(say("report.dot").join(lines),), table=table, chart=chart)


def _of(answer: Answer, stretch: Stretch) -> list[Figure]:
    return [figure for figure in answer.figures if figure.series == stretch.series]


def _newest_in(title: str, newest: Figure, question: Question) -> str:
    return say("report.newest_in", title=title, level=level(newest, question.unit), month=named(newest.end))


def _title(stretch: Stretch, answer: Answer) -> str:
    """Alumina exports, last 13 months; Alumina exports, Jan–Jul 2026."""
    series = label(_of(answer, stretch)[0], answer.catalogue) if _of(answer, stretch) else ""
    return say("report.titled", series=series, period=short_period(stretch.period))


def _extremes(months: Sequence[Figure], question: Question) -> str:
    """Peak 520 kt in April, low 150 kt in February."""
    high, low = max(months, key=lambda each: each.value or 0), min(months, key=lambda each: each.value or 0)
    year = months[-1].end.year
    values = {"high": level(high, question.unit), "low": level(low, question.unit)}
    return say("report.extremes", when=_when(high.end, year), low_when=_when(low.end, year), **values)


def _when(month: Month, year: int) -> str:
    return month_name(month.number) if month.year == year else named(month)


def average(answer: Answer, question: Question) -> Report:
    """The mean, and what it is taken from; which months lack where there is none."""
    if not answer.averages:
        stretch = answer.stretches[0]
        lost = say_count("report.no_average", len(stretch.holes), period=span_name(stretch.period))
        return Report(lost, table=_table(answer, question))
    mean = answer.averages[0]
    by_month = question.measure != "unit_value" and question.unit != "t/day"
    told = say("report.a_month", level=level(mean, question.unit)) if by_month else level(mean, question.unit)
    total = len(answer.figures) == 1 and answer.figures[0].period.length > 1
    tail = say("report.from_total" if total else "report.mean_of", count=mean.period.length)
    others = tuple(_mean(each, question, answer) for each in answer.averages[1:4])
    return Report(stated(mean, answer, told), tail, others)


def _mean(mean: Figure, question: Question, answer: Answer) -> str:
    return say("report.item", name=label(mean, answer.catalogue), value=level(mean, question.unit))


def _table(answer: Answer, question: Question) -> Table | None:
    months = [figure for figure in answer.figures if figure.period.length == 1]
    return (
        of_periods(answer, months, question.unit, lambda each: short_period(each.period)) if months else None
    )


def rows(answer: Answer, question: Question, item: Rows) -> Report:
    """By quarter, year or twelve months: the newest with its change, the highest; then a table."""
    figures = item.figures
    last = figures[-1]
    name = _row_name if item.by == "twelve" else _period
    title = stated(last, answer, level(last, question.unit), name(last))
    highest = max(figures, key=lambda each: each.value or 0)
    line = (
        ()
        if highest == last or len(figures) < 3
        else (say("report.highest_row", level=level(highest, question.unit), period=name(highest)),)
    )
    every = [figure for each in answer.results if isinstance(each, Rows) for figure in each.figures]
    table = of_periods(answer, every, question.unit, name) if len(every) > 1 else None
    return Report(title, on_year(last), line, table=table)


def _row_name(figure: Figure) -> str:
    """12 months to July 2026."""
    return say("report.twelve_to", month=short_month(figure.end))


def _period(figure: Figure) -> str:
    return short_period(figure.period)


def season(answer: Answer, question: Question, item: Seasonal) -> Report:
    """The figure beside the mean of the same period of the years before."""
    figure = item.figure
    title = stated(figure, answer, level(figure, question.unit))
    if not item.earlier:
        return Report(title, say("report.no_season"))
    years = [each.end.year for each in item.earlier]
    mean = computed(item.computed[0], question.unit)
    told = change(item.computed[1].value, item.computed[1].range) if len(item.computed) > 1 else ""
    span = say("report.season_years", first=min(years), last=max(years)) if len(years) > 1 else str(years[0])
    line = say("report.season_mean", years=span, mean=mean)
    return Report(title, say("report.on_season", change=told) if told else "", (line,))


def ranking(answer: Answer, question: Question) -> Report:
    """The months that were ranked in the title with the first of them; up to five in a list."""
    stretch = answer.stretches[0]
    ranks = [rank for rank in answer.ranks if rank.figure.series == stretch.series]
    if not ranks:
        return Report(_ranked(stretch, question, None, answer))
    several = len(answer.stretches) > 1
    shown = (
        [next(r for r in answer.ranks if r.figure.series == s.series) for s in answer.stretches]
        if several
        else ranks
    )
    if len(shown) > 2 * LISTED:
        return Report(_ranked(stretch, question, ranks[0], answer), table=_ranked_table(answer, question))
    items = [_listed(rank, question, answer, several=several) for rank in shown]
    return Report(
        _ranked(stretch, question, ranks[0], answer),
        items=tuple(items),
        ordered=not several,
    )


def _ranked(stretch: Stretch, question: Question, first: Rank | None, answer: Answer) -> str:
    """Highest aluminium exports, Mar–Dec 2025: November, 570 kt."""
    own = _of(answer, stretch)
    series = lower_first(label(own[0], answer.catalogue)) if own else ""
    kind = f"change_{question.order}" if _by_change(question) else f"level_{question.order}"
    title = say(f"report.ranked_{kind}", series=series, period=short_period(stretch.period))
    if first is None:
        return title
    return say(
        "report.first",
        title=title,
        month=_when(first.figure.end, stretch.period.end.year),
        value=_ranked_value(first.figure, question),
    )


def _by_change(question: Question) -> bool:
    return bool(question.change) or question.order in ("rise", "fall")


def _ranked_value(figure: Figure, question: Question) -> str:
    """The level; the change where that is ranked."""
    if not _by_change(question):
        return level(figure, question.unit)
    grown = on_month(figure.move) if question.change == "mom" and figure.move else leading(figure.growth)
    return grown or level(figure, question.unit)


def _listed(rank: Rank, question: Question, answer: Answer, *, several: bool) -> Item:
    """Nov 2025 · 570 kt; shared places are said."""
    figure = rank.figure
    name = short_month(figure.end)
    name = comma([label(figure, answer.catalogue), name]) if several else name
    shared = say("report.shared", places=places(rank.first, rank.last)) if rank.first < rank.last else ""
    return Item(f"{name}{shared} · ", _ranked_value(figure, question))


def _ranked_table(answer: Answer, question: Question) -> Table:
    column = Column.of(answer.figures, question.unit)
    body = [
        (Cell(short_month(r.figure.end)), column.cell(r.figure), change_cell(r.figure.growth))
        for r in answer.ranks
    ]
    return Table(
        (say("tabulated.month"), column.name, say("tabulated.on_year")), tuple(body), say("tabulated.caption")
    )


def _outside(answer: Answer, question: Question) -> tuple[str, ...]:
    """What is on record before those months, and outranks them."""
    if not answer.around:
        return ()
    figure, way = answer.around[0], "lower" if question.order == "lowest" else "higher"
    return (say(f"report.before_{way}", month=named(figure.end), value=level(figure, question.unit)),)


def record(answer: Answer, question: Question) -> Report:
    """The month, and since when there was none like it."""
    place = answer.places[0]
    figure = place.figure
    title = stated(figure, answer, level(figure, question.unit))
    others = answer.places[1:4]
    lines = [
        say("report.item", name=label(each.figure, answer.catalogue), value=_since(each, question))
        for each in others
    ]
    return Report(
        title, _since(place, question), (*_rival(place, question), *lines, *_outside(answer, question))
    )


def _since(place: Place, question: Question) -> str:
    """The highest since May 2026; the highest of 31 months; no record."""
    standing, most = place.standing, degree(place.figure, question.order).highest
    if standing.months == 1:
        return say("report.alone")
    if place.rival is None:
        return say("report.of_run", most=most, count=standing.months, start=named(standing.run_start))
    if place.rival.end.plus(1) == place.figure.end:
        return say("report.no_record")
    return say("report.since", most=most, month=named(place.rival.end))


def _rival(place: Place, question: Question) -> tuple[str, ...]:
    if place.rival is None:
        return ()
    rank = places(place.rank.first, place.rank.last)
    month, told = named(place.rival.end), size(place.rival, question.unit)
    return (say("report.rival", month=month, level=told, place=rank, count=place.standing.months),)
