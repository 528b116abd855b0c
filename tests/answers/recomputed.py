"""Levels and changes of every series once more, from figures.csv alone, to hold the highlights against.

The levels come from the exact recomputation of tests/dataset/test_closure.py; ranges, changes, net trade and
unit values are worked out here, over months counted as year * 12 + number - 1.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from statistics import median

from bot.dataset.data_files import data_folder
from tests.dataset.test_closure import age, amount, expected, printed, spread
from tests.published import cells

FIRST = 2018 * 12  # January 2018


@dataclass(frozen=True)
class Level:
    """A value, what rounding leaves of it, and that with 1 % more for each derived part."""

    value: float
    low: float
    high: float
    least: float
    most: float


@dataclass
class Line:
    """One series in one scope: levels by kind and month, and changes that are not in dispute."""

    commodity: str
    flow: str
    measure: str
    scope: str
    month: dict[int, Level] = field(default_factory=dict)
    ytd: dict[int, Level] = field(default_factory=dict)
    yoy: dict[int, tuple[float, bool]] = field(default_factory=dict)  # the change, whether its sign holds
    mom: dict[int, tuple[float, bool]] = field(default_factory=dict)
    pace: dict[int, tuple[float, bool]] = field(default_factory=dict)
    disputed: dict[int, tuple[float, float]] = field(default_factory=dict)  # of months: printed, computed

    def run(self, at):
        """The first month of the unbroken ones up to that one."""
        while at - 1 in self.month:
            at -= 1
        return at


def index(period):
    year, number = period.split("-")
    return int(year) * 12 + int(number) - 1


def label(at):
    return f"{at // 12}-{at % 12 + 1:02d}"


@cache
def catalogue():
    return tomllib.loads((data_folder() / "commodities.toml").read_text(encoding="utf-8"))


@cache
def lines():
    """Every line of the world's trade: printed, net and unit value."""
    found: dict[tuple[str, str, str, str], Line] = {}
    for commodity, flow, partner, measure, scope, _ in printed():
        if not partner:
            found.setdefault((commodity, flow, measure, scope), Line(commodity, flow, measure, scope))
    for key, line in found.items():
        _fill(line)
        _changes(line, _printed_changes(*key))
    return found | {(one.commodity, one.flow, one.measure, one.scope): one for one in _worked_out(found)}


def _fill(line):
    for key in printed():
        if key[:5] == (line.commodity, line.flow, "", line.measure, line.scope):
            for (kind, number), ways in expected(key).items():
                way = max(ways, key=lambda one: (amount(one), sorted(one)))  # one total has two ways
                value, half = float(amount(way)), float(spread(way))
                spare = value / 100 if len(way) > 1 else 0.0
                low, high = max(value - half, 0.0), value + half
                at = int(key[5]) * 12 + number - 1
                getattr(line, kind)[at] = Level(value, low, high, low - spare, high + spare)


def _worked_out(found):
    for (commodity, flow, measure, scope), line in found.items():
        imports = found.get((commodity, "import", measure, scope))
        tonnes = found.get((commodity, flow, "quantity", scope))
        if flow == "export" and imports:
            yield _combined(Line(commodity, "net", measure, scope), line, imports, _less)
        if measure == "value" and tonnes:
            yield _combined(Line(commodity, flow, "unit_value", scope), line, tonnes, _through)


def _combined(line, one, other, operation):  # type: ignore[no-untyped-def]
    for kind in ("month", "ytd"):
        ours, theirs = getattr(one, kind), getattr(other, kind)
        levels = {at: operation(ours[at], theirs[at]) for at in ours.keys() & theirs.keys()}
        getattr(line, kind).update({at: level for at, level in sorted(levels.items()) if level})
    _changes(line, {})
    return line


def _less(one, other):
    return Level(
        one.value - other.value, one.low - other.high, one.high - other.low,
        one.least - other.most, one.most - other.least,
    )  # fmt: skip


def _through(one, other):
    if not one.value or other.low <= 0:
        return None
    return Level(
        one.value / other.value, one.low / other.high, one.high / other.low,
        one.least / other.most, one.most / other.least,
    )  # fmt: skip


Printed = dict[
    tuple[str, int], tuple[float, float | None]
]  # the change, and today's value where it has moved


def _printed_changes(commodity, flow, measure, scope):
    """The change of today's row, else the newest printed one; marked where the value has moved since."""
    rows: dict[tuple[str, int], list[int]] = {}
    for place, cell in enumerate(cells()):
        if [cell[name] for name in ("commodity", "flow", "partner", "measure", "scope")] == [
            commodity, flow, "", measure, scope,
        ]:  # fmt: skip
            rows.setdefault((cell["kind"], index(cell["period"])), []).append(place)
    for (kind, at), found in list(rows.items()):
        if at % 12 == 0:  # January is the year to date
            rows.setdefault(("month" if kind == "ytd" else "ytd", at), found)
    return {key: told for key, found in rows.items() if (told := _printed_change(sorted(found, key=age)))}


def _printed_change(rows):
    cell = cells()
    valued = [row for row in rows if cell[row]["value"]]
    told = [row for row in rows if cell[row]["yoy_pct"]]
    if not told:
        return None
    today, source = (valued[-1] if valued else None), told[-1]
    if today is None or cell[today]["yoy_pct"]:
        return float(cell[source if today is None else today]["yoy_pct"]), None
    if not cell[source]["value"]:
        return float(cell[source]["yoy_pct"]), None
    apart = abs(float(cell[today]["value"]) - float(cell[source]["value"]))
    steps = (float(cell[today]["step"]) + float(cell[source]["step"])) / 2
    return float(cell[source]["yoy_pct"]), (1.0 if apart > steps else None)


def _changes(line, told):
    for kind, into in (("month", line.yoy), ("ytd", line.pace)):
        levels = getattr(line, kind)
        for at in sorted(levels.keys() | {month for name, month in told if name == kind}):
            if change := _on_the_year(levels.get(at), levels.get(at - 12), told.get((kind, at))):
                into[at] = change
    for at in line.month.keys() - line.yoy.keys():
        if (printed := told.get(("month", at))) and at - 12 in line.month:
            line.disputed[at] = printed[0], pct(line.month[at], line.month[at - 12]) or 0.0
    for at in sorted(line.month):
        if change := _on_the_month(line, at):
            line.mom[at] = change


def _on_the_year(now, base, told):
    computed = pct(now, base) if now and base else None
    if told is None:
        return (computed, holds(now, base)) if computed is not None else None
    if computed is not None and (abs(computed - told[0]) > 1 or computed * told[0] < 0):
        return None
    if told[1] and computed is not None:
        return computed, holds(now, base)
    return told[0], told[0] != 0


def _on_the_month(line, at):
    now, base = line.month[at], line.month.get(at - 1)
    if base is None and at % 12 == 2 and (two := line.ytd.get(at - 1)):
        by = 1 if line.measure == "unit_value" else 2  # the unit value of both months is their mean already
        base = Level(two.value / by, two.low / by, two.high / by, two.least / by, two.most / by)
    change = pct(now, base) if base else None
    return (change, holds(now, base)) if change is not None else None


def pct(now, base):
    if base.low <= 0 or now.low < 0 or now.value == 0:
        return None
    return (now.value / base.value - 1) * 100


def holds(now, base):
    """Whether the one is higher, or lower, whatever rounding and corrections do."""
    if now is None or base is None or base.least <= 0 or now.least < 0:
        return False
    return now.least > base.most or now.most < base.least


def usual(changes, before):
    earlier = [abs(change) for at, (change, _) in changes.items() if at < before]
    return median(earlier) if len(earlier) >= 12 else None


def sign(changes, at):
    change, certain = changes.get(at, (0.0, False))
    return (change > 0) - (change < 0) if certain else 0
