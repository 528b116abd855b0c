"""A Report: what one answer shows, as values. Its renderings know no view."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.questions.question import Question


class Cell(NamedTuple):
    """What a table shows in a place, and the number that its column sorts by."""

    text: str
    number: float | None = None


class Item(NamedTuple):
    """An entry of a list: plain words, bold ones after them, and where they link to."""

    text: str
    bold: str = ""
    url: str = ""


class Cited(NamedTuple):
    """A publisher with its publications, its own page where the record has one, and what is said beside."""

    publisher: str
    kinds: tuple[str, ...] = ()
    url: str = ""
    beside: str = ""


class Ask(NamedTuple):
    """A next question, and what a button calls it."""

    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of as many cells; the newest rows are the first to stay where not all fit."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Curve(NamedTuple):
    """A line of a chart, or its bars of one colour: a value for every category."""

    name: str
    values: tuple[float, ...]


class Chart(NamedTuple):
    """A chart of lines or bars, with its categories from left to right."""

    title: str
    kind: str
    categories: tuple[str, ...]
    curves: tuple[Curve, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Report:
    """One answer: a bold line with what stands beside it, lines or a list, a table, at most one chart.

    `caveats` are what the reader would else take for something else; `sources` name each publisher once;
    `asks` are what to ask next; `code` are the lines of a file that was asked for;
    of an answer that is `posted` by itself the table stands beside the chart.
    """

    headline: str
    tail: str = ""
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    ordered: bool = False
    table: Table | None = None
    chart: Chart | None = None
    posted: bool = False
    caveats: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()
    asks: tuple[Ask, ...] = ()
    code: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        headline: str,
        tail: str = "",
        *lines: str,
        items: tuple[Item, ...] = (),
        table: Table | None = None,
        chart: Chart | None = None,
    ) -> "Report":
        """A report whose blank lines are left out."""
        return cls(headline, tail, tuple(filter(None, lines)), items=items, table=table, chart=chart)

    @property
    def first_words(self) -> str:
        """The first line as it is read: headline, and what stands beside it."""
        return f"{self.headline} · {self.tail}" if self.tail else self.headline
