"""A reading with its units and the meaning of its percentages settled against what is on record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.dataset.model import Measure
from bot.sources.baseline import OnRecord
from bot.sources.change_basis import settled, span_of
from bot.sources.currency import money_of
from bot.sources.fits import check_heading, check_month
from bot.sources.labels import Span
from bot.sources.page_reading import Change, Level, Reading
from bot.sources.weighing import Unit, in_units, weight_of

SAID: dict[Span, str] = {"month": "yoy is of the month", "ytd": "yoy is of the running total"}


@dataclass(frozen=True, slots=True)
class Settled:
    """Levels in tonnes and US$ and changes of a known period.

    `remarks` belong to the rows of a commodity and measure, `span` is what open percentages turned out to be
    of, `notes` are for who imports the page.
    """

    levels: tuple[Level, ...]
    changes: tuple[Change, ...]
    span: Span | None
    remarks: Mapping[tuple[str, Measure], str]
    notes: tuple[str, ...]


def settle(reading: Reading, record: OnRecord, address: str) -> Settled:
    """The reading settled; a SourceError where its size or its month cannot be that of the record."""
    told = [level.series for level in reading.levels] + [change.series for change in reading.changes]
    commodities = {series.commodity for series in told}
    weights = {name: weight_of(name, reading, record, address) for name in reading.tonnes}
    units: dict[tuple[str, Measure], Unit] = {(name, "quantity"): unit for name, unit in weights.items()}
    quantities = in_units(reading, units)
    span = span_of(reading.changes, quantities, record)
    money = money_of(reading, quantities, settled(reading.changes, span), record)
    units |= {(name, "value"): money for name in commodities}
    levels = in_units(reading, units)
    witnesses = in_units(reading, units | _as_printed(reading, commodities))
    check_month(witnesses, reading.end, record, address)
    headed = check_heading(witnesses, reading, record, address)
    span = span or span_of(reading.changes, levels, record)
    changes = [each for each in settled(reading.changes, span) if _has_unit(each, units)]
    return Settled(
        levels=levels,
        changes=tuple(changes),
        span=span,
        remarks={key: unit.note for key, unit in units.items() if unit.note and unit.factor},
        notes=(*headed, *_unit_notes(weights, money), *_span_note(reading, span)),
    )


def _as_printed(reading: Reading, commodities: set[str]) -> dict[tuple[str, Measure], Unit]:
    """The unit of dollars that the page prints: its values bear witness even where they are left out."""
    return {(name, "value"): Unit(reading.money.factor) for name in commodities if reading.money.dollars}


def _has_unit(change: Change, units: Mapping[tuple[str, Measure], Unit]) -> bool:
    """Whether a change is of dollars or tonnes: one of values in yuan is not."""
    unit = units.get((change.series.commodity, change.series.measure))
    return change.series.measure == "quantity" or (unit is not None and unit.factor is not None)


def _unit_notes(weights: Mapping[str, Unit], money: Unit) -> Iterator[str]:
    yield from (f"{name}: {unit.note}." for name, unit in weights.items() if unit.note)
    if money.note:
        yield f"The {money.note}."


def _span_note(reading: Reading, span: Span | None) -> Iterator[str]:
    if all(change.span for change in reading.changes) or reading.end.number == 1:
        return
    if span:
        yield f"The percentage columns do not say of which period: {SAID[span]}, by what is on record."
    else:
        yield "The percentage columns do not say of which period, and the record does not tell: left out."
