"""A Report: what one answer shows, as values. Its renderings know no view."""

from typing import NamedTuple


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
    """A publisher and a publication of its, with its own page where there is one."""

    publisher: str
    kind: str = ""
    url: str = ""


class Table(NamedTuple):
    """A header and rows of as many cells; the newest rows are the first to stay where not all fit."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Chart(NamedTuple):
    """A chart of lines or bars, with its categories from left to right; each curve's name and its values."""

    title: str
    kind: str
    categories: tuple[str, ...]
    curves: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str


class Report(NamedTuple):
    """One answer: a bold line with what stands beside it, lines or a list, a table, at most one chart.

    Blank `lines` are not shown. `caveats` are what the reader would else take for something else; `sources`
    are its publications, `rounding` to what they round. Of an answer that is `posted` by itself the table
    stands beside the chart. `file` are the lines of one that was asked for.
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
    rounding: str = ""
    file: tuple[str, ...] = ()

    @property
    def first_words(self) -> str:
        """The first line as it is read: headline, and what stands beside it."""
        return f"{self.headline} · {self.tail}" if self.tail else self.headline
