"""What customs' pages of the months on record print: figures of data/figures.csv for a test to lay out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.dataset.calendar import Month
from bot.dataset.dataset import Record
from bot.dataset.model import Flow, Measure, Row, Series
from bot.sources.table import Span
from bot.sources.titles import Stage

TEN_THOUSAND, ONE = Decimal(10_000), Decimal(1)
THOUSAND_DOLLARS, MILLION_DOLLARS = Decimal(1_000), Decimal(1_000_000)

Block = Literal["month", "ytd", "base"]  # columns of quantity and value, one beside the other


@dataclass(frozen=True)
class Sheet:
    """The figures of one page. `span` is of which period its percentages are."""

    stage: Stage
    flow: Flow
    end: Month
    day: date
    blocks: tuple[Block, ...]
    span: Span
    rows: tuple[tuple[Block, Row], ...]

    @property
    def has_values(self) -> bool:
        return any(row.series.measure == "value" for _, row in self.rows)

    @property
    def commodities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.series.commodity for _, row in self.rows))

    @property
    def money(self) -> Decimal:
        return MILLION_DOLLARS if self.stage == "flash" else THOUSAND_DOLLARS

    def tonnes(self, commodity: str) -> tuple[Decimal, ...]:
        """The units of weight in which the line can be printed as it is rounded on record."""
        steps = [row.step for _, row in self.rows if row.series == Series(commodity, self.flow)]
        fine = self.stage == "bulletin" and steps and max(filter(None, steps)) <= 1
        return (TEN_THOUSAND, ONE) if fine else (TEN_THOUSAND,)

    def printed(self, block: Block, commodity: str, measure: Measure, unit: Decimal) -> str | None:
        """The number as it stands in its cell, without separators; None where it is not on record."""
        row = self._row(block, commodity, measure)
        if row is None:
            return None
        decimals = max(0, -int((Decimal(str(row.step)) / unit).log10().to_integral_value()))
        return f"{Decimal(str(row.value)) / unit:.{decimals}f}"

    def change(self, commodity: str, measure: Measure) -> str | None:
        row = self._row(self.span, commodity, measure)
        return None if row is None or row.yoy_pct is None else str(row.yoy_pct)

    def _row(self, block: Block, commodity: str, measure: Measure) -> Row | None:
        wanted = (block, Series(commodity, self.flow, measure=measure))
        return next((row for each, row in self.rows if (each, row.series) == wanted), None)

    def levels(self) -> set[tuple[object, ...]]:
        """The rows that its reading has to give, without their changes."""
        status = {"month": self.stage, "ytd": self.stage, "base": "revised"}
        return {
            (row.series, row.period, row.scope, row.value, row.step, status[block])
            for block, row in self.rows
        }

    def changes(self) -> set[tuple[object, ...]]:
        """The changes that its reading may give, each with its period."""
        told = (row for block, row in self.rows if block == self.span and row.yoy_pct is not None)
        return {(row.series, row.period, row.yoy_pct) for row in told}


def sheets_of(record: Record) -> tuple[Sheet, ...]:
    """A page for every month and flow of which a bulletin or flash is on record, once for each reading."""
    return (*_bulletins(record), *_flashes(record))


def _bulletins(record: Record) -> Iterator[Sheet]:
    found: dict[tuple[Flow, Month], dict[object, tuple[Block, Row]]] = defaultdict(dict)
    for row in record.rows:
        item = record.catalogue[row.series.commodity]
        if row.status in (None, "bulletin") and item.lines and _fits(row, item.scopes[0], THOUSAND_DOLLARS):
            block: Span = "ytd" if row.period.kind == "ytd" else "month"
            before = found[row.series.flow, row.period.end].get((block, row.series))
            if before is None or (before[1].yoy_pct is None and row.yoy_pct is not None):
                found[row.series.flow, row.period.end][block, row.series] = (block, row)
    for (flow, end), rows in found.items():
        blocks: tuple[Span, ...] = ("month", "ytd") if end.number > 1 else ("month",)
        kept = tuple(pair for pair in rows.values() if pair[0] in blocks)
        for span in blocks:
            if any(block == span and row.yoy_pct is not None for block, row in kept):
                day = record.calendar.release(end, "bulletin").day
                yield Sheet("bulletin", flow, end, day, blocks, span, kept)


def _flashes(record: Record) -> Iterator[Sheet]:
    """With the column of the year before."""
    scope = record.catalogue["unwrought_aluminium"].scopes[0]
    found: dict[Month, dict[object, tuple[Block, Row]]] = defaultdict(dict)
    for row in record.rows:
        own = (row.series.commodity, row.series.flow) == ("unwrought_aluminium", "export")
        if own and _fits(row, scope, MILLION_DOLLARS):
            block: Block = "ytd" if row.period.kind == "ytd" else "month"
            if row.status == "flash":
                found[row.period.end].setdefault((block, row.series), (block, row))
            elif row.status == "revised" and block == "ytd":
                found[row.period.end.plus(12)].setdefault(("base", row.series), ("base", row))
    for end, rows in found.items():
        levels = [row for block, row in rows.values() if block == "ytd" and row.yoy_pct is not None]
        if levels:
            day = levels[0].published or record.calendar.release(end, "flash").day
            month = any(block == "month" for block, _ in rows.values())
            blocks: tuple[Block, ...] = ("month", "ytd", "base") if month else ("ytd", "base")
            yield Sheet("flash", "export", end, day, blocks, "ytd", tuple(rows.values()))


def _fits(row: Row, scope: str, money: Decimal) -> bool:
    """Whether the row can stand on such a page: of the world, of the line, rounded as the page rounds."""
    if row.series.partner or row.scope != scope or not row.value or not row.step:
        return False
    unit = money if row.series.measure == "value" else TEN_THOUSAND
    exponent = (Decimal(str(row.step)) / unit).log10()
    whole = Decimal(str(row.value)) % Decimal(str(row.step)) == 0
    return whole and exponent <= 0 and exponent == exponent.to_integral_value()
