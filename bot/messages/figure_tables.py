"""An Answer's figures of a period as rows: one table for Slack, the terminal and the lines of the text."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.answer import Answer
from bot.dataset.calendar import Period
from bot.dataset.model import Figure, Growth
from bot.messages.columns import Cell, Column, Levels, Table, of_period
from bot.messages.names import Names, series_name, status_of
from bot.messages.percents import printed_percent
from bot.messages.speech import (
    change,
    computed,
    in_scope,
    moved,
    no_percentage,
    not_on_record,
    on_a_year,
    two_changes,
    without_range,
)
from bot.questions.named import period_name
from bot.questions.question import Unit
from bot.words import say
from bot.words.joints import clauses

MARK = "†"  # at a cell that a note below the table is about; an asterisk would make Slack's text bold


def on_a_year_column() -> Column:
    """The changes on a year earlier."""
    return Column(say("tables.on_a_year"), spoken=say("tables.on_a_year_spoken"))


def on_the_month_column() -> Column:
    """The changes on the month before."""
    return Column(say("tables.on_the_month"), spoken=say("tables.on_the_month_spoken"))


def behind_column() -> Column:
    """How sure the figures are, and who printed them."""
    return Column(say("tables.behind"))


def series_column() -> Column:
    """What a row is about."""
    return Column(say("tables.series"))


def year_cell(figure: Figure, answer: Answer) -> Cell:
    """The change on a year earlier, or that there is none on record; a mark where there are two of it."""
    growth, told = figure.growth, on_a_year(figure)
    if two_changes(growth):
        return Cell(f"{_in_short(growth)}{MARK}", growth.pct, told, _two_told(figure, answer))
    return Cell(told, None if told in (not_on_record(), no_percentage()) else growth.pct)


def _in_short(growth: Growth) -> str:
    """Both changes where none leads: +33.0 or about +30.4 %; else the one that does."""
    if not growth.disputed:
        return change(growth)
    number = printed_percent(growth.printed_pct or 0.0).removesuffix(say("numbers.percent", number=""))
    return say("tables.either", number=number, computed=without_range(computed(growth)))


def _two_told(figure: Figure, answer: Answer) -> str:
    """What the mark points to: the printed change with its source, the computed one with its range."""
    growth = figure.growth
    return say(
        "tables.disputed" if growth.disputed else "tables.moved_since",
        mark=MARK,
        series=label(figure, answer.catalogue),
        period=period_name(figure.period),
        printed=printed_percent(growth.printed_pct or 0.0),
        source=answer.source_numbers[growth.printed_source or ""],
        computed=computed(growth),
    )


def month_change_cell(figure: Figure) -> Cell:
    """The change on the month before, or that there is none on record."""
    if figure.move:
        return Cell(moved(figure.move), figure.move.pct)
    return Cell(no_percentage() if figure.series.flow == "net" else not_on_record())


def overview(answer: Answer, period: Period) -> Table:
    """A row a series: the period, its changes, and beside a month its running total."""
    unit: Unit = answer.question.unit if answer.question else "t"
    figures = {(figure.series, figure.period): figure for figure in answer.figures + answer.around}
    total = Period.ytd(period.end)
    groups = [_Group.of(period, figures.values(), unit)]
    if period.kind == "month" and period.end.number > 1 and any(when == total for _, when in figures):
        groups.append(_Group.of(total, figures.values(), unit))
    rows = []
    for series in dict.fromkeys(figure.series for figure in answer.figures):
        own, beside = figures.get((series, period)), figures.get((series, total))
        cells = [
            cell for group in groups for cell in group.cells(figures.get((series, group.period)), answer)
        ]
        named, behind = label(own or beside, answer.catalogue), provenance((own, beside), answer)
        rows.append((Cell(named), *cells, Cell(behind)))
    columns = (series_column(), *(column for group in groups for column in group.columns), behind_column())
    return Table(say("tables.overview", period=period_name(period)), columns, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns of one period in an overview: the level, and its changes beside it."""

    period: Period
    levels: Levels
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, period: Period, figures: Iterable[Figure], unit: Unit) -> "_Group":
        """The columns of that period."""
        levels = Levels.of([figure for figure in figures if figure.period == period], unit)
        moved_column = (on_the_month_column(),) if period.kind == "month" else ()
        level = levels.column(period_name(period), of_period(period))
        return cls(period, levels, (level, on_a_year_column(), *moved_column))

    def cells(self, figure: Figure | None, answer: Answer) -> tuple[Cell, ...]:
        """A cell for each of them."""
        if figure is None:
            return (Cell(not_on_record()),) * len(self.columns)
        return changes(figure, self.levels, answer, monthly=len(self.columns) > 2)


def listed(answer: Answer, unit: Unit) -> Table:
    """A row a figure, for a question about several; the period is a column where two were asked for."""
    periods = list(dict.fromkeys(figure.period for figure in answer.figures))
    several = len(periods) > 1 or bool(answer.question and answer.question.against)
    monthly = any(figure.move for figure in answer.figures)
    levels = Levels.of(answer.figures, unit)
    rows = []
    for figure in answer.figures:
        named, behind = label(figure, answer.catalogue), provenance((figure,), answer)
        when = (Cell(period_name(figure.period)),) if several else ()
        rows.append((Cell(named), *when, *changes(figure, levels, answer, monthly=monthly), Cell(behind)))
    level = levels.column(period_name(periods[0]), of_period(periods[0]))
    leading = (period_column(), levels.column(say("tables.level"))) if several else (level,)
    moved_column = (on_the_month_column(),) if monthly else ()
    columns = (series_column(), *leading, on_a_year_column(), *moved_column, behind_column())
    return Table(say("tables.listed"), columns, tuple(rows), subject=2 if several else 1)


def period_column() -> Column:
    """Of which time a row is."""
    return Column(say("tables.period"))


def changes(figure: Figure, levels: Levels, answer: Answer, *, monthly: bool) -> tuple[Cell, ...]:
    """The level, the change on a year earlier beside it, and that on the month."""
    month = (month_change_cell(figure),) if monthly else ()
    return (levels.cell(figure), year_cell(figure, answer), *month)


def label(figure: Figure | None, names: Names) -> str:
    """The series, with its scope where that is a later one."""
    return "" if figure is None else series_name(figure.series, names) + in_scope(figure, names)


def provenance(figures: Iterable[Figure | None], answer: Answer) -> str:
    """Status and the numbers of the sources in the list below: bulletin 1, revised 2."""
    numbers = answer.source_numbers
    found: dict[str, list[str]] = {}
    for figure in figures:
        for row in figure.rows if figure else ():
            cited = found.setdefault(status_of(row), [])
            place = str(numbers[row.source])
            cited.extend([place] if place not in cited else [])
    return clauses(
        [say("tables.cited", status=status, places=", ".join(cited)) for status, cited in found.items()]
    )
