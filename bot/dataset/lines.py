"""Every series' lines by scope: of printed rows, and made of two of these (net trade, US$ per tonne)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from bot.dataset.calendar import Month
from bot.dataset.commodities import Commodity
from bot.dataset.derive import Line, PairLine, PrintedLine
from bot.dataset.model import NO_GROWTH, Figure, Input, Role, Row, Series, Strand
from bot.dataset.revision_history import Histories

Lines = Mapping[Series, Mapping[str, Line]]
IN_ORDER = attrgetter(
    "commodity", "flow", "partner", "measure"
)  # of series, for a sort without their own comparison
TURNED: dict[Role, Role] = {"+": "-", "-": "+"}  # a row on the other side of the equation


def parts_of(series: Series) -> tuple[Series, ...]:
    """The two series of which it is made; none where it is printed itself."""
    if series.measure == "unit_value":
        return replace(series, measure="value"), replace(series, measure="quantity")
    return (replace(series, flow="export"), replace(series, flow="import")) if series.flow == "net" else ()


def lines_of(
    rows: Mapping[Strand, Sequence[Row]],
    catalogue: Mapping[str, Commodity],
    histories: Mapping[Strand, Histories],
    day: date,
    held: Mapping[Strand, Collection[Month]],
    *,
    first: bool,
) -> Lines:
    """The lines of each series by scope as of a day, the first scope of the catalogue first."""
    printed: dict[Series, dict[str, Line]] = defaultdict(dict)
    for strand, own in rows.items():
        line = PrintedLine(own, histories[strand], day, held.get(strand, ()), first=first)
        printed[strand[0]][strand[1]] = line
    found: dict[Series, dict[str, Line]] = {}
    for series in sorted(printed, key=IN_ORDER):
        scopes = catalogue[series.commodity].all_scopes
        found[series] = {scope: printed[series][scope] for scope in scopes if scope in printed[series]}
    for series in tuple(found):
        made = [replace(series, flow="net")] if series.flow == "export" else []
        made += [replace(series, measure="unit_value")] if series.measure == "value" else []
        for each in made:
            one, other = (found.get(part, {}) for part in parts_of(each))
            make = unit_value_of if each.measure == "unit_value" else net_of
            if both := [scope for scope in one if scope in other]:
                found[each] = {name: PairLine(one[name], other[name], make, first=first) for name in both}
    return found


def net_of(exports: Figure | None, imports: Figure | None) -> Figure | None:
    """Exports less imports, with the roundings of both."""
    if not exports or not imports or exports.value is None or imports.value is None:
        return None
    if not exports.range or not imports.range:
        return None
    low, high = exports.range[0] - imports.range[1], exports.range[1] - imports.range[0]
    return _made(
        exports,
        imports,
        series=replace(exports.series, flow="net"),
        value=round(exports.value - imports.value, 6),
        step=max(exports.step or 0.0, imports.step or 0.0) or None,
        range=(round(low, 6), round(high, 6)),
        inputs=exports.inputs + tuple(Input(TURNED[item.role], item.row) for item in imports.inputs),
    )


def unit_value_of(value: Figure | None, quantity: Figure | None) -> Figure | None:
    """US$ per tonne, with the roundings of both."""
    if not value or not quantity or not value.value or not quantity.value:
        return None
    if not value.range or not quantity.range or quantity.range[0] <= 0:
        return None
    return _made(
        value,
        quantity,
        series=replace(value.series, measure="unit_value"),
        value=value.value / quantity.value,
        step=None,
        range=(value.range[0] / quantity.range[1], value.range[1] / quantity.range[0]),
        inputs=value.inputs + tuple(replace(item, role="÷") for item in quantity.inputs),
    )


def _made(one: Figure, other: Figure, **parts: Any) -> Figure:
    status = one.status if one.status == other.status else None
    return replace(one, derived=True, status=status, growth=NO_GROWTH, move=None, vintages=(), **parts)
