"""Where a condition could be read in two ways: rounding, holes, two months as one, disputes, scopes, days."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from bot.alerts.firing import Firing, firings, missed
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.dataset import Record as Published
from bot.dataset.model import Row, Series
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Test, Threshold
from tests.dataset.rows import ALUMINA, row, small_dataset, total
from tests.dataset.test_closure import cells, printed
from tests.looped import looped

IMPORTS, NET = Series("alumina", "import"), Series("alumina", "net")


def above(kt: str, side: str = "above") -> Threshold:
    return Threshold(side, Amount(Decimal(kt), "kt"))  # type: ignore[arg-type]


def told(test: Test, *rows: Row, series: Series = ALUMINA) -> list[str]:
    """The editions, with a sign behind those within rounding."""
    found = firings(Condition(series, test), small_dataset(rows))
    return [each.edition + ("~" if each.within_rounding else "") for each in found]


def reasons(test: Test, *rows: Row, series: Series = ALUMINA) -> Mapping[str, str]:
    return {str(each.month): each.why for each in missed(Condition(series, test), small_dataset(rows))}


def fires(condition: Condition, dataset: Dataset, month: Month) -> Firing | None:
    return next((each for each in firings(condition, dataset) if each.month == month), None)


# Rounding: the printed value decides, and what could undo it is said.


def test_the_printed_value_decides() -> None:
    """210 kt ±15 may be 195: it is above 200 all the same; 200 kt ±5 may be 205, and is not."""
    assert told(above("200"), row("2024-03", 210_000, 30_000)) == ["2024-03~"]
    assert told(above("200"), row("2024-03", 200_000)) == []
    assert told(above("200", "at least"), row("2024-03", 200_000)) == ["2024-03~"]
    assert told(above("200"), row("2024-03", 205_000)) == ["2024-03~"], "its range begins at 200, not above"
    assert told(above("200"), row("2024-03", 210_000)) == ["2024-03"]


def test_a_derived_value_decides_with_the_rounding_of_all_that_it_is_made_of() -> None:
    """May is 710 less 500: 210, and with both half-steps 200 to 220."""
    totals = (total("2024-04", 500_000), total("2024-05", 710_000))
    assert told(above("205"), *totals) == ["2024-05~"]
    assert told(above("199"), *totals) == ["2024-05"]


def test_printed_as_nothing_is_below_its_half_step_and_may_be_at_it() -> None:
    assert told(above("5", "below"), row("2022-01", 0)) == ["2022-01~"]
    assert told(above("6", "below"), row("2022-01", 0)) == ["2022-01"]


def test_no_dust_of_binary_fractions_makes_a_change() -> None:
    """110 on 100 is 10 %, and not more than that."""
    rows = (row("2023-05", 100_000, 1), row("2024-05", 110_000, 1))
    assert told(PercentChange("yoy", "up", Decimal(10)), *rows) == []
    assert told(PercentChange("yoy", "up", Decimal("9.9")), *rows) == ["2024-05"]
    down = (row("2023-05", 110_000, 1), row("2024-05", 99_000, 1))
    assert told(PercentChange("yoy", "down", Decimal(10)), *down) == []


def test_a_computed_change_carries_both_roundings() -> None:
    """110/100 with ±5 each is 0 to 21 %."""
    rows = (row("2023-05", 100_000), row("2024-05", 110_000))
    assert told(PercentChange("yoy", "up", Decimal(9)), *rows) == ["2024-05~"]
    assert told(PercentChange("yoy", "either", Decimal(9)), *rows) == ["2024-05~"]


def test_a_printed_change_carries_its_last_decimal() -> None:
    rows = (row("2024-05", 110_000, yoy_pct=20.1),)
    assert told(PercentChange("yoy", "up", Decimal(20)), *rows) == ["2024-05"]
    assert told(PercentChange("yoy", "up", Decimal("20.06")), *rows) == ["2024-05~"]
    assert told(PercentChange("yoy", "up", Decimal("20.1")), *rows) == []


def test_a_change_fires_without_a_level() -> None:
    assert told(PercentChange("yoy", "down", Decimal(5)), row("2024-05", None, yoy_pct=-5.5)) == ["2024-05"]
    assert reasons(above("1"), row("2024-05", None, yoy_pct=-5.5)) == {"2024-05": "no level"}


# What cannot be told does not fire, and says why.


def test_january_and_february_as_one_figure_fire_for_neither() -> None:
    """Together 400 kt: no month is above 100, and March has no month before it."""
    rows = (total("2024-02", 400_000), row("2024-03", 900_000))
    assert told(above("100"), *rows) == ["2024-03"]
    assert told(PercentChange("mom", "up", Decimal(10)), *rows) == []
    assert reasons(PercentChange("mom", "up", Decimal(10)), *rows) == {"2024-03": "mean of two months"}


def test_a_change_in_dispute_fires_where_both_fulfil_the_condition() -> None:
    """Printed +30, computed 150/100 = +50."""
    rows = (row("2023-05", 100_000, 1), row("2024-05", 150_000, 1, yoy_pct=30.0))
    assert told(PercentChange("yoy", "up", Decimal(10)), *rows) == ["2024-05"]
    assert told(PercentChange("yoy", "up", Decimal(40)), *rows) == []
    assert reasons(PercentChange("yoy", "up", Decimal(40)), *rows)["2024-05"] == "disputed"
    assert told(PercentChange("yoy", "up", Decimal(60)), *rows) == []
    assert "2024-05" not in reasons(PercentChange("yoy", "up", Decimal(60)), *rows)
    assert told(PercentChange("yoy", "down", Decimal(10)), *rows) == []


def test_no_change_is_told_across_scopes_or_holes_or_zero() -> None:
    yoy = PercentChange("yoy", "either", Decimal(1))
    apart = (row("2023-05", 100_000, scope="HS 2818"), row("2024-05", 150_000))
    assert (told(yoy, *apart), reasons(yoy, *apart)["2024-05"]) == ([], "scopes differ")
    assert reasons(yoy, row("2024-05", 150_000)) == {"2024-05": "no base"}
    assert reasons(yoy, row("2023-05", 0), row("2024-05", 150_000))["2024-05"] == "no percentage"


def balance(exports: dict[str, float], imports: dict[str, float]) -> list[Row]:
    return [row(at, value, 1_000) for at, value in exports.items()] + [
        row(at, value, 1_000, series=IMPORTS) for at, value in imports.items()
    ]


def test_a_balance_turns_where_the_month_before_was_on_the_other_side() -> None:
    rows = balance(
        {"2024-01": 100_000, "2024-02": 90_000, "2024-03": 80_000, "2024-05": 80_000},
        {"2024-01": 50_000, "2024-02": 90_500, "2024-03": 60_000, "2024-05": 90_000},
    )
    assert told(SignChange("balance", "either"), *rows, series=NET) == ["2024-02~", "2024-03~"]
    assert told(SignChange("balance", "negative"), *rows, series=NET) == ["2024-02~"]
    assert told(SignChange("balance", "positive"), *rows, series=NET) == ["2024-03~"]
    assert reasons(SignChange("balance", "either"), *rows, series=NET) == {
        "2024-01": "no base",
        "2024-05": "no base",
    }


def test_a_balance_of_zero_has_no_side() -> None:
    rows = balance({"2024-01": 100_000, "2024-02": 90_000}, {"2024-01": 50_000, "2024-02": 90_000})
    assert told(SignChange("balance", "either"), *rows, series=NET) == []
    assert reasons(SignChange("balance", "either"), *rows, series=NET)["2024-02"] == "no sign"


def test_a_turn_is_not_told_across_scopes() -> None:
    rows = [
        *balance({"2024-01": 100_000}, {"2024-01": 50_000}),
        row("2024-02", 50_000, scope="HS 2818"),
        row("2024-02", 90_000, series=IMPORTS, scope="HS 2818"),
    ]
    assert told(SignChange("balance", "either"), *rows, series=NET) == []
    assert reasons(SignChange("balance", "either"), *rows, series=NET)["2024-02"] == "scopes differ"


def test_a_record_needs_a_year_without_a_hole_and_beats_what_lies_before_it() -> None:
    year = [row(f"2024-{number:02d}", 100_000 + 20_000 * number) for number in range(1, 13)]
    assert told(NewRecord("highest"), *year) == ["2024-12"]
    assert told(NewRecord("highest"), row("2023-06", 900_000), *year) == []
    assert told(NewRecord("highest"), *year[:5], *year[6:]) == []
    assert told(NewRecord("lowest"), *year) == []


# Revisions: each new printing beyond rounding once.


def revised(*values: float) -> list[Row]:
    """The same month printed again and again, in steps of 1 kt, a day apart."""
    first = date(2024, 6, 1)
    return [
        row("2024-03", value, 1_000, published=first + timedelta(days=day))
        for day, value in enumerate(values)
    ]


def test_each_printing_beyond_rounding_has_its_own_edition() -> None:
    assert told(Revision(), *revised(200_000, 201_000, 205_000, 190_000)) == [
        "2024-03/205000",
        "2024-03/190000",
    ]
    assert told(Revision(), *revised(200_000, 210_000, 200_000, 210_000)) == [
        "2024-03/210000",
        "2024-03/200000",
        "2024-03/210000/2",
    ]


def test_an_older_printing_that_turns_up_late_changes_no_edition() -> None:
    known = revised(200_000, 210_000, 220_000)
    before = told(Revision(), *known)
    late = [row("2024-03", 190_000, 1_000, published=date(2024, 5, 1))]
    assert set(before) <= set(told(Revision(), *late, *known))


def test_a_derived_month_that_is_printed_later_is_not_revised() -> None:
    rows = (total("2024-04", 500_000), total("2024-05", 710_000), row("2024-05", 150_000, 1, status="query"))
    assert told(Revision(), *rows) == []


# A condition is judged by what was on record on a day.

ALONE = [
    (key, number, places[0])
    for key, terms in printed().items()
    if all(kind == "month" for kind, _ in terms)  # no running total: nothing is derived that year
    for (_, number), places in terms.items()
    if len(places) == 1 and cells()[places[0]]["published"] and not key[2]
]


@looped("alone", ALONE)
def test_it_fires_on_the_day_on_which_the_figure_is_out_and_not_before(alone, record: Published) -> None:
    (commodity, flow, partner, measure, scope, year), number, place = alone
    unit = "t" if measure == "quantity" else "US$"
    test = Threshold("at least", Amount(Decimal(cells()[place]["value"]), unit))  # type: ignore[arg-type]
    condition = Condition(Series(commodity, flow, partner, measure), test, scope=scope)
    month, out = Month(int(year), number), date.fromisoformat(cells()[place]["published"])
    assert fires(condition, record.as_of(out), month)
    assert fires(condition, record.as_of(out - timedelta(days=1)), month) is None


def test_the_firing_carries_the_figure_of_the_dataset(dataset: Dataset) -> None:
    """July 2026: 300 kt, of the bulletin."""
    found = fires(Condition(ALUMINA, above("200")), dataset, Month(2026, 7))
    assert found
    assert (found.figure.value, found.figure.status, found.edition) == (300_000, "bulletin", "2026-07")
    assert fires(Condition(ALUMINA, above("300")), dataset, Month(2026, 7)) is None
    assert fires(Condition(ALUMINA, above("1")), dataset, Month(2030, 1)) is None
