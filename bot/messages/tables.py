"""An Answer's figures as rows of text: one table for Slack and the terminal."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.answer import Answer, Rank
from bot.dataset.calendar import Period
from bot.dataset.model import Figure
from bot.messages.numbers import amount, plus_minus
from bot.messages.speech import (
    NO_PERCENTAGE,
    NO_STATUS,
    NOT_ON_RECORD,
    Names,
    in_scope,
    moved,
    on_a_year,
    series_name,
    side,
    sized,
)
from bot.questions.question import Unit


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, a header and rows of the header's length; no cell is empty.

    The first cells of a row, `subject` of them, say what it is about.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    subject: int = 1


# How a column's name introduces its cell in a line; other columns are called by their header.
SPOKEN = {
    "Level": "",
    "On a year earlier": "on a year earlier ",
    "On the month": "on the month ",
    "With the partner": "with the partner ",
    "World": "the world ",
    "Share": "share ",
    "Status, source": "",
}


def lines(table: Table) -> list[str]:
    """Each row as a line: March 2025: 300 kt ±5; on a year earlier +114.3 %; bulletin [1]."""
    first = table.subject
    names = [SPOKEN.get(name, f"{name.replace('Change', 'change')} ") for name in table.header[first:]]
    told = []
    for row in table.rows:
        cells = [name + cell for name, cell in zip(names, row[first:], strict=True)]
        told.append(f"{', '.join(row[:first])}: {'; '.join(cells)}.")
    return told


def level(figure: Figure, unit: Unit = "t") -> str:
    """The value with its rounding: 510 kt ±5; 210 kt ±15, derived."""
    if figure.value is None:
        return "change only"
    own = sized(figure)
    told = side(figure) + amount(own, unit) + plus_minus(own, unit)
    return f"{told}, derived" if figure.derived else told


def place(rank: Rank) -> str:
    """2; 2-4 where rounding leaves several places."""
    return str(rank.first) if rank.first == rank.last else f"{rank.first}-{rank.last}"


def on_the_month(figure: Figure) -> str:
    """The change on the month before, or that there is none on record."""
    if figure.move:
        return moved(figure.move)
    return NO_PERCENTAGE if figure.series.flow == "net" else NOT_ON_RECORD


def overview(answer: Answer, period: Period) -> Table:
    """A row a series: the period, its changes, and beside a month its running total."""
    figures = {(figure.series, figure.period): figure for figure in answer.figures + answer.around}
    total = Period.ytd(period.end)
    columns = [_Column(period, answer)]
    if period.kind == "month" and period.end.number > 1 and any(when == total for _, when in figures):
        columns.append(_Column(total, answer, with_month=False))
    rows = []
    for series in dict.fromkeys(figure.series for figure in answer.figures):
        own, beside = figures.get((series, period)), figures.get((series, total))
        cells = [cell for column in columns for cell in column.cells(figures.get((series, column.period)))]
        rows.append((label(own or beside, answer.catalogue), *cells, provenance((own, beside), answer)))
    header = ("Series", *(name for column in columns for name in column.header), "Status, source")
    return Table(f"China's aluminium trade, {period.name}", header, tuple(rows))


def listed(answer: Answer, unit: Unit) -> Table:
    """A row a figure, for a question about several; the period is a column where two were asked for."""
    periods = list(dict.fromkeys(figure.period for figure in answer.figures))
    several = len(periods) > 1 or bool(answer.question and answer.question.against)
    monthly = any(figure.move for figure in answer.figures)
    rows = []
    for figure in answer.figures:
        named, behind = label(figure, answer.catalogue), provenance((figure,), answer)
        when = (figure.period.name,) if several else ()
        rows.append((named, *when, *_changes(figure, unit, monthly=monthly), behind))
    leading = ("Series", "Period", "Level") if several else ("Series", periods[0].name)
    moved_header = ("On the month",) if monthly else ()
    header = (*leading, "On a year earlier", *moved_header, "Status, source")
    return Table("Figures asked for", header, tuple(rows), subject=2 if several else 1)


def _changes(figure: Figure, unit: Unit, *, monthly: bool) -> tuple[str, ...]:
    """The level, the change on a year earlier beside it, and that on the month."""
    month = (on_the_month(figure),) if monthly else ()
    return (level(figure, unit), on_a_year(figure), *month)


@dataclass(frozen=True, slots=True)
class _Column:
    """The columns of one period in an overview."""

    period: Period
    answer: Answer
    with_month: bool = True

    @property
    def header(self) -> tuple[str, ...]:
        moved = ("On the month",) if self._has_month else ()
        return (self.period.name, "On a year earlier", *moved)

    @property
    def _has_month(self) -> bool:
        return self.with_month and self.period.kind == "month"

    def cells(self, figure: Figure | None) -> tuple[str, ...]:
        if figure is None:
            return (NOT_ON_RECORD,) * len(self.header)
        unit = self.answer.question.unit if self.answer.question else "t"
        return _changes(figure, unit, monthly=self._has_month)


def label(figure: Figure | None, names: Names) -> str:
    """The series, with its scope where that is a later one."""
    return "" if figure is None else series_name(figure.series, names) + in_scope(figure, names)


def provenance(figures: Iterable[Figure | None], answer: Answer) -> str:
    """Status and the numbers of the sources in the list below: bulletin 1, revised 2."""
    numbers = {citation.source.id: place for place, citation in enumerate(answer.citations, start=1)}
    found: dict[str, list[str]] = {}
    for figure in figures:
        for row in figure.rows if figure else ():
            cited = found.setdefault(row.status or NO_STATUS, [])
            place = str(numbers[row.source])
            cited.extend([place] if place not in cited else [])
    return "; ".join(f"{status} [{', '.join(cited)}]" for status, cited in found.items())
