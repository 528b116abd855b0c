"""Reports of parts of a whole: trade by country with the rest and the total, shares."""

from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.results import ByCountry
from bot.dataset.model import Series
from bot.messages.names import series_name
from bot.messages.of_figures import stated
from bot.messages.period_names import short_period, span_name
from bot.messages.quantities import as_figure, label, level, on_year, percent, share_digits
from bot.messages.report import Cell, Report, Table
from bot.messages.tabulated import NONE, Column, change_cell, month_cell
from bot.questions.question import Question, Unit
from bot.words import say, say_count
from bot.words.countries import country, with_code
from bot.words.joints import comma, listed

COVERED = 0.995  # of the world's figure: from here on nothing is said of what lacks
IN_LINE = 2  # countries named in a question that stand in its first line


def by_country(answer: Answer, question: Question, item: ByCountry) -> Report:
    """Bauxite imports by country, 2025: Guinea 74 %; two that were named stand in the line both."""
    if not item.shown:
        return _none(answer, question, item)
    first, unit, table = item.shown[0], question.unit, _table(item, question)
    world = replace(first, series=first.series._replace(partner=""))
    series, period = label(world, answer.catalogue), span_name(first.period)
    if question.partner:
        pairs = [(country(each.series.partner), level(each, unit)) for each in item.shown[:IN_LINE]]
        named = listed([say("partner_table.named", country=name, told=value) for name, value in pairs])
        return Report(say("report.stated", series=series, period=period, told=named), table=table)
    told, tail = level(first, unit), on_year(first)
    if item.shares:
        part = item.shares[0]
        told = percent(share_digits(part.pct, part.range))
        tail = say("report.of_world", first=level(part.part, unit), second=level(part.whole, unit))
    title = say("partner_table.title", series=series, period=period)
    line = say("partner_table.led", title=title, country=country(first.series.partner), told=told)
    return Report(line, tail, (_lacks(item),), table=table)


def _none(answer: Answer, question: Question, item: ByCountry) -> Report:
    pair, period, world = question.pairs[0], question.period, item.found.world
    series = series_name(Series(pair.commodity, pair.flow, "", question.measure), answer.catalogue)
    title = say("partner_table.title", series=series, period=span_name(period) if period else "")
    line = say("partner_table.of_all", told=level(world, question.unit)) if world else ""
    return Report(say("partner_table.no_country", title=title), lines=(line,))


def _lacks(item: ByCountry) -> str:
    """How much of the world's figure the countries on record make, or why they have no shares."""
    partners, covered = item.found.partners, item.found.covered
    if covered is None:
        return say("partner_table.no_total")
    if not item.shares and item.shown[0].series.measure != "unit_value":
        return say("partner_table.too_much")
    if covered > 1:
        return say("partner_table.above", share=percent(f"{100 * covered:.1f}"))
    if len(partners) == 1 and covered < COVERED:
        return say("partner_table.no_other", country=country(partners[0].series.partner))
    if item.shares and covered < COVERED:
        return say_count("partner_table.covered", len(partners), share=percent(f"{100 * covered:.0f}"))
    return ""


def _table(item: ByCountry, question: Question) -> Table:
    """A row a country, the rest, and all: level, share, change on the year."""
    world, shares = item.found.world, {each.part.series: each for each in item.shares}
    column, rows = Column.of([*item.shown, world], question.unit), []
    for each in item.shown:
        part = shares.get(each.series)
        own = Cell(share_digits(part.pct, part.range), part.pct) if part else NONE
        rows.append((Cell(with_code(each.series.partner)), column.cell(each), own, change_cell(each)))
    if item.rest:
        pct = 100 - sum(each.pct for each in item.shares)
        half = sum(each.range[1] - each.range[0] for each in item.shares) / 2
        left = Cell(share_digits(pct, (pct - half, pct + half)), pct)
        rows.append((Cell(say("partner_table.others")), column.cell(as_figure(item.rest)), left, NONE))
    if world:
        name, whole = Cell(say("partner_table.all")), Cell("100", 100.0)
        rows.append((name, column.cell(world), whole, change_cell(world)))
    header = (say("partner_table.country"), column.name, say("tabulated.share"), say("tabulated.on_year"))
    if shares or item.rest:
        return Table(header, tuple(rows))
    return Table((*header[:2], header[3]), tuple((*row[:2], row[3]) for row in rows))


def shares(answer: Answer, question: Question) -> Report:
    """A part of the world's figure, or of a longer period's: the percentage first."""
    item = max(answer.shares, key=lambda each: (each.part.end, each.part.period.length))
    unit: Unit = "t" if question.unit == "%" else question.unit
    first, second = level(item.part, unit), level(item.whole)
    line = say("report.of_world", first=first, second=second)
    if item.part.series == item.whole.series:
        line = say("report.of_whole", first=first, second=second, whole=span_name(item.whole.period))
    table = _share_table(answer, unit) if len(answer.shares) > 1 else None
    return Report(stated(item.part, answer, percent(share_digits(item.pct, item.range))), line, table=table)


def _share_table(answer: Answer, unit: Unit) -> Table:
    """A row a period, the newest first, with the part's level and its share; several series by name."""
    several = len({item.part.series for item in answer.shares}) > 1
    column = Column.of([item.part for item in answer.shares], unit)
    rows = []
    for item in sorted(answer.shares, key=lambda each: each.part.end, reverse=True):
        first = month_cell(item.part, short_period(item.part.period))
        if several:
            first = Cell(comma([label(item.part, answer.catalogue), first.text]))
        rows.append((first, Cell(share_digits(item.pct, item.range), item.pct), column.cell(item.part)))
    header = (say("tabulated.period"), say("tabulated.share"), column.name)
    return Table(header, tuple(rows))
