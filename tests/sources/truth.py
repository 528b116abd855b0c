"""What customs' pages of the months on record print: figures of data/figures.csv for a test to lay out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from bot.dataset.calendar import Month
from bot.dataset.dataset import Record
from bot.dataset.folder import data_folder
from bot.dataset.load import load_record
from bot.dataset.model import Flow, Measure, Row, Series
from bot.sources.labels import Span
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
    def name(self) -> str:
        return f"{self.stage}-{self.flow}-{self.end}-{self.span}"

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
        return {
            (row.series, row.period, row.scope, row.value, row.step, self._status(block))
            for block, row in self.rows
        }

    def changes(self) -> set[tuple[object, ...]]:
        """The changes that its reading may give, each with its period."""
        told = (row for block, row in self.rows if block == self.span and row.yoy_pct is not None)
        return {(row.series, row.period, row.yoy_pct) for row in told}

    def _status(self, block: Block) -> str:
        return "revised" if block == "base" else self.stage


@lru_cache(maxsize=1)
def shipped() -> Record:
    return load_record(data_folder())


@lru_cache(maxsize=1)
def bulletins() -> tuple[Sheet, ...]:
    """A page for every month and flow of which a bulletin's figures are on record, once for each reading."""
    return tuple(_bulletins(shipped()))


def _bulletins(record: Record) -> Iterator[Sheet]:
    found: dict[tuple[Flow, Month], dict[object, tuple[Block, Row]]] = defaultdict(dict)
    for row in record.rows:
        item = record.catalogue[row.series.commodity]
        if row.status in (None, "bulletin") and item.lines and _fits(row, item.scopes[0], THOUSAND_DOLLARS):
            block: Block = "ytd" if row.period.kind == "ytd" else "month"
            key = (block, row.series)
            before = found[row.series.flow, row.period.end].get(key)
            if before is None or (before[1].yoy_pct is None and row.yoy_pct is not None):
                found[row.series.flow, row.period.end][key] = (block, row)
    for (flow, end), rows in found.items():
        kept = tuple(pair for pair in rows.values() if end.number > 1 or pair[0] == "month")
        if kept:
            yield from _with_spans(flow, end, kept, record)


def _with_spans(
    flow: Flow, end: Month, rows: tuple[tuple[Block, Row], ...], record: Record
) -> Iterator[Sheet]:
    blocks: tuple[Block, ...] = ("month", "ytd") if end.number > 1 else ("month",)
    day = record.calendar.release(end, "bulletin").day
    spans: tuple[Span, ...] = ("month", "ytd") if end.number > 1 else ("month",)
    for span in spans:
        if any(block == span and row.yoy_pct is not None for block, row in rows):
            yield Sheet("bulletin", flow, end, day, blocks, span, rows)


@lru_cache(maxsize=1)
def flashes() -> tuple[Sheet, ...]:
    """A page for every month of which the flash is on record, with the column of the year before."""
    return tuple(_flashes(shipped()))


def _flashes(record: Record) -> Iterator[Sheet]:
    scope = record.catalogue["unwrought_aluminium"].scopes[0]
    flow: Flow = "export"
    found: dict[Month, dict[object, tuple[Block, Row]]] = defaultdict(dict)
    for row in record.rows:
        if row.series.commodity != "unwrought_aluminium" or row.series.flow != flow:
            continue
        if not _fits(row, scope, MILLION_DOLLARS):
            continue
        block: Block = "ytd" if row.period.kind == "ytd" else "month"
        if row.status == "flash":
            found[row.period.end].setdefault((block, row.series), (block, row))
        elif row.status == "revised" and block == "ytd":
            found[row.period.end.plus(12)].setdefault(("base", row.series), ("base", row))
    for end, rows in found.items():
        levels = [row for block, row in rows.values() if block == "ytd" and row.yoy_pct is not None]
        if levels:
            day = levels[0].published or record.calendar.release(end, "flash").day
            blocks: tuple[Block, ...] = ("month", "ytd", "base") if _has_month(rows) else ("ytd", "base")
            yield Sheet("flash", flow, end, day, blocks, "ytd", tuple(rows.values()))


def _has_month(rows: Mapping[object, tuple[Block, Row]]) -> bool:
    return any(block == "month" for block, _ in rows.values())


def _fits(row: Row, scope: str, money: Decimal) -> bool:
    """Whether the row can stand on such a page: of the world, of the line, rounded as the page rounds."""
    if row.series.partner or row.scope != scope or not row.value or not row.step:
        return False
    unit = money if row.series.measure == "value" else TEN_THOUSAND
    exponent = (Decimal(str(row.step)) / unit).log10()
    whole = Decimal(str(row.value)) % Decimal(str(row.step)) == 0
    return whole and exponent <= 0 and exponent == exponent.to_integral_value()
