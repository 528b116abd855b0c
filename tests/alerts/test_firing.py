"""In which months each condition fires: of rows that are typed here, and of all that is on record.

The former could be read in two ways: rounding, holes, two months as one, disputes, scopes, days. For the
latter, levels, ranges and changes are those of tests/answers/recomputed.py, which knows nothing of the bot;
what each test asks of them is said once more here, in a line or two.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from bot.alerts.firing import firings
from bot.dataset.calendar import Month
from bot.dataset.model import Series
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Threshold
from bot.questions.condition_reading import read_condition
from tests.answers.recomputed import catalogue, label, lines
from tests.dataset.rows import rows_of, small_dataset
from tests.dataset.test_closure import age, printed
from tests.published import cells
from tests.tables import looped, tables

CASES = tables("alerts/conditions.yaml")


@looped("rule", list(CASES["fires"]))
def test_it_fires(rule, dataset):
    for text, rows, editions in CASES["fires"][rule]:
        watched = read_condition(f"alumina {text}", dataset).condition
        assert watched
        found = firings(watched, small_dataset(rows_of(rows)))
        told = [each.edition + ("~" if each.within_rounding else "") for each in found]
        assert told == editions, text


# A condition is judged by what was on record on a day.

ALONE = [
    (key, number, places[0])
    for key, terms in printed().items()
    if all(kind == "month" for kind, _ in terms)  # no running total: nothing is derived that year
    for (_, number), places in terms.items()
    if len(places) == 1 and cells()[places[0]]["published"] and not key[2]
]


@looped("alone", ALONE)
def test_it_fires_on_the_day_on_which_the_figure_is_out_and_not_before(alone, record):
    (commodity, flow, partner, measure, scope, year), number, place = alone
    unit = "t" if measure == "quantity" else "US$"
    test = Threshold("at least", Amount(Decimal(cells()[place]["value"]), unit))  # type: ignore[arg-type]
    condition = Condition(Series(commodity, flow, partner, measure), test, scope=scope)
    month, out = Month(int(year), number), date.fromisoformat(cells()[place]["published"])
    for day, there in ((out, True), (out - timedelta(days=1), False)):
        assert (month in {each.month for each in firings(condition, record.as_of(day))}) == there


PLAIN = {"quantity": "t", "value": "US$", "unit_value": "US$/t"}
SIDES: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "above": lambda value, least: value > least,
    "below": lambda value, most: value < most,
    "at least": lambda value, least: value >= least,
    "at most": lambda value, most: value <= most,
}
EVERY = 9  # of the values on record, in order


def keys():
    return sorted(lines())


def fired(line, test, dataset):
    """The editions that fire in one scope."""
    series = Series(line.commodity, line.flow, "", line.measure)  # type: ignore[arg-type]
    found = firings(Condition(series, test, scope=line.scope), dataset)
    assert len({each.edition for each in found}) == len(found), "an edition is told once"
    assert [each.month for each in found] == sorted(each.month for each in found)
    return {each.edition for each in found}


@looped("key", keys)
def test_a_level_fires_in_the_months_that_are_on_its_side(key, dataset):
    """Thresholds at, just below and just above every value on record."""
    line = lines()[key]  # type: ignore[index]
    step = Decimal("0.01") if line.measure == "unit_value" else Decimal(1)
    months = {at: exact(level.value) for at, level in line.month.items()}
    for value in sorted(set(months.values()))[::EVERY]:
        for threshold in (value, value - step, value + step):
            for side, holds in SIDES.items():
                wanted = {label(at) for at, value in months.items() if holds(value, threshold)}
                test = Threshold(side, Amount(threshold, PLAIN[line.measure]))  # type: ignore[arg-type]
                assert fired(line, test, dataset) == wanted, (side, threshold)


def exact(value):
    """The value without the dust of binary fractions, where it is a sum of what was printed."""
    return Decimal(value) if abs(value) < 10_000 else round(Decimal(value), 6)


def changes(line, on):
    """The changes of each month: printed and computed where these are in dispute, else the one that leads.

    None against the mean of two months.
    """
    if on == "yoy":
        return {at: (pct,) for at, (pct, _) in line.yoy.items()} | line.disputed
    return {at: (pct,) for at, (pct, _) in line.mom.items() if at - 1 in line.month}


@looped("on", ["yoy", "mom"])
@looped("key", keys)
def test_a_change_fires_in_months_that_moved_by_more(key, on, dataset):
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
                assert fired(line, test, dataset) == wanted, (way, least)


@looped("extreme", ["highest", "lowest", "either"])
@looped("key", keys)
def test_a_record_fires_beyond_earlier_months(key, extreme, dataset):
    line = lines()[key]  # type: ignore[index]
    assert fired(line, NewRecord(extreme), dataset) == set(map(label, records(line, extreme)))  # type: ignore[arg-type]


def records(line, extreme):
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
def test_a_turn_fires_where_the_sign_differs_from_the_last(key, dataset):
    line = lines()[key]  # type: ignore[index]
    yoy = {at: each[0] for at, each in changes(line, "yoy").items() if min(each) * max(each) > 0}
    signed = {"yoy": yoy, "balance": {at: each.value for at, each in line.month.items()}}
    for of, values in signed.items() if line.flow == "net" else [("yoy", signed["yoy"])]:
        turned = {at: now for at, now in values.items() if at - 1 in values and now * values[at - 1] < 0}
        for to, sign in {"positive": (1,), "negative": (-1,), "either": (1, -1)}.items():
            wanted = {label(at) for at, now in turned.items() if (1 if now > 0 else -1) in sign}
            assert fired(line, SignChange(of, to), dataset) == wanted, (of, to)  # type: ignore[arg-type]


@looped("key", lambda: [key for key in keys() if "net" not in key and "unit_value" not in key])
def test_a_revision_fires_for_each_printing_beyond_rounding(key, dataset):
    line = lines()[key]  # type: ignore[index]
    assert set(fired(line, Revision(), dataset)) == set(revisions(key))


def revisions(key):
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


@looped(("commodity", "flow"), lambda: sorted({(one.commodity, one.flow) for one in lines().values()}))
def test_without_a_code_the_first_scope_counts(commodity, flow, dataset):
    """The first scope that has the month, and no month twice."""
    for measure, unit in PLAIN.items():
        own = [
            line
            for scope in catalogue()[commodity]["scopes"]
            if (line := lines().get((commodity, flow, measure, scope)))
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
