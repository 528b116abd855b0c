"""UN Comtrade's monthly records of China's trade, by HS code and partner, into published rows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dataset.arrival import COMTRADE
from bot.dataset.calendar import Month, Period
from bot.dataset.commodities import Commodity
from bot.dataset.model import Flow, Measure, Row, Series, Source
from bot.errors import SourceError
from bot.sources.page import Page
from bot.sources.partners import PARTNERS, WORLD
from bot.sources.printed_numbers import Printed

REPORTER = 156
CODES = ("2606", "281820", "7601", "760110", "7602")
STORED_AS = {"281820": "HS 28182000"}  # China has no other code below it
FLOWS: dict[str, Flow] = {"M": "import", "X": "export"}
KILOGRAMS = 8  # the code of the unit in which a quantity is a weight
ADDS_UP_WITHIN = Decimal("0.01")

_TOTALS = {"customsCode": ("C00",), "motCode": (0, "0"), "partner2Code": (0, "0"), "mosCode": (0, "0")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: a code and flow with a partner. Amounts that were not reported are None."""

    code: str
    flow: Flow
    partner: int
    described: str
    kilograms: Decimal | None
    dollars: Decimal | None
    estimated: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The entries of an answer, and how many records it held: one as long as any may be was cut."""

    entries: tuple[Entry, ...]
    records: int


def answer_of(content: bytes, address: str, month: Month) -> Answer:
    """The records of an answer, breakdowns by customs procedure or transport left out.

    A SourceError where the answer is none, or speaks of another reporter or month than was asked for.
    """
    answer = _json(content, address)
    records = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise SourceError(address, "the answer has no list 'data' of records")
    if isinstance(count := answer.get("count"), int) and count != len(records):
        raise SourceError(address, f"it says that it holds {count} records, and holds {len(records)}")
    found = dict.fromkeys(_entry(record, address, month) for record in records if _is_total(record))
    keys = [(entry.code, entry.flow, entry.partner) for entry in found]
    if len(set(keys)) < len(keys):
        raise SourceError(address, "it holds two different records of one code, flow and partner")
    return Answer(tuple(found), len(records))


def page_of(
    entries: Sequence[Entry], address: str, month: Month, catalogue: Mapping[str, Commodity], retrieved: date
) -> Page:
    """A month's entries as a page; a SourceError where the partners do not add up to the world."""
    source = Source(
        f"un-comtrade-{month}",
        COMTRADE,
        f"UN Comtrade monthly, reporter China, by HS code and partner, {month.name}",
        address,
        "",
        retrieved,
    )
    _check_sums(entries, address)
    rows = tuple(row for entry in entries for row in _rows(entry, month, catalogue, source.id))
    if not rows:
        raise SourceError(address, "it has no figure of a series on record")
    return Page(source, source.title, month, None, rows, tuple(_notes(entries, catalogue)))


def _json(content: bytes, address: str) -> Any:
    try:
        return json.loads(
            content, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_each_once
        )
    except (ValueError, RecursionError) as error:
        raise SourceError(address, "the answer is not JSON") from error


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """One record; where a name stands in it twice, it is what is left of two."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _is_total(record: Mapping[str, Any]) -> bool:
    return all(record.get(name) in (None, *allowed) for name, allowed in _TOTALS.items())


def _entry(record: Mapping[str, Any], address: str, month: Month) -> Entry:
    try:
        if (
            int(record["reporterCode"]) != REPORTER
            or str(record["period"]) != f"{month.year}{month.number:02d}"
        ):
            raise SourceError(
                address, f"it holds {record['reporterCode']}, {record['period']}: not asked for"
            )
        return Entry(
            code=str(record["cmdCode"]),
            flow=FLOWS[record["flowCode"]],
            partner=int(record["partnerCode"]),
            described=str(record.get("partnerDesc") or ""),
            kilograms=_weight(record),
            dollars=_amount(record["primaryValue"]),
            estimated=_estimated(record),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(address, f"a record has no usable {error}") from error


def _weight(record: Mapping[str, Any]) -> Decimal | None:
    """The net weight that was reported; what the UN estimated is not the publisher's figure."""
    if record.get("isNetWgtEstimated") is not True and (weight := _amount(record.get("netWgt"))):
        return weight
    in_kilograms = record.get("qtyUnitCode") in (KILOGRAMS, str(KILOGRAMS))
    return (
        _amount(record.get("qty")) or None
        if in_kilograms and record.get("isQtyEstimated") is not True
        else None
    )


def _estimated(record: Mapping[str, Any]) -> bool:
    return record.get("isNetWgtEstimated") is True or record.get("isQtyEstimated") is True


def _amount(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        raise ValueError(f"amount {value!r}")
    return Decimal(value)


def _check_sums(entries: Sequence[Entry], address: str) -> None:
    """Refuses an answer that was cut: its partners' dollars are less or more than the world's."""
    for world in (entry for entry in entries if entry.partner == WORLD and entry.dollars):
        partners = [
            entry.dollars or Decimal(0)
            for entry in entries
            if entry.partner != WORLD and (entry.code, entry.flow) == (world.code, world.flow)
        ]
        total = world.dollars or Decimal(0)
        if abs(sum(partners, Decimal(0)) - total) > ADDS_UP_WITHIN * total:
            raise SourceError(
                address, f"the partners of {world.code} do not add up to the world's {world.flow}"
            )


def _rows(entry: Entry, month: Month, catalogue: Mapping[str, Commodity], source: str) -> Iterator[Row]:
    home = _home(entry, catalogue)
    partner = _partner(entry)
    if home is None or partner is None:
        return
    commodity, scope = home
    for measure, number in _numbers(entry):
        yield Row(
            line=0,
            series=Series(commodity, entry.flow, partner, measure),
            period=Period.month(month),
            scope=scope,
            value=float(number.value),
            step=float(number.step),
            yoy_pct=None,
            status="query",
            source=source,
            published=None,
            confirmed_by=1,
            note="",
        )


def _numbers(entry: Entry) -> Iterator[tuple[Measure, Printed]]:
    if entry.kilograms:
        yield "quantity", _printed(entry.kilograms).times(Decimal("0.001"))
    if entry.dollars:
        yield "value", _printed(entry.dollars)


def _printed(amount: Decimal) -> Printed:
    """The amount with the step of its last decimal; 1 for a whole one."""
    rounded = round(amount, 3).normalize()
    return Printed(
        amount if rounded == amount else rounded, Decimal(1).scaleb(min(0, int(rounded.as_tuple().exponent)))
    )


def _home(entry: Entry, catalogue: Mapping[str, Commodity]) -> tuple[str, str] | None:
    """The series and scope of a code; None where the catalogue has none for it."""
    scope = scope_of(entry.code)
    for name, commodity in catalogue.items():
        if scope in commodity.all_scopes and entry.flow in commodity.flows:
            return name, scope
    return None


def scope_of(code: str) -> str:
    """The scope that a code's figures are stored in."""
    return STORED_AS.get(code, f"HS {code}")


def _partner(entry: Entry) -> str | None:
    return "" if entry.partner == WORLD else PARTNERS.get(entry.partner)


def _notes(entries: Sequence[Entry], catalogue: Mapping[str, Commodity]) -> Iterator[str]:
    strangers = {entry.described or str(entry.partner) for entry in entries if _partner(entry) is None}
    if strangers:
        yield f"Partners without a name on record are left out: {', '.join(sorted(strangers))}."
    scopes = {scope for commodity in catalogue.values() for scope in commodity.all_scopes}
    homeless = {entry.code for entry in entries if scope_of(entry.code) not in scopes}
    if homeless:
        yield f"Codes that are no series on record are left out: {', '.join(sorted(homeless))}."
    if weightless := sum(entry.kilograms is None and entry.estimated for entry in entries):
        yield f"{weightless} weights that the UN estimated are left out."
