"""What the dataset holds: series, sources, published rows, and the figures made from them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from bot.dataset.calendar import Month, Period
from bot.errors import InternalError

Flow = Literal["export", "import", "net"]
Measure = Literal["quantity", "value", "unit_value"]
Status = Literal["flash", "bulletin", "query", "revised"]
GrowthOrigin = Literal["published", "computed"]

UNITS: dict[Measure, str] = {"quantity": "t", "value": "USD", "unit_value": "USD/t"}


@dataclass(frozen=True, order=True, slots=True)
class Series:
    """One line of trade: what, which way, with whom ('' is the world), measured how."""

    commodity: str
    flow: Flow
    partner: str = ""
    measure: Measure = "quantity"

    def __post_init__(self) -> None:
        if self.flow not in get_args(Flow) or self.measure not in get_args(Measure) or not self.commodity:
            raise InternalError(f"not a series: {self.commodity}/{self.flow}/{self.measure}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read: `via` is filled where the page is a copy."""

    id: str
    publisher: str
    title: str
    url: str
    via: str
    retrieved: date


@dataclass(frozen=True, slots=True)
class Row:
    """One published row of figures.csv; `value` is None where only a change was printed."""

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

    @property
    def half_step(self) -> float:
        """Half the rounding step: how far the true figure can lie from the printed one."""
        return (self.step or 0) / 2


@dataclass(frozen=True, slots=True)
class Input:
    """A printed figure that a derived one was made from, added (+1) or taken away (-1)."""

    sign: int
    row: Row


@dataclass(frozen=True, slots=True)
class Growth:
    """The change on a year earlier, in percent: `pct` leads, the others stand beside it.

    `range` belongs to the computed change (rounding only). `disputed` is true where the printed and the
    computed change differ by more than a point or in sign: then neither may stand in a headline.
    """

    pct: float | None
    origin: GrowthOrigin | None
    printed_pct: float | None = None
    printed_source: str | None = None
    computed_pct: float | None = None
    range: tuple[float, float] | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """The change on the month before, in percent; `base` says what it is measured against."""

    pct: float
    range: tuple[float, float]
    base: Literal["month", "mean of January and February"] = "month"


NO_GROWTH = Growth(None, None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as served: value in t, US$ or US$/t, its rounding range, growth and provenance.

    `value` is None where only a change was printed. A derived figure names its `inputs`; its range carries
    the half-steps of all of them.
    """

    series: Series
    period: Period
    scope: str
    value: float | None
    step: float | None
    range: tuple[float, float] | None
    derived: bool
    status: Status | None
    source: str | None
    published: date | None
    inputs: tuple[Input, ...] = ()
    growth: Growth = NO_GROWTH
    move: Move | None = None
    note: str = ""
    vintages: tuple[Row, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if self.value is not None and (
            self.range is None or not self.range[0] <= self.value <= self.range[1]
        ):
            raise InternalError(f"{self.series} {self.period.label}: {self.value} outside {self.range}")
        if self.derived and not self.inputs:
            raise InternalError(f"{self.series} {self.period.label}: derived from nothing")

    @property
    def unit(self) -> str:
        """t, USD or USD/t."""
        return UNITS[self.series.measure]

    @property
    def end(self) -> Month:
        """The last month the figure covers."""
        return self.period.end

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source the figure and its leading growth stand on, in order, once each."""
        own = [self.source] if self.source else []
        used = own + [item.row.source for item in self.inputs]
        if self.growth.printed_source:
            used.append(self.growth.printed_source)
        return tuple(dict.fromkeys(used))
