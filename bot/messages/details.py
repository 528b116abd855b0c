"""The lines below the first one, for the views that speak of records, shares, sources and releases."""

from collections.abc import Callable, Iterator, Mapping

from bot.answers.answer import Answer, Contrast, Place
from bot.dataset.calendar import Period
from bot.dataset.model import Figure, Input, Row
from bot.messages.contrasts import contrast_told
from bot.messages.figure_tables import label
from bot.messages.leads import publication_day, published_months, share_name, share_told
from bot.messages.names import lower_first, scope_name, series_name, stage_name, status, status_of
from bot.messages.number_format import amount, of_row, places, rounding_of, span
from bot.messages.percents import printed_percent
from bot.messages.ranking_leads import outside_record
from bot.messages.revision_lists import unchanged_lines
from bot.messages.speech import (
    computed,
    in_period,
    level,
    no_percentage,
    not_on_record,
    on_a_year,
    side,
    sized,
)
from bot.messages.wordings import HIGH, LOW, degree
from bot.questions.named import day_name, named, period_name
from bot.questions.question import Order, Question, View
from bot.words import say
from bot.words.joints import comma, enumeration, in_brackets

Lines = Callable[[Answer, Question], Iterator[str]]


def record(answer: Answer, question: Question) -> Iterator[str]:
    """Its place in its run and what stands outside it, and since when it is the highest and the lowest."""
    for item in answer.places:
        about = in_period(series_name(item.figure.series, answer.catalogue), named(item.figure.end))
        beyond = outside_record(item, answer, question)
        if item.standing.months == 1:
            yield say("details.alone", named=about, beyond=beyond)
        else:
            yield say("details.place", named=about, place=_placed(item, question), beyond=beyond)
            high, low = _as_much(item, "highest"), _as_much(item, "lowest")
            yield say("details.as_much", high=high, low=low)


def _placed(item: Place, question: Question) -> str:
    """2nd to 4th highest of 31 months, January 2024 to July 2026."""
    count, most = item.standing.months, degree(item.figure, question.order).highest
    run = period_name(Period.span(item.standing.run_start, item.figure.end))
    if item.rank.last == 1:
        return say("details.first_of", most=most, count=count, run=run)
    place = places(item.rank.first, item.rank.last)
    return say("details.one_of", place=place, most=most, count=count, run=run)


def _as_much(item: Place, order: Order) -> str:
    """The last month as high was May 2026; no earlier month of the run was as low."""
    low = order == "lowest"
    since = item.standing.lowest_since if low else item.standing.highest_since
    high = (LOW if low else HIGH).high
    if since:
        return say("details.last_as", high=high, month=named(since))
    return say("details.none_as", high=high)


def sources(answer: Answer, question: Question) -> Iterator[str]:
    """Every figure with its rounding, its inputs, its printed change and its earlier printings."""
    numbers = answer.source_numbers
    for figure in answer.figures:
        about = in_period(series_name(figure.series, answer.catalogue), period_name(figure.period))
        if figure.value is None:
            yield say("details.change_alone", named=about, source=numbers[figure.row.source])
        else:
            yield _level(figure, about, question)
            yield from (_input(item, numbers, len(figure.inputs) > 1) for item in figure.inputs)
        yield say("details.on_a_year", change=_growth(figure, numbers))
        yield from _earlier(figure)


def _level(figure: Figure, about: str, question: Question) -> str:
    """The figure's scope, its value, and what rounding leaves of it where that says more."""
    own, scope = sized(figure), scope_name(figure.scope)
    told, edges = side(figure) + amount(own, question.unit), span(own, question.unit)
    if not edges:
        return say("details.level", named=about, scope=scope, level=told)
    how = "estimated" if figure.estimated else "rounded"
    return say(f"details.level_{how}", named=about, scope=scope, level=told, low=edges[0], high=edges[1])


def _input(item: Input, numbers: Mapping[str, int], among_others: bool) -> str:
    row = item.row
    told, step = of_row(row.value or 0, row), rounding_of(row)
    printed = say("details.printed", value=told, step=step, status=status_of(row), source=numbers[row.source])
    if not among_others:
        return say("details.printed_as", printed=printed)
    return say("details.input", role=item.role, period=period_name(row.period), printed=printed)


def _growth(figure: Figure, numbers: Mapping[str, int]) -> str:
    growth, printed = figure.growth, figure.growth.printed
    if printed is None or printed.yoy_pct is None:
        told = on_a_year(figure)
        return told if told in (not_on_record(), no_percentage()) else say("details.computed", change=told)
    change, source = printed_percent(printed.yoy_pct), numbers[printed.source]
    if growth.computed_pct is None:
        return say("details.printed_change", change=change, source=source)
    return say("details.both_changes", change=change, source=source, computed=computed(growth))


def _earlier(figure: Figure) -> Iterator[str]:
    """Other printings of the same figure: they are kept, the newest is what is served."""
    own = {row.line for row in figure.rows}
    others = [row for row in figure.vintages if row.value is not None and row.line not in own]
    if others and not figure.derived:
        told = [of_row(row.value or 0, row) + in_brackets(_when(row)) for row in others]
        yield say("details.also_printed", printings=enumeration(told))


def _when(row: Row) -> str:
    return comma([status_of(row), *([day_name(row.published)] if row.published else [])])


def release(answer: Answer, question: Question) -> Iterator[str]:
    """A line a publication: when, what it holds first."""
    for item in sorted(answer.publications, key=lambda one: (one.day, one.month)):
        series = [lower_first(series_name(each, answer.catalogue)) for each in item.series]
        yield say(
            "details.release",
            months=published_months(item),
            stage=stage_name(item.stage),
            day=publication_day(item),
            series=enumeration(series),
        )


def shares(answer: Answer) -> Iterator[str]:
    """A line a share, with the status of both figures."""
    for item in answer.shares:
        rows = [each.row for figure in (item.part, item.whole) for each in figure.inputs]
        yield say(
            "details.share",
            share=share_name(item, answer.catalogue),
            period=period_name(item.part.period),
            told=share_told(item),
            scope=scope_name(item.part.scope),
            status=enumeration(list(dict.fromkeys(map(status_of, rows)))),
        )


def contrasts(answer: Answer, question: Question) -> Iterator[str]:
    """A line a series: both periods and the change between them."""
    for item in answer.contrasts:
        yield say(
            "details.contrast",
            series=label(item.now, answer.catalogue),
            now=_side(item.now, question),
            then=_side(item.then, question),
            change=_change(item),
        )


def _side(figure: Figure, question: Question) -> str:
    period, much = period_name(figure.period), level(figure, question.unit)
    return say("details.side", period=period, level=much, status=status(figure))


def _change(item: Contrast) -> str:
    earlier, later = (period_name(figure.period) for figure in item.in_time)
    told = contrast_told(item)
    return say("details.change", earlier=earlier, later=later, change=told) if told else no_percentage()


DETAILS: Mapping[View, Lines] = {
    "record": record,
    "sources": sources,
    "release": release,
    "revisions": unchanged_lines,
}
