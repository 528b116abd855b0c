"""Reports of what is worked out from several figures, and of parts of a whole: the one number first."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.results import ByCountry, Computed, Count, Share, SideBySide, Streak
from bot.dataset.calendar import Month
from bot.dataset.model import UNITS, Figure, Series
from bot.messages import names as naming
from bot.messages import quantities
from bot.messages.of_figures import stated
from bot.messages.report import Cell, Report, Table
from bot.messages.tabulated import NONE, Column, change_cell, month_cell, of_periods
from bot.questions.question import Criterion, Question, Unit
from bot.words import comma, enumeration, say, say_count
from bot.words.folder import country

MOST_RUNS = 2  # of months in a line; more of them stand in a table
COVERED = 0.995  # of the world's figure: from here on nothing is said of what lacks


def computed(answer: Answer, question: Question, item: Computed) -> Report:
    """A sum or a mean of periods, which says which; or one figure by another."""
    if item.working == "ratio":
        return _ratio(item, question)
    first, periods = item.of[0], [each.period for each in item.of]
    months = [period.end for period in periods if period.length == 1]
    whole = len(months) == len(periods)
    told = naming.month_list(months) if whole else enumeration(list(map(naming.span_name, periods)))
    line = stated(first, question.unit, quantities.size(quantities.as_figure(item), question.unit), told)
    return Report(line, say(f"worked_out.by_{item.working}"))


def beside(answer: Answer, question: Question, item: SideBySide) -> Report:
    """By how much one of two is larger."""
    figures, unit = list(item.figures), question.unit
    if item.largest is not None:
        figures.sort(key=lambda each: -(each.value or 0))
    names, levels, more = _names(figures), [quantities.level(each, unit) for each in figures], figures[0]
    if not item.computed:
        told = say("worked_out.two", other=names[1], first=levels[0], second=levels[1])
        return Report(stated(more, unit, told))
    kind = "more_in" if more.series == figures[1].series else "more_than"
    kind = "apart" if item.largest is None or more.series.flow == "net" else kind
    size = quantities.size(quantities.as_figure(item.computed[0]), unit)
    values = {"size": size, "first": names[0], "second": names[1]}
    values |= {"series": quantities.label(more), "period": naming.span_name(more.period)}
    return Report(say(f"worked_out.beside_{kind}", **values), lines=(_both(names, levels),))


def _names(figures: Sequence[Figure]) -> list[str]:
    """What tells figures apart that are put beside each other: their periods where the series is one."""
    if len({each.series for each in figures}) == 1:
        return [naming.span_name(each.period) for each in figures]
    return [naming.in_sentence(each.series) for each in figures]


def _both(names: Sequence[str], levels: Sequence[str]) -> str:
    pairs = zip(names, levels, strict=True)
    return say("report.dot").join(say("report.item", name=name, value=told) for name, told in pairs)


def _ratio(item: Computed, question: Question) -> Report:
    """How many tonnes of one for each tonne of the other; how many times as much as in another period."""
    (first, second), names = item.of, _names(item.of)
    kind = "times" if first.series == second.series else first.series.measure
    values = {"series": quantities.label(first), "period": first.period, "ratio": quantities.quotient(item)}
    told = say(f"worked_out.ratio_{kind}", first=names[0], second=names[1], **values)
    return Report(told, lines=(_both(names, [quantities.level(each, question.unit) for each in item.of]),))


def count(answer: Answer, question: Question, item: Count) -> Report:
    """Alumina exports above 200 kt: 12 of 31 months, with which where they are few."""
    title, known, met = _titled(item.series, item.criterion, question.unit), len(item.known), len(item.months)
    head = say_count("worked_out.some_of", known, title=title, met=met, period=item.period)
    months = [figure.end for figure in item.months]
    if not months or met == known:
        return Report(head, lines=(_turned(item.open),))
    few = len(naming.month_runs(months)) <= MOST_RUNS
    told = naming.month_list(months) if few else say("worked_out.last_in", month=months[-1])
    table = None if few else of_periods(item.months, question.unit, naming.span_name)
    return Report(head, lines=(told, _turned(item.open)), table=table)


def _turned(months: Sequence[Month]) -> str:
    return say_count("worked_out.open", len(months)) if months else ""


def streak(answer: Answer, question: Question, item: Streak) -> Report:
    """Alumina exports above 200 kt: 7 months in a row, and what came before it; that there is none."""
    title = _titled(item.series, item.criterion, question.unit)
    broken, before = item.broken_by, say("worked_out.hole", month=item.hole) if item.hole else ""
    value = quantities.ranked_by(broken, item.criterion.of, question.unit) if broken else ""
    if not item.months:
        lost = say("worked_out.no_month", title=title)
        return Report(say("worked_out.no_streak", title=title, month=broken.end) if broken else lost, value)
    before = say("report.item", name=broken.end, value=value) if broken else before
    months, count = naming.month_list([figure.end for figure in item.months]), len(item.months)
    head = say_count("worked_out.longest" if item.longest else "worked_out.streak", count, title=title)
    return Report(head, months, (before, _turned(item.open)))


def _titled(series: Series, criterion: Criterion, unit: Unit) -> str:
    """Alumina exports above 200 kt; alumina net exports; bauxite imports, up on the year."""
    up, nothing = criterion.side in ("above", "at_least"), criterion.bound == 0
    if criterion.of == "level" and nothing and series.flow == "net":
        commodity = naming.commodity_name(series.commodity)
        return say("operations.net_exports" if up else "operations.net_imports", commodity=commodity)
    if criterion.of == "level":
        bound = quantities.plain(criterion.bound, UNITS[series.measure], unit)
        return say(f"operations.level_{criterion.side}", series=series, bound=bound)
    base, bound = say(f"operations.on_{criterion.of}"), quantities.named_percent(criterion.bound)
    if nothing:
        return say("operations.up" if up else "operations.down", series=series, base=base)
    return say(f"operations.change_{criterion.side}", series=series, base=base, bound=bound)


def by_country(answer: Answer, question: Question, item: ByCountry) -> Report:
    """Bauxite imports by country, 2025: Guinea 74 %."""
    if not item.shown:
        pair, world = question.pairs[0], item.found.world
        series = Series(pair.commodity, pair.flow, "", question.measure)
        line = say("partner_table.of_all", told=quantities.level(world, question.unit)) if world else ""
        title = say("partner_table.title", series=series, period=question.period or "")
        return Report(say("partner_table.no_country", title=title), lines=(line,))
    first, unit, table = item.shown[0], question.unit, _table(item, question)
    world = replace(first, series=first.series._replace(partner=""))
    title = say("partner_table.title", series=quantities.label(world), period=first.period)
    told, tail = quantities.level(first, unit), quantities.on_year(first)
    if item.shares:
        part = item.shares[0]
        told = quantities.percent(quantities.share_digits(part.pct, part.range))
        of, whole = (quantities.level(each, unit) for each in (part.part, part.whole))
        tail = say("report.of_world", first=of, second=whole)
    head = say("partner_table.led", title=title, country=country(first.series.partner), told=told)
    return Report(head, tail, (_lacks(item),), table=table)


def _lacks(item: ByCountry) -> str:
    """How much of the world's figure the countries on record make; why they have no shares."""
    if (covered := item.found.covered) is None:
        return say("partner_table.no_total")
    if covered >= COVERED or item.shown[0].series.measure == "unit_value":
        return "" if item.shares or covered <= 1 else say("partner_table.too_much")
    share = quantities.percent(f"{100 * covered:.0f}")
    return say_count("partner_table.covered", len(item.found.partners), share=share)


def _table(item: ByCountry, question: Question) -> Table:
    """A row a country, and all: level, share, change on the year."""
    world, shares = item.found.world, {each.part.series: each for each in item.shares}
    column, rows = Column.of([*item.shown, world], question.unit), []
    for each in item.shown:
        part = shares.get(each.series)
        own = _share(part.pct, part.range) if part else NONE
        rows.append((Cell(country(each.series.partner)), column.cell(each), own, change_cell(each)))
    if world:
        name, whole = Cell(say("partner_table.all")), Cell("100", 100.0)
        rows.append((name, column.cell(world), whole, change_cell(world)))
    header = (say("partner_table.country"), column.name, say("tabulated.share"), say("tabulated.on_year"))
    kept = (0, 1, 2, 3) if shares else (0, 1, 3)
    return Table(tuple(header[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))


def _share(pct: float, edges: quantities.Edges) -> Cell:
    return Cell(quantities.share_digits(pct, edges), pct)


def shares(answer: Answer, question: Question) -> Report:
    """A part of the world's figure, or of a longer period's: the percentage first; of several a table."""
    item = max(answer.shares, key=lambda each: (each.part.end, each.part.period.length))
    unit: Unit = "t" if question.unit == "%" else question.unit
    levels = {"first": quantities.level(item.part, unit), "second": quantities.level(item.whole)}
    if item.part.series == item.whole.series:
        line = say("report.of_whole", whole=item.whole.period, **levels)
    else:
        line = say("report.of_world", **levels)
    told = quantities.percent(quantities.share_digits(item.pct, item.range))
    table = _share_table(answer.shares, unit) if len(answer.shares) > 1 else None
    return Report(stated(item.part, unit, told), line, table=table)


def _share_table(found: Sequence[Share], unit: Unit) -> Table:
    """A row a period, the newest first, with the part's level and its share; several series by name."""
    several, rows = len({item.part.series for item in found}) > 1, []
    column = Column.of([item.part for item in found], unit)
    for item in sorted(found, key=lambda each: each.part.end, reverse=True):
        first = month_cell(item.part, naming.short_period(item.part.period))
        first = Cell(comma([quantities.label(item.part), first.text])) if several else first
        rows.append((first, _share(item.pct, item.range), column.cell(item.part)))
    return Table((say("tabulated.period"), say("tabulated.share"), column.name), tuple(rows))
