"""In which months each condition fires, against the same worked out from figures.csv by other code.

The levels, ranges and changes are those of tests/answers/recomputed.py, which knows nothing of the bot; what
each test asks of them is said once more here, in a line or two.
"""

import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from bot.alerts.firing import firings
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.folder import data_folder
from bot.dataset.model import Series
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Test, Threshold
from tests.answers.recomputed import Level as Worked
from tests.answers.recomputed import Line, label, lines
from tests.dataset.test_closure import age, amount, cells, expected, printed
from tests.looped import looped

PLAIN = {"quantity": "t", "value": "US$", "unit_value": "US$/t"}
SIDES: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "above": lambda value, least: value > least,
    "below": lambda value, most: value < most,
    "at least": lambda value, least: value >= least,
    "at most": lambda value, most: value <= most,
}
EVERY = 9  # of the values on record, in order


def keys() -> list[tuple[str, ...]]:
    return sorted(lines())


def fired(line: Line, test: Test, dataset: Dataset) -> dict[str, bool]:
    """The editions that fire in one scope, and whether within rounding."""
    series = Series(line.commodity, line.flow, "", line.measure)  # type: ignore[arg-type]
    found = firings(Condition(series, test, scope=line.scope), dataset)
    assert len({each.edition for each in found}) == len(found), "an edition is told once"
    assert [each.month for each in found] == sorted(each.month for each in found)
    return {each.edition: each.within_rounding for each in found}


@looped("key", keys)
def test_a_level_fires_in_the_months_that_are_on_its_side(key: tuple[str, ...], dataset: Dataset) -> None:
    """Thresholds at, just below and just above every value on record; rounding by both ends of the range."""
    line = lines()[key]  # type: ignore[index]
    step = Decimal("0.01") if line.measure == "unit_value" else Decimal(1)
    months = {at: exact(level) for at, level in line.month.items()}
    for value in sorted({value for value, _, _ in months.values()})[::EVERY]:
        for threshold in (value, value - step, value + step):
            for side, holds in SIDES.items():
                wanted = {
                    label(at): not (holds(low, threshold) and holds(high, threshold))
                    for at, (value, low, high) in months.items()
                    if holds(value, threshold)
                }
                test = Threshold(side, Amount(threshold, PLAIN[line.measure]))  # type: ignore[arg-type]
                assert fired(line, test, dataset) == wanted, (side, threshold)


def exact(level: Worked) -> tuple[Decimal, Decimal, Decimal]:
    """Value and range without the dust of binary fractions, where they are sums of what was printed."""
    whole = [Decimal(each) for each in (level.value, level.low, level.high)]
    return tuple(each if abs(each) < 10_000 else round(each, 6) for each in whole)  # type: ignore[return-value]


def changes(line: Line, on: str) -> dict[int, tuple[float, ...]]:
    """The changes of each month: printed and computed where these are in dispute, else the one that leads.

    None against the mean of two months.
    """
    if on == "yoy":
        return {at: (pct,) for at, (pct, _) in line.yoy.items()} | line.disputed
    return {at: (pct,) for at, (pct, _) in line.mom.items() if at - 1 in line.month}


@looped("on", ["yoy", "mom"])
@looped("key", keys)
def test_a_change_fires_in_the_months_that_moved_by_more(
    key: tuple[str, ...], on: str, dataset: Dataset
) -> None:
    line = lines()[key]  # type: ignore[index]
    told = {at: [round(pct, 9) for pct in each] for at, each in changes(line, on).items()}
    for pct in [0.0, 20.0, *sorted({abs(pct) for each in told.values() for pct in each})[::EVERY]]:
        for least in {round(pct, 9), round(pct - 0.01, 9), round(pct + 0.01, 9)}:
            if least < 0:
                continue
            for way in ("up", "down", "either"):
                wanted = {
                    label(at)
                    for at, each in told.items()
                    if (min(each) > least and way != "down") or (max(each) < -least and way != "up")
                }
                test = PercentChange(on, way, Decimal(str(least)))  # type: ignore[arg-type]
                assert set(fired(line, test, dataset)) == wanted, (way, least)


@looped("extreme", ["highest", "lowest", "either"])
@looped("key", keys)
def test_a_record_fires_where_no_earlier_month_may_have_been_as_high(
    key: tuple[str, ...], extreme: str, dataset: Dataset
) -> None:
    line = lines()[key]  # type: ignore[index]
    assert set(fired(line, NewRecord(extreme), dataset)) == set(map(label, records(line, extreme)))  # type: ignore[arg-type]


def records(line: Line, extreme: str) -> Iterator[int]:
    """Beyond what rounding, and 1 % in a derived figure, leave of every earlier month; the last of twelve."""
    combined = line.flow == "net" or line.measure == "unit_value"
    spans = {
        at: (each.low - abs(each.value) / 100, each.high + abs(each.value) / 100)
        if combined
        else (each.least, each.most)
        for at, each in line.month.items()
    }
    for at, (low, high) in spans.items():
        earlier = [span for before, span in spans.items() if before < at]
        highest, lowest = all(most < low for _, most in earlier), all(least > high for least, _ in earlier)
        if all(at - back in spans for back in range(12)) and (
            (highest and extreme != "lowest") or (lowest and extreme != "highest")
        ):
            yield at


@looped("key", keys)
def test_a_turn_fires_where_the_sign_is_not_that_of_the_month_before(
    key: tuple[str, ...], dataset: Dataset
) -> None:
    line = lines()[key]  # type: ignore[index]
    yoy = {at: each[0] for at, each in changes(line, "yoy").items() if min(each) * max(each) > 0}
    signed = {"yoy": yoy, "balance": {at: each.value for at, each in line.month.items()}}
    for of, values in signed.items() if line.flow == "net" else [("yoy", signed["yoy"])]:
        turned = {at: now for at, now in values.items() if at - 1 in values and now * values[at - 1] < 0}
        for to, sign in {"positive": (1,), "negative": (-1,), "either": (1, -1)}.items():
            wanted = {label(at) for at, now in turned.items() if (1 if now > 0 else -1) in sign}
            assert set(fired(line, SignChange(of, to), dataset)) == wanted, (of, to)  # type: ignore[arg-type]


@looped("key", lambda: [key for key in keys() if "net" not in key and "unit_value" not in key])
def test_a_revision_fires_for_each_printing_that_differs_by_more_than_rounding(
    key: tuple[str, ...], dataset: Dataset
) -> None:
    line = lines()[key]  # type: ignore[index]
    assert set(fired(line, Revision(), dataset)) == set(revisions(key))


def revisions(key: tuple[str, ...]) -> Iterator[str]:
    commodity, flow, measure, scope = key
    for (*strand, year), terms in printed().items():
        if strand != [commodity, flow, "", measure, scope]:
            continue
        for (kind, number), found in terms.items():
            rows = [cells()[place] for place in sorted(found, key=age)] if kind == "month" else []
            for before, now in pairwise(rows):
                apart = abs(Decimal(now["value"]) - Decimal(before["value"]))
                if apart > (Decimal(now["step"]) + Decimal(before["step"])) / 2:
                    yield f"{year}-{number:02d}/{Decimal(now['value']):.0f}"


PARTNERS = sorted({key[:5] for key in printed() if key[2]})


@looped("key", PARTNERS)
def test_a_level_of_trade_with_a_partner(key: tuple[str, ...], dataset: Dataset) -> None:
    commodity, flow, partner, measure, scope = key
    months = partner_months(key)
    series = Series(commodity, flow, partner, measure)  # type: ignore[arg-type]
    for threshold in sorted(set(months.values()))[:: max(len(months) // 20, 1)]:
        wanted = {at for at, value in months.items() if value > threshold}
        test = Threshold("above", Amount(Decimal(threshold), PLAIN[measure]))  # type: ignore[arg-type]
        assert {each.edition for each in firings(Condition(series, test, scope=scope), dataset)} == wanted


def partner_months(key: tuple[str, ...]) -> dict[str, float]:
    return {
        f"{year}-{number:02d}": float(amount(next(iter(ways))))
        for (*strand, year) in printed()
        if tuple(strand) == key
        for (kind, number), ways in expected((*key, year)).items()  # type: ignore[arg-type]
        if kind == "month"
    }


@cache
def scopes() -> dict[str, list[str]]:
    """The scopes in which each commodity is served, the first first."""
    catalogue = tomllib.loads((data_folder() / "commodities.toml").read_text(encoding="utf-8"))
    return {name: each["scopes"] for name, each in catalogue.items()}


@looped(("commodity", "flow"), lambda: sorted({(one.commodity, one.flow) for one in lines().values()}))
def test_without_a_code_each_month_is_judged_in_the_scope_that_serves_it(
    commodity: str, flow: str, dataset: Dataset
) -> None:
    """The first scope that has the month, and no month twice."""
    for measure, unit in PLAIN.items():
        own = [
            line for scope in scopes()[commodity] if (line := lines().get((commodity, flow, measure, scope)))
        ]
        values: dict[int, float] = {}
        for line in own:
            for at in line.month.keys() | line.yoy.keys():
                values.setdefault(at, line.month[at].value if at in line.month else float("nan"))
        if not values:
            continue
        known = sorted(value for value in values.values() if value == value)
        middle = known[len(values) // 2 - 1] + 0.5  # off the dust of binary fractions
        wanted = {label(at) for at, value in values.items() if value > middle}
        test = Threshold("above", Amount(Decimal(middle), unit))  # type: ignore[arg-type]
        found = firings(Condition(Series(commodity, flow, "", measure), test), dataset)  # type: ignore[arg-type]
        assert {each.edition for each in found} == wanted
        assert all(each.month == Month.from_text(each.edition) for each in found)
