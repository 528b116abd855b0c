"""What customs' bulletins of the months on record print: figures of data/figures.csv to lay out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.dataset.calendar import Month
from bot.dataset.dataset import Record
from bot.dataset.model import Flow, Measure, Row, Series
from bot.sources.table import Span

TEN_THOUSAND, ONE, THOUSAND_DOLLARS = Decimal(10_000), Decimal(1), Decimal(1_000)


@dataclass(frozen=True)
class Sheet:
    """The figures of one page. `span` is of which period its percentages are."""

    flow: Flow
    end: Month
    day: date
    spans: tuple[Span, ...]
    span: Span
    rows: tuple[Row, ...]
    money = THOUSAND_DOLLARS

    @property
    def has_values(self) -> bool:
        return any(row.series.measure == "value" for row in self.rows)

    @property
    def commodities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.series.commodity for row in self.rows))

    def tonnes(self, commodity: str) -> tuple[Decimal, ...]:
        """The units of weight in which the line can be printed as it is rounded on record."""
        steps = [row.step or 0 for row in self.rows if row.series == Series(commodity, self.flow)]
        return (TEN_THOUSAND, ONE) if steps and max(steps) <= 1 else (TEN_THOUSAND,)

    def printed(self, span: Span, commodity: str, measure: Measure, unit: Decimal) -> str | None:
        """The number as it stands in its cell, without separators; None where it is not on record."""
        row = self._row(span, commodity, measure)
        if row is None:
            return None
        decimals = max(0, -int((Decimal(str(row.step)) / unit).log10().to_integral_value()))
        return f"{Decimal(str(row.value)) / unit:.{decimals}f}"

    def change(self, commodity: str, measure: Measure) -> str | None:
        row = self._row(self.span, commodity, measure)
        return None if row is None or row.yoy_pct is None else str(row.yoy_pct)

    def _row(self, span: Span, commodity: str, measure: Measure) -> Row | None:
        wanted = span, Series(commodity, self.flow, measure=measure)
        return next((row for row in self.rows if (row.period.kind, row.series) == wanted), None)

    def levels(self) -> set[tuple[object, ...]]:
        """The rows that its reading has to give, without their changes."""
        return {(row.series, row.period, row.scope, row.value, row.step) for row in self.rows}

    def changes(self) -> set[tuple[object, ...]]:
        """The changes that its reading may give, each with its period."""
        told = (row for row in self.rows if row.period.kind == self.span and row.yoy_pct is not None)
        return {(row.series, row.period, row.yoy_pct) for row in told}


def sheets_of(record: Record) -> Iterator[Sheet]:
    """A page for every month and flow of which a bulletin is on record, once for each reading."""
    found: dict[tuple[Flow, Month], dict[object, Row]] = defaultdict(dict)
    for row in record.rows:
        item = record.catalogue[row.series.commodity]
        if row.status in (None, "bulletin") and item.lines and _fits(row, item.scopes[0]):
            own = found[row.series.flow, row.period.end]
            before = own.get((row.period.kind, row.series))
            if before is None or (before.yoy_pct is None and row.yoy_pct is not None):
                own[row.period.kind, row.series] = row
    for (flow, end), rows in found.items():
        spans: tuple[Span, ...] = ("month", "ytd") if end.number > 1 else ("month",)
        kept = tuple(row for row in rows.values() if row.period.kind in spans)
        for span in spans:
            if any(row.period.kind == span and row.yoy_pct is not None for row in kept):
                day = record.calendar.release(end, "bulletin").day
                yield Sheet(flow, end, day, spans, span, kept)


def _fits(row: Row, scope: str) -> bool:
    """Whether the row can stand on such a page: of the world, of the line, rounded as the page rounds."""
    if row.series.partner or row.scope != scope or not row.value or not row.step:
        return False
    unit = THOUSAND_DOLLARS if row.series.measure == "value" else TEN_THOUSAND
    exponent = (Decimal(str(row.step)) / unit).log10()
    whole = Decimal(str(row.value)) % Decimal(str(row.step)) == 0
    return whole and exponent <= 0 and exponent == exponent.to_integral_value()
