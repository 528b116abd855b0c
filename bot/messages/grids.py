"""Tables of the views over many months: months down, ranks down, shares and comparisons."""

from dataclasses import replace

from bot.answers.answer import Answer, Contrast, Rank
from bot.dataset.calendar import Period
from bot.messages.columns import Cell, Column, Levels, Table, month_cell, of_period
from bot.messages.contrasts import contrast_told, is_growth
from bot.messages.courses import ranks_of
from bot.messages.coverage_calendar import table as coverage
from bot.messages.figure_tables import (
    behind_column,
    changes,
    label,
    listed,
    on_a_year_column,
    on_the_month_column,
    overview,
    period_column,
    provenance,
    series_column,
    year_cell,
)
from bot.messages.names import lower_first, series_name
from bot.messages.percents import share_percent
from bot.messages.ranking_leads import ranked_by
from bot.messages.revision_lists import table as revised
from bot.messages.speech import no_percentage, not_on_record
from bot.messages.vintage_notes import knowledge
from bot.questions.named import period_name
from bot.questions.question import Question
from bot.words import say

OVER_TIME = ("trend", "average", "export")
OF_A_PERIOD = ("overview", "figure", "compare")
AS_LINES = ("record", "sources", "release")  # views that have no table


def is_over_time(answer: Answer) -> bool:
    """Whether the lines or rows run from the oldest month to the newest."""
    question = answer.question
    return bool(question and (question.view in OVER_TIME or len(answer.shares) > 2))


def is_total(answer: Answer) -> bool:
    """Whether a mean was made from the total of its stretch alone."""
    return bool(answer.averages) and answer.figures[0].period.length > 1


def table(answer: Answer) -> Table | None:
    """The figures side by side, and on which day's knowledge; None where there is one figure or none, and in
    views told in lines.
    """
    found, then = _table(answer), knowledge(answer.question)
    if found is None or not then:
        return found
    return replace(found, caption=say("grids.as_known", caption=found.caption, then=then))


def _table(answer: Answer) -> Table | None:
    question = answer.question
    if answer.covered:
        return coverage(answer)
    if question is None or question.view in AS_LINES or not answer.figures:
        return None
    if question.view == "revisions":
        return revised(answer, question)
    if len(answer.figures) == 1 and not question.against and (not answer.stretches or is_total(answer)):
        return None
    if answer.shares:
        return _shares(answer) if len(answer.shares) > 1 else None
    if answer.contrasts and 2 * len(answer.contrasts) == len(answer.figures):
        return _contrasts(answer, question) if len(answer.contrasts) > 1 else None
    if question.view == "ranking":
        return _ranking(answer, question)
    if answer.stretches and any(figure.period.length == 1 for figure in answer.figures):
        return _months(answer, question) if len(answer.stretches) == 1 else _side_by_side(answer, question)
    if question.view in OF_A_PERIOD and question.period and not question.against:
        return overview(answer, question.period)
    return listed(answer, question.unit)


def _months(answer: Answer, question: Question) -> Table:
    levels = Levels.of(answer.figures, question.unit)
    rows = [
        (
            month_cell(figure.end),
            *changes(figure, levels, answer, monthly=True),
            Cell(provenance((figure,), answer)),
        )
        for figure in answer.figures
    ]
    columns = (_month_column(), *_level_columns(levels))
    return Table(series_name(answer.figures[0].series, answer.catalogue), columns, tuple(rows))


def _side_by_side(answer: Answer, question: Question) -> Table:
    """A row a month, a column a series; one with no month at all is told in the notes."""
    months = [figure for figure in answer.figures if figure.period.length == 1]  # not a mean's total
    figures = {(figure.series, figure.end): figure for figure in months}
    of_series = {
        series: [figure for figure in months if figure.series == series]
        for series in dict.fromkeys(figure.series for figure in months)
    }
    levels = {series: Levels.of(own, question.unit) for series, own in of_series.items()}
    rows = []
    for month in sorted({figure.end for figure in months}):
        own = {series: figures.get((series, month)) for series in of_series}
        cells = [
            levels[each].cell(figure) if figure else Cell(not_on_record()) for each, figure in own.items()
        ]
        rows.append((month_cell(month), *cells, Cell(provenance(own.values(), answer))))
    named = {series: label(own[0], answer.catalogue) for series, own in of_series.items()}
    columns = [
        levels[series].column(name, say("columns.of_series", series=lower_first(name)))
        for series, name in named.items()
    ]
    return Table(say("grids.month_by_month"), (_month_column(), *columns, behind_column()), tuple(rows))


def _month_column() -> Column:
    return Column(say("grids.month"))


def _level_columns(levels: Levels) -> tuple[Column, ...]:
    """The level of each month, its changes, and what is behind them."""
    level = levels.column(say("tables.level"))
    return (level, on_a_year_column(), on_the_month_column(), behind_column())


def _ranking(answer: Answer, question: Question) -> Table:
    """A row a place; the series is named where there are several."""
    several = len(answer.stretches) > 1
    levels = Levels.of(answer.figures, question.unit)
    rows = [
        (
            _place(rank),
            *([Cell(label(rank.figure, answer.catalogue))] if several else []),
            month_cell(rank.figure.end),
            *changes(rank.figure, levels, answer, monthly=True),
            Cell(provenance((rank.figure,), answer)),
        )
        for stretch in answer.stretches
        for rank in ranks_of(answer, stretch)
    ]
    leading = (Column(say("grids.place")), *((series_column(),) if several else ()), _month_column())
    columns = (*leading, *_level_columns(levels))
    titles = ranked_by(question, answer.figures[0])
    return Table(titles[:1].upper() + titles[1:], columns, tuple(rows), len(leading), len(leading) - 1)


def _place(rank: Rank) -> Cell:
    """2; 2-4 where rounding leaves several places."""
    told = str(rank.first) if rank.first == rank.last else f"{rank.first}-{rank.last}"
    return Cell(told, rank.first, say("grids.place_spoken", place=told))


def _shares(answer: Answer) -> Table:
    """A row a share, with both figures it is made of."""
    levels = Levels.of([figure for item in answer.shares for figure in (item.part, item.whole)], "t")
    rows = [
        (
            Cell(series_name(item.part.series, answer.catalogue)),
            _period_cell(item.part.period),
            levels.cell(item.part),
            levels.cell(item.whole),
            Cell(share_percent(item.pct, item.range), item.pct),
            Cell(provenance((item.part, item.whole), answer)),
        )
        for item in answer.shares
    ]
    part = levels.column(say("grids.partner"), say("grids.partner_spoken"))
    whole = levels.column(say("grids.world"), say("grids.world_spoken"))
    share = Column(say("grids.share"), spoken=say("grids.share_spoken"))
    columns = (series_column(), period_column(), part, whole, share, behind_column())
    return Table(say("grids.shares"), columns, tuple(rows), subject=2)


def _period_cell(period: Period) -> Cell:
    return month_cell(period.end) if period.kind == "month" else Cell(period_name(period))


def _contrasts(answer: Answer, question: Question) -> Table:
    """A row a series: both periods and the change between them."""
    levels = Levels.of([each for item in answer.contrasts for each in (item.now, item.then)], question.unit)
    rows = [
        (
            Cell(label(item.now, answer.catalogue)),
            levels.cell(item.now),
            levels.cell(item.then),
            _change(item, answer),
            Cell(provenance((item.now, item.then), answer)),
        )
        for item in answer.contrasts
    ]
    first = answer.contrasts[0]
    earlier, later = (period_name(figure.period) for figure in first.in_time)
    both = (first.now.period, first.then.period)
    periods = [levels.column(period_name(period), of_period(period)) for period in both]
    change = Column(
        say("grids.change", earlier=earlier, later=later),
        spoken=say("grids.change_spoken", earlier=earlier, later=later),
    )
    columns = (series_column(), *periods, change, behind_column())
    return Table(say("grids.contrasts"), columns, tuple(rows))


def _change(item: Contrast, answer: Answer) -> Cell:
    if is_growth(item):
        return year_cell(item.in_time[1], answer)
    told = contrast_told(item)
    return Cell(told, item.pct) if told else Cell(no_percentage())
