"""UN Comtrade's monthly records of China's trade, by HS code and partner, into published rows."""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from bot.dataset.calendar import Month, Period
from bot.dataset.companions import Catalogue
from bot.dataset.dataset import Dataset
from bot.dataset.model import COMTRADE, Flow, Measure, Row, Series, Source, Status
from bot.sources import Parcel
from bot.sources.markup import Unreadable, exact, naming, step_of

WORLD = 0
_PARTNERS = tomllib.loads(Path(__file__).with_name("partners.toml").read_text(encoding="utf-8"))
PARTNERS = {WORLD: ""} | {int(code): name for code, name in _PARTNERS.items()}
REPORTER = 156
CODES = ("2606", "281820", "7601", "760110", "7602")
STORED_AS = {"281820": "HS 28182000"}  # China has no other code below it
FLOWS: dict[str, Flow] = {"M": "import", "X": "export"}
ADDS_UP_WITHIN = Decimal("0.01")
ESTIMATED_STEPS = {"HS 2818": 20_000.0}  # tonnes: all that is not alumina; see the codebook
ESTIMATED_OFF = 0.1  # how far off other estimates may be, in parts of them

# Weights with the mark of an estimate; a quantity only where it is one.
_WEIGHTS = {"netWgt": "isNetWgtEstimated", "qty": "isQtyEstimated"}
# What a record of the whole says; others are breakdowns by customs procedure or transport.
_TOTALS = {"customsCode": ("C00",), "motCode": (0, "0"), "partner2Code": (0, "0"), "mosCode": (0, "0")}
UNITS: dict[Measure, Decimal] = {"quantity": Decimal("0.001"), "value": Decimal(1)}  # kilograms in tonnes
RawRecord = Mapping[str, Any]


class TradeRecord(NamedTuple):
    """One record: a code and flow with a partner. Amounts that were not reported are None."""

    code: str
    flow: Flow
    partner: int
    kilograms: Decimal | None
    dollars: Decimal | None
    estimated: bool


def records_of(content: bytes) -> list[RawRecord]:
    """The records of an answer."""
    try:
        answer = json.loads(content, parse_float=Decimal, parse_constant=int)
    except (ValueError, RecursionError) as error:  # as int makes of NaN and Infinity
        raise Unreadable("the answer is not JSON") from error
    records = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Unreadable("the answer has no list 'data' of records")
    return records


def trade_records_of(records: Sequence[RawRecord], month: Month) -> list[TradeRecord]:
    """A month's trade records, without breakdowns; Unreadable where one is of another reporter or month."""
    whole = (each for each in records if all(each.get(name) in (None, *own) for name, own in _TOTALS.items()))
    return list(dict.fromkeys(_trade_record(each, month) for each in whole))


def _trade_record(record: RawRecord, month: Month) -> TradeRecord:
    try:
        reporter, period = record["reporterCode"], record["period"]
        if int(reporter) != REPORTER or str(period) != f"{month.year}{month.number:02d}":
            raise Unreadable(f"it holds {reporter}, {period}: not asked for")
        in_kilograms = record.get("qtyUnitCode") in (8, "8")
        weights = {name: _amount(record.get(name)) for name in _WEIGHTS if name == "netWgt" or in_kilograms}
        reported = [each for name, each in weights.items() if record.get(_WEIGHTS[name]) is not True]
        return TradeRecord(
            code=str(record["cmdCode"]),
            flow=FLOWS[record["flowCode"]],
            partner=int(record["partnerCode"]),
            kilograms=next(filter(None, (*reported, *weights.values())), None),
            dollars=_amount(record["primaryValue"]),
            estimated=not any(reported),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"a record has no usable {error}") from error


def _amount(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        raise ValueError(f"amount {value!r}")
    return Decimal(value)


def check_partners(records: Sequence[TradeRecord]) -> None:
    """Raises Unreadable where partners were cut off."""
    for world in (each for each in records if each.partner == WORLD):
        total, line = world.dollars or Decimal(0), (world.code, world.flow)
        partners = [each for each in records if (each.code, each.flow) == line and each.partner != WORLD]
        if total and abs(sum(each.dollars or 0 for each in partners) - total) > ADDS_UP_WITHIN * total:
            raise Unreadable(f"the partners of {world.code} do not add up to the world's {world.flow}")


def saved_answer(content: bytes, name: str, known: Dataset) -> Parcel:
    """A saved answer, whichever months and partners were asked for."""
    months: dict[Month, list[RawRecord]] = defaultdict(list)
    with naming(name):
        for record in records_of(content):
            if not re.fullmatch(r"(19|20)[0-9]{2}(0[1-9]|1[0-2])", period := str(record.get("period"))):
                raise Unreadable(f"{period!r} is no month of its answer")
            months[Month(int(period[:4]), int(period[4:]))].append(record)
        rows, sources = list[Row](), dict[str, Source]()
        for month, of_month in sorted(months.items()):
            parcel = parcel_of(trade_records_of(of_month, month), month, known, "https://comtradeplus.un.org")
            rows += parcel.rows
            sources |= parcel.sources
    return Parcel(name, tuple(rows), sources)


def parcel_of(records: Sequence[TradeRecord], month: Month, known: Dataset, url: str) -> Parcel:
    """A month's trade records, estimates marked."""
    title = f"UN Comtrade monthly, reporter China, by HS code and partner, {month.name}"
    source = Source(f"un-comtrade-{month}", COMTRADE, title, url, "", known.today)
    rows = tuple(row for each in records for row in _rows(each, month, known.catalogue, source.id))
    if not rows:
        raise Unreadable("it has no figure of a series on record")
    return Parcel(title, rows, {source.id: source})


def scope_of(code: str) -> str:
    """The scope that a code's figures are stored in."""
    return STORED_AS.get(code, f"HS {code}")


def _rows(record: TradeRecord, month: Month, catalogue: Catalogue, source: str) -> Iterator[Row]:
    scope, partner = scope_of(record.code), PARTNERS.get(record.partner)
    homes = (each.id for each in catalogue.values() if scope in each.all_scopes and record.flow in each.flows)
    if (home := next(homes, None)) is None or partner is None:
        return
    amounts: dict[Measure, Decimal | None] = {"quantity": record.kilograms, "value": record.dollars}
    for measure, amount in ((measure, exact(amount, 3)) for measure, amount in amounts.items() if amount):
        value, step = (float(number * UNITS[measure]) for number in (amount, step_of(amount)))
        if estimated := measure == "quantity" and record.estimated:
            step = ESTIMATED_STEPS.get(scope) or round(2 * ESTIMATED_OFF * value, 3)
        series = Series(home, record.flow, partner, measure)
        status: Status = "estimated" if estimated else "query"
        yield Row(0, series, Period.month(month), scope, value, step, None, status, source, None, 1, "")
