"""What the dataset holds: series, sources, published rows, and the figures made from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import inf
from typing import Any, Literal, NamedTuple, get_args

from bot.dataset.calendar import Month, Period, period_of
from bot.errors import InternalError

Flow = Literal["export", "import", "net"]
Measure = Literal["quantity", "value", "unit_value"]
Status = Literal["estimated", "flash", "bulletin", "query", "revised"]
Sources = Mapping[str, "Source"]  # by id

FLOWS, MEASURES, STATUSES = get_args(Flow), get_args(Measure), get_args(Status)
COMTRADE = "UN Comtrade"
# The columns of figures.csv that do not name the figure.
PRINTED = ("value", "step", "yoy_pct", "scope", "status", "source", "published", "confirmed_by", "note")
UNITS: dict[Measure, Literal["t", "USD", "USD/t"]] = {"quantity": "t", "value": "USD", "unit_value": "USD/t"}


class Series(NamedTuple):
    """One line of trade: what, which way, with whom ('' is the world), measured how."""

    commodity: str
    flow: Flow
    partner: str = ""
    measure: Measure = "quantity"


_series = lru_cache(maxsize=1_024)(Series)  # the rows of one series share it


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read: `via` and the address `copy_url` are filled where the page is a copy."""

    id: str
    publisher: str
    title: str
    url: str
    via: str
    retrieved: date
    copy_url: str = ""

    @property
    def arrival(self) -> date | None:
        """The day from which its undated figures are known: UN Comtrade's come late, on no announced day."""
        return self.retrieved if self.publisher == COMTRADE and not self.via else None


@dataclass(frozen=True, slots=True)
class Row:
    """One published row of figures.csv; `value` is None where only a change was printed.

    `arrived` is the day it was read, where that and no calendar says from when on it is known. An "estimated"
    one's step says how far off it can be; a "revised" one was printed later, as a base or as a correction.
    `unusual`: it, or the month that it makes, lay outside the months before it when it came in.
    """

    line: int
    series: Series
    period: Period
    scope: str
    value: float | None
    step: float | None
    yoy_pct: float | None
    status: Status | None
    source: str
    published: date | None
    confirmed_by: int
    note: str
    arrived: date | None = None
    unusual: bool = False

    @classmethod
    def of_cells(cls, line: int, cells: Mapping[str, Any], arrived: date | None = None) -> "Row":
        """The row of a line of figures.csv, or of a table with its columns."""
        own = dict(cells)
        series = _series(*(own.pop(name) for name in Series._fields))
        period = period_of(own.pop("kind"), own.pop("period"))
        return cls(line, series, period, arrived=arrived, **own)

    def cells(self) -> dict[str, Any]:
        """What a line of figures.csv holds, by its columns and in their order."""
        series = self.series
        named = {"period": str(self.period.end), "flow": series.flow, "commodity": series.commodity}
        named |= {"partner": series.partner, "kind": self.period.kind, "measure": series.measure}
        return named | {name: getattr(self, name) for name in PRINTED} | {"status": self.status or ""}

    @property
    def known_since(self) -> date | None:
        """The day from which on it is known: the one printed on it, else that of its arrival."""
        return self.published or self.arrived

    @property
    def half_step(self) -> float:
        """Half the rounding step: how far the true figure can lie from the printed one."""
        return (self.step or 0) / 2

    def agrees_with(self, other: "Row") -> bool:
        """Whether both have a value, and they differ by no more than both roundings."""
        return self._differs(other) <= self.half_step + other.half_step

    def is_coarser_than(self, finer: "Row") -> bool:
        """Whether it says no more than a finer printing, which lies within its rounding."""
        return self.half_step > finer.half_step and self._differs(finer) <= self.half_step

    def _differs(self, other: "Row") -> float:
        return inf if self.value is None or other.value is None else abs(self.value - other.value)


class Held(NamedTuple):
    """A row that waits for a decision, and why."""

    row: Row
    why: str


class Event(NamedTuple):
    """A dated event that can explain a break in some commodities' figures, and who told of it."""

    day: date
    title: str
    commodities: tuple[str, ...]
    source_name: str
    source_url: str


Strand = tuple[Series, str]  # one series in one scope
Role = Literal["+", "-", "÷"]


@dataclass(frozen=True, slots=True)
class Input:
    """A printed row that a figure was made from, and its part in the sum: added, taken away, divided by."""

    role: Role
    row: Row


class Growth(NamedTuple):
    """The change on a year earlier, in percent: `pct` leads, the others stand beside it.

    `range` belongs to the computed change (rounding only). `disputed` is true where the printed and the
    computed change differ by more than a point or in sign: then neither may stand in a headline.
    """

    pct: float | None
    origin: Literal["published", "computed"] | None
    printed: Row | None = None
    computed_pct: float | None = None
    range: tuple[float, float] | None = None
    disputed: bool = False

    @property
    def printed_pct(self) -> float | None:
        """The change as a source printed it."""
        return self.printed.yoy_pct if self.printed else None


class Move(NamedTuple):
    """The change on the month before, in percent; `base` says what it is measured against."""

    pct: float
    range: tuple[float, float]
    base: Literal["month", "mean of January and February"] = "month"


NO_GROWTH = Growth(None, None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as served: value in t, US$ or US$/t, its rounding range, growth and provenance.

    `inputs` are the printed rows it stands on: one where it was printed, several where it is derived, and the
    range carries the half-steps of all of them. `value`, `step` and `range` are None where only a change was
    printed. `vintages` are all printings of it, oldest first.
    """

    series: Series
    period: Period
    scope: str
    value: float | None
    step: float | None
    range: tuple[float, float] | None
    derived: bool
    status: Status | None
    inputs: tuple[Input, ...]
    growth: Growth = NO_GROWTH
    move: Move | None = None
    vintages: tuple[Row, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        between = self.value is None or (self.range and self.range[0] <= self.value <= self.range[1])
        if not self.inputs or not between or (self.value is None) != (self.range is None):
            raise InternalError(f"{self.series} {self.period.label}: {self.value} in {self.range}")

    @property
    def unit(self) -> str:
        """t, USD or USD/t."""
        return UNITS[self.series.measure]

    @property
    def bounds(self) -> tuple[float, float, float] | None:
        """The value, and from where to where rounding leaves it; None where only a change was printed."""
        return None if self.value is None or self.range is None else (self.value, *self.range)

    @property
    def estimated(self) -> bool:
        """Whether a part of it was estimated."""
        return "estimated" in [item.row.status for item in self.inputs]

    @property
    def end(self) -> Month:
        """The last month the figure covers."""
        return self.period.end

    @property
    def row(self) -> Row:
        """The printed row it is, or the first of those it was derived from."""
        return self.inputs[0].row

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every printed row that the figure and its printed change stand on."""
        printed = (self.growth.printed,) if self.growth.printed else ()
        return (*(item.row for item in self.inputs), *printed)
