"""The report of trade by country: the largest in the line, then a table with the rest and the total."""

from collections.abc import Iterator
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.results import ByCountry
from bot.answers.share import Share
from bot.dataset.model import Figure, Series
from bot.messages.names import series_name
from bot.messages.quantities import as_figure, label, level, on_year, share, share_digits
from bot.messages.report import Cell, Report, Table
from bot.messages.short_names import span_name
from bot.messages.tabulated import NONE, Column, change_cell
from bot.questions.question import Question
from bot.words import say, say_count
from bot.words.countries import country
from bot.words.joints import listed

COVERED = 0.995  # of the world's figure: from here on nothing is said of what lacks
IN_LINE = 2  # countries named in a question that stand in its first line


def by_country(answer: Answer, question: Question, item: ByCountry) -> Report:
    """Bauxite imports by country, 2025: Guinea 74 %; two that were named stand in the line both."""
    if not item.shown:
        return _none(answer, question, item)
    first, table = item.shown[0], _table(item, question)
    if question.partner:
        told = listed([_named(each, question) for each in item.shown[:IN_LINE]])
        line = say("report.stated", series=_series(first, answer), period=span_name(first.period), told=told)
        return Report(line, table=table)
    part = item.shares[0] if item.shares else None
    told = share(part.pct, part.range) if part else level(first, question.unit)
    values = {"country": country(first.series.partner), "told": told}
    title = say("partner_table.led", title=_title(first, answer), **values)
    return Report(
        title, _of_world(part, question) if part else on_year(first), tuple(_lacks(item)), table=table
    )


def _none(answer: Answer, question: Question, item: ByCountry) -> Report:
    """That no country is on record, and the world's figure."""
    pair, period = question.pairs[0], question.period
    series = series_name(Series(pair.commodity, pair.flow, "", question.measure), answer.catalogue)
    title = say("partner_table.title", series=series, period=span_name(period) if period else "")
    world = item.found.world
    told = level(world, question.unit) if world else ""
    line = (say("partner_table.of_all", told=told),) if told else ()
    return Report(say("partner_table.no_country", title=title), lines=line)


def _series(figure: Figure, answer: Answer) -> str:
    """Bauxite imports: the series of the world."""
    return label(replace(figure, series=replace(figure.series, partner="")), answer.catalogue)


def _title(figure: Figure, answer: Answer) -> str:
    return say("partner_table.title", series=_series(figure, answer), period=span_name(figure.period))


def _named(figure: Figure, question: Question) -> str:
    values = {"country": country(figure.series.partner), "told": level(figure, question.unit)}
    return say("partner_table.named", **values)


def _of_world(part: Share, question: Question) -> str:
    return say(
        "report.of_world", first=level(part.part, question.unit), second=level(part.whole, question.unit)
    )


def _lacks(item: ByCountry) -> Iterator[str]:
    """How much of the world's figure the countries on record make, or why they have no shares."""
    found, covered = item.found, item.found.covered
    if covered is None:
        yield say("partner_table.no_total")
    elif not item.shares and item.shown[0].series.measure != "unit_value":
        yield say("partner_table.too_much")
    elif covered > 1:
        told = say("quantities.percent", number=f"{100 * covered:.1f}")
        yield say("partner_table.above", share=told)
    elif len(found.partners) == 1 and covered < COVERED:
        yield say("partner_table.no_other", country=country(found.partners[0].series.partner))
    elif item.shares and covered < COVERED:
        told = say("quantities.percent", number=f"{100 * covered:.0f}")
        yield say_count("partner_table.covered", len(found.partners), share=told)


def _table(item: ByCountry, question: Question) -> Table:
    """A row a country, the rest, and all: level, share, change on the year."""
    world = item.found.world
    column = Column.of([*item.shown, world], question.unit)
    parts = {each.part.series: each for each in item.shares}
    rows = [
        (
            Cell(country(each.series.partner)), column.cell(each),
            *([_share(parts.get(each.series))] if parts else []), change_cell(each.growth),
        )
        for each in item.shown
    ]  # fmt: skip
    if item.rest:
        left = _share_of_rest(item)
        rows.append((Cell(say("partner_table.others")), column.cell(as_figure(item.rest)), left, NONE))
    if world:
        whole = [Cell("100", 100.0)] if parts else []
        rows.append((Cell(say("partner_table.all")), column.cell(world), *whole, change_cell(world.growth)))
    heads = [say("tabulated.share")] if parts else []
    header = (say("partner_table.country"), column.name, *heads, say("tabulated.on_year"))
    return Table(header, tuple(rows), say("tabulated.caption"))


def _share(part: Share | None) -> Cell:
    return Cell(share_digits(part.pct, part.range), part.pct) if part else NONE


def _share_of_rest(item: ByCountry) -> Cell:
    """What the shown ones leave of a hundred."""
    pct = 100 - sum(each.pct for each in item.shares)
    half = sum(each.range[1] - each.range[0] for each in item.shares) / 2
    return Cell(share_digits(pct, (pct - half, pct + half)), pct)
