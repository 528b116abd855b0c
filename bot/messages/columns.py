"""Columns and cells of a table: what is shown, what it sorts by, how a line says it; one unit a column."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log10
from typing import NamedTuple

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Figure
from bot.messages.number_format import ALONE, decimals_for, rounded, scale_for, under, under_what, with_unit
from bot.messages.speech import level, marked, side, sized
from bot.messages.units import Scale, units
from bot.questions.named import named, period_name
from bot.questions.question import Unit
from bot.words import say
from bot.words.joints import clauses, comma


class Cell(NamedTuple):
    """What is shown; the number that the column sorts by; how a line says it, where that is otherwise.

    `note` is the sentence below the table that a mark in the cell points to.
    """

    text: str
    number: float | None = None
    spoken: str = ""
    note: str = ""

    @property
    def said(self) -> str:
        """The words of it in a line."""
        return self.spoken or self.text


class Column(NamedTuple):
    """The name over a column, its unit where it has one, and how a line introduces a cell of it."""

    name: str
    unit: str = ""
    spoken: str = ""

    @property
    def title(self) -> str:
        """March 2024, kt."""
        return say("columns.title", name=self.name, unit=self.unit) if self.unit else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, columns, and rows of as many cells; no cell is empty.

    The first cells of a row, `subject` of them, say what it is about;
    of these `named` is read out for its row.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    subject: int = 1
    named: int = 0

    @property
    def header(self) -> tuple[str, ...]:
        """The titles of the columns."""
        return tuple(column.title for column in self.columns)

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """The rows as they are shown."""
        return [tuple(cell.text for cell in row) for row in self.rows]

    @property
    def notes(self) -> list[str]:
        """What stands below it: the sentences that marks in its cells point to."""
        return [cell.note for row in self.rows for cell in row if cell.note]


def lines(table: Table) -> list[str]:
    """Each row as a line: March 2025: 300 kt ±5; on a year earlier +114.3 %; bulletin [1]."""
    first = table.subject
    behind = table.columns[first:]
    told = []
    for row in table.rows:
        cells = [column.spoken + cell.said for column, cell in zip(behind, row[first:], strict=True)]
        about = comma([cell.said for cell in row[:first]]).replace("., ", ". ")
        told.append(say("columns.line", about=about, told=clauses(cells)))
    return told


@dataclass(frozen=True, slots=True)
class Levels:
    """The one unit in which the levels of a column, or the points of a chart, are shown."""

    scale: Scale
    asked: Unit

    @classmethod
    def of(cls, figures: Iterable[Figure], asked: Unit) -> "Levels":
        """The unit of all of them where they have one; else thousand tonnes, or million US$."""
        told = [figure for figure in figures if figure.value is not None]
        scales = {scale.name: scale for scale in (scale_for(figure, asked) for figure in told)}
        base = told[0].unit if told else "t"
        return cls(next(iter(scales.values())) if len(scales) == 1 else units().columns[base], asked)

    @property
    def unit(self) -> str:
        """kt; US$m; US$/t."""
        return self.scale.name

    def column(self, name: str, spoken: str = "") -> Column:
        """A column of levels in that unit."""
        return Column(name, self.unit, spoken)

    def cell(self, figure: Figure) -> Cell:
        """210 ±15, derived; where only a change is on record, that it is so."""
        if figure.value is None:
            return Cell(level(figure, self.asked))
        own, (scale, decimals) = sized(figure), self._scale(figure)
        if own.value == 0:
            digits = under_what(own, scale)
            shown, in_unit = digits, with_unit(digits, scale)
        else:
            shown, in_unit = rounded(own, scale, decimals, ALONE, scale.form)
        is_own = scale_for(figure, self.asked).name == self.unit
        said = _level(figure, in_unit) if is_own else level(figure, self.asked)
        return Cell(_level(figure, shown), round(figure.value / scale.size, 6), said)

    def point(self, figure: Figure) -> float:
        """The value in that unit, with the decimals that it is shown with."""
        scale, decimals = self._scale(figure)
        return round((figure.value or 0) / scale.size, max(decimals, 0))

    def _scale(self, figure: Figure) -> tuple[Scale, int]:
        """Its own unit where that is called the same (a day's tonnes), else the column's; the decimals."""
        own = scale_for(figure, self.asked)
        decimals = decimals_for(figure.value or 0.0, figure.step, own)
        if own.name == self.unit:
            return own, decimals
        return self.scale, decimals + round(log10(self.scale.size / own.size))


def _level(figure: Figure, told: str) -> str:
    """The same with what a level is told with: its side, that it is less than so much, how it was made."""
    return marked(under(told) if figure.value == 0 else side(figure) + told, figure)


def of_period(period: Period) -> str:
    """March 2024, before a level in a line."""
    return say("columns.of_period", period=period_name(period))


def month_cell(month: Month) -> Cell:
    """March 2024, in the order of time."""
    return Cell(named(month), month.year * 100 + month.number)
