"""Each rule fires exactly where a few independent lines over figures.csv say, in every month from 2018 on.

A highlight is written as a tuple: rule, commodity, flow, measure, scope, period, since, where the run begins,
count, usual change.
"""

from collections.abc import Callable, Iterator
from typing import Any

from bot.answers.highlights.choice import every_highlight
from bot.dataset.calendar import Month
from tests.answers.recomputed import Line, catalogue, label, lines, sign, usual
from tests.tables import looped

Told = tuple[Any, ...]
Rule = Callable[[Line, int], Iterator[Told]]
NEVER = ("share_turn",)  # has a test of its own


def as_told(item):
    figure = item.figure
    series = figure.series
    return (
        item.rule, series.commodity, series.flow, series.measure, figure.scope, figure.period.label,
        str(item.since or ""), str(item.run_start or ""), item.count,
        None if item.usual_pct is None else round(item.usual_pct, 6),
    )  # fmt: skip


def told(
    rule, line, at, since = None, start = None, count = 0,
    usually = None, period = "",
):  # fmt: skip
    return (
        rule, line.commodity, line.flow, line.measure, line.scope, period or label(at),
        "" if since is None else label(since), "" if start is None else label(start), count,
        None if usually is None else round(usually, 6),
    )  # fmt: skip


def served(commodity, flow, measure, at):
    """The first scope that has the month; else the first that has the running total."""
    own = [
        line
        for scope in catalogue()[commodity]["scopes"]
        if (line := lines().get((commodity, flow, measure, scope)))
    ]
    return next((line for kind in ("month", "ytd") for line in own if at in getattr(line, kind)), None)


def large_years(line, at):
    change, usually = line.yoy.get(at, (0.0, False))[0], usual(line.yoy, at)
    turned = sign(line.yoy, at) * sign(line.yoy, at - 1) < 0
    least = 30.0 if usually is None else max(usually, 3.0)
    if sign(line.yoy, at) and abs(change) >= max(5.0, least) and not turned:
        yield told("largest_rise" if change > 0 else "largest_fall", line, at, usually=usually)


def large_moves(line, at):
    change, usually = line.mom.get(at, (0.0, False))[0], usual(line.mom, at)
    if not sign(line.mom, at) or abs(change) < 5:
        return
    least = 12.0 if usually is None else max(usually, 5.0)
    if abs(change) >= 1.5 * least:
        yield told("month_move", line, at, usually=usually)


def turns(line, at):
    if sign(line.yoy, at) * sign(line.yoy, at - 1) >= 0:
        return
    first = next(
        month for month in range(at - 1, 0, -1) if sign(line.yoy, month - 1) != sign(line.yoy, at - 1)
    )
    exact = sign(line.yoy, first - 1) != 0
    yield told("turn", line, at, first - 1 if exact else None, first, at - first)


def places(line, at):
    if line.month[at].least < 0:
        return
    start = line.run(at)

    for end, way in (("highest", 1), ("lowest", -1)):
        edges = {month: sorted((way * one.least, way * one.most)) for month, one in line.month.items()}
        low = edges[at][0]
        rivals = [month for month in range(start, at) if edges[month][1] >= low]
        beyond = any(most >= low for month, (_, most) in edges.items() if month < start)
        since = rivals[-1] if rivals else None
        if (rivals and at - rivals[-1] >= 12) or (not rivals and not beyond and at - start + 1 >= 12):
            yield told(f"{end}_since", line, at, since, start)


def paces(line, at):
    if at % 12 == 0 or at not in line.ytd or line.measure == "unit_value":
        return
    usually = usual(line.pace, at)
    if sign(line.pace, at) and abs(line.pace[at][0]) >= max(
        5.0, 30.0 if usually is None else max(usually, 3.0)
    ):
        yield told("year_to_date", line, at, usually=usually)


def side(level):
    return 0 if level is None else (level.least > 0) - (level.most < 0)


def nets(line, at):
    def way(month):
        return side(line.month.get(month))

    if way(at) * way(at - 1) < 0:
        first = next(month for month in range(at - 1, 0, -1) if way(month - 1) != way(at - 1))
        yield told("net_turn", line, at, first - 1 if way(first - 1) else None, first, at - first)


def with_price(tonnes, at):
    """The line of the tonnes, and the unit value in the same scope where it is on record."""
    if not tonnes:
        return []
    price = lines().get((tonnes.commodity, tonnes.flow, "unit_value", tonnes.scope))
    return [tonnes, price] if price and (at in price.month or at in price.ytd) else [tonnes]


OF_A_MONTH: tuple[Rule, ...] = (large_years, large_moves, turns, places)


def expected_of(at):
    for commodity, about in catalogue().items():
        for flow in about["flows"]:
            for line in with_price(served(commodity, flow, "quantity", at), at):
                for rule in OF_A_MONTH if at in line.month else ():
                    yield from rule(line, at)
                yield from paces(line, at)
        net = served(commodity, "net", "quantity", at)
        if net and at in net.month:
            yield from nets(net, at)


@looped("year", range(2018, 2027))
def test_every_rule_fires_exactly_where_the_figures_say(dataset, year):
    for number in range(1, 13):
        found = every_highlight(dataset, Month(year, number))
        ours = {as_told(item) for item in found if item.rule not in NEVER}
        assert ours == set(expected_of(year * 12 + number - 1)), f"{year}-{number:02d}"
