"""UN Comtrade's monthly records of China's trade, by HS code and partner, into published rows."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dataset.calendar import Month, Period
from bot.dataset.commodities import Commodity
from bot.dataset.model import COMTRADE, Flow, Measure, Row, Series, Source
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
SITE = "https://comtradeplus.un.org"  # of an answer that was saved
ESTIMATED_STEPS = {"HS 2818": 20_000.0}  # tonnes: see the codebook
ESTIMATED_OFF = 0.1  # how far off other estimates may be, in parts of them

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
    records = _records(content, address)
    return Answer(_entries(records, address, month), len(records))


def pages_of(
    content: bytes, name: str, catalogue: Mapping[str, Commodity], retrieved: date
) -> tuple[Page, ...]:
    """A saved answer as a page for each of its months, whichever partners were asked for."""
    months: dict[Month, list[Mapping[str, Any]]] = defaultdict(list)
    for record in _records(content, name):
        if not re.fullmatch(r"(19|20)[0-9]{2}(0[1-9]|1[0-2])", period := str(record.get("period"))):
            raise SourceError(name, f"{period!r} is no month of its answer")
        months[Month(int(period[:4]), int(period[4:]))].append(record)
    found = ((month, _entries(records, name, month)) for month, records in sorted(months.items()))
    return tuple(_page(entries, SITE, month, catalogue, retrieved, name) for month, entries in found)


def _records(content: bytes, address: str) -> list[Mapping[str, Any]]:
    answer = _json(content.removeprefix(b"\xef\xbb\xbf"), address)
    records = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise SourceError(address, "the answer has no list 'data' of records")
    if isinstance(count := answer.get("count"), int) and count != len(records):
        raise SourceError(address, f"it says that it holds {count} records, and holds {len(records)}")
    return records


def _entries(records: Sequence[Mapping[str, Any]], address: str, month: Month) -> tuple[Entry, ...]:
    found = dict.fromkeys(_entry(record, address, month) for record in records if _is_total(record))
    keys = [(entry.code, entry.flow, entry.partner) for entry in found]
    if len(set(keys)) < len(keys):
        raise SourceError(address, "it holds two different records of one code, flow and partner")
    return tuple(found)


def page_of(
    entries: Sequence[Entry], address: str, month: Month, catalogue: Mapping[str, Commodity], retrieved: date
) -> Page:
    """A month's entries as a page, without estimates; a SourceError where partners are missing."""
    _check_sums(entries, address)
    reported = [replace(entry, kilograms=None) if entry.estimated else entry for entry in entries]
    return _page(reported, address, month, catalogue, retrieved, address)


def _page(
    entries: Sequence[Entry],
    url: str,
    month: Month,
    catalogue: Mapping[str, Commodity],
    retrieved: date,
    address: str,
) -> Page:
    source = Source(
        f"un-comtrade-{month}",
        COMTRADE,
        f"UN Comtrade monthly, reporter China, by HS code and partner, {month.name}",
        url,
        "",
        retrieved,
    )
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
    """The net weight, or the quantity where that is a weight: what was reported before what was estimated."""
    in_kilograms = record.get("qtyUnitCode") in (KILOGRAMS, str(KILOGRAMS))
    weight, quantity = _amount(record.get("netWgt")), _amount(record.get("qty")) if in_kilograms else None
    reported = [weight if record.get("isNetWgtEstimated") is not True else None]
    reported += [quantity if record.get("isQtyEstimated") is not True else None]
    return next((each for each in (*reported, weight, quantity) if each), None)


def _estimated(record: Mapping[str, Any]) -> bool:
    """Whether the weight is an estimate of the UN's."""
    weight = record.get("isNetWgtEstimated") is True or not _amount(record.get("netWgt"))
    in_kilograms = record.get("qtyUnitCode") in (KILOGRAMS, str(KILOGRAMS)) and _amount(record.get("qty"))
    return weight and (record.get("isQtyEstimated") is True or not in_kilograms)


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
        estimated = measure == "quantity" and entry.estimated
        yield Row(
            line=0,
            series=Series(commodity, entry.flow, partner, measure),
            period=Period.month(month),
            scope=scope,
            value=float(number.value),
            step=_may_be_off(float(number.value), scope) if estimated else float(number.step),
            yoy_pct=None,
            status="estimated" if estimated else "query",
            source=source,
            published=None,
            confirmed_by=1,
            note="",
        )


def _may_be_off(tonnes: float, scope: str) -> float:
    """The step of an estimate: of HS 2818 all that is not alumina, else a part of it, can be wrong."""
    return ESTIMATED_STEPS.get(scope) or round(2 * ESTIMATED_OFF * tonnes, 3)


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
    estimates = Counter(entry.kilograms is not None for entry in entries if entry.estimated)
    yield from (
        f"{count} weights that the UN estimated are {'marked' if taken else 'left out'}."
        for taken, count in estimates.items()
    )
