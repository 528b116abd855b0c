"""Where a condition could be read in two ways: rounding, holes, two months as one, disputes, scopes, days."""

from collections.abc import Mapping, Sequence
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


def yoy(pct: float | str, way: str = "up") -> PercentChange:
    return PercentChange("yoy", way, Decimal(pct))  # type: ignore[arg-type]


UP_MOM, TURN = PercentChange("mom", "up", Decimal(10)), SignChange("balance", "either")
TOTALS = (total("2024-04", 500_000), total("2024-05", 710_000))
TENTH = (row("2023-05", 100_000, 1), row("2024-05", 110_000, 1))
ROUGH = (row("2023-05", 100_000), row("2024-05", 110_000))
PRINTED = (row("2024-05", 110_000, yoy_pct=20.1),)
ALONE_PCT = (row("2024-05", None, yoy_pct=-5.5),)
DISPUTED = (row("2023-05", 100_000, 1), row("2024-05", 150_000, 1, yoy_pct=30.0))  # computed +50
BOTH_MONTHS = (total("2024-02", 400_000), row("2024-03", 900_000))
YEAR = [row(f"2024-{number:02d}", 100_000 + 20_000 * number) for number in range(1, 13)]

# The printed value decides, and what could undo it is said; what cannot be told does not fire.
FIRES: dict[str, list[tuple[Test, Sequence[Row], list[str]]]] = {
    "210 kt ±15 may be 195 and is above 200 all the same; 200 kt ±5 may be 205 and is not": [
        (above("200"), [row("2024-03", 210_000, 30_000)], ["2024-03~"]),
        (above("200"), [row("2024-03", 200_000)], []),
        (above("200", "at least"), [row("2024-03", 200_000)], ["2024-03~"]),
        (above("200"), [row("2024-03", 205_000)], ["2024-03~"]),  # its range begins at 200, not above
        (above("200"), [row("2024-03", 210_000)], ["2024-03"]),
    ],
    "May is 710 less 500: 210, and with the rounding of both 200 to 220": [
        (above("205"), TOTALS, ["2024-05~"]),
        (above("199"), TOTALS, ["2024-05"]),
    ],
    "printed as nothing it is below its half-step, and may be at it": [
        (above("5", "below"), [row("2022-01", 0)], ["2022-01~"]),
        (above("6", "below"), [row("2022-01", 0)], ["2022-01"]),
    ],
    "110 on 100 is 10 % and no dust of binary fractions more": [
        (yoy(10), TENTH, []),
        (yoy("9.9"), TENTH, ["2024-05"]),
        (yoy(10, "down"), [row("2023-05", 110_000, 1), row("2024-05", 99_000, 1)], []),
    ],
    "a computed change carries both roundings: 110/100 with ±5 each is 0 to 21 %": [
        (yoy(9), ROUGH, ["2024-05~"]),
        (yoy(9, "either"), ROUGH, ["2024-05~"]),
    ],
    "a printed change carries its last decimal": [
        (yoy(20), PRINTED, ["2024-05"]),
        (yoy("20.06"), PRINTED, ["2024-05~"]),
        (yoy("20.1"), PRINTED, []),
    ],
    "a change fires without a level": [(yoy(5, "down"), ALONE_PCT, ["2024-05"])],
    "January and February as one figure, 400 kt, fire for neither; March has no month before it": [
        (above("100"), BOTH_MONTHS, ["2024-03"]),
        (UP_MOM, BOTH_MONTHS, []),
    ],
    "a change in dispute fires where both fulfil the condition": [
        (yoy(10), DISPUTED, ["2024-05"]),
        (yoy(40), DISPUTED, []),
        (yoy(60), DISPUTED, []),
        (yoy(10, "down"), DISPUTED, []),
    ],
    "a record needs a year without a hole, and beats what lies before it": [
        (NewRecord("highest"), YEAR, ["2024-12"]),
        (NewRecord("highest"), [row("2023-06", 900_000), *YEAR], []),
        (NewRecord("highest"), [*YEAR[:5], *YEAR[6:]], []),
        (NewRecord("lowest"), YEAR, []),
    ],
}


@looped("rule", list(FIRES))
def test_it_fires(rule: str) -> None:
    for test, rows, editions in FIRES[rule]:
        assert told(test, *rows) == editions, test


def balance(exports: dict[str, float], imports: dict[str, float]) -> list[Row]:
    return [row(at, value, 1_000) for at, value in exports.items()] + [
        row(at, value, 1_000, series=IMPORTS) for at, value in imports.items()
    ]


APART = (row("2023-05", 100_000, scope="HS 2818"), row("2024-05", 150_000))
TURNED = balance(
    {"2024-01": 100_000, "2024-02": 90_000, "2024-03": 80_000, "2024-05": 80_000},
    {"2024-01": 50_000, "2024-02": 90_500, "2024-03": 60_000, "2024-05": 90_000},
)
ZERO = balance({"2024-01": 100_000, "2024-02": 90_000}, {"2024-01": 50_000, "2024-02": 90_000})
ELSEWHERE = [
    *balance({"2024-01": 100_000}, {"2024-01": 50_000}),
    row("2024-02", 50_000, scope="HS 2818"),
    row("2024-02", 90_000, series=IMPORTS, scope="HS 2818"),
]
MISSED: list[tuple[Test, Sequence[Row], str, str]] = [
    (above("1"), ALONE_PCT, "2024-05", "no level"),
    (UP_MOM, BOTH_MONTHS, "2024-03", "mean of two months"),
    (yoy(40), DISPUTED, "2024-05", "disputed"),
    (yoy(1, "either"), APART, "2024-05", "scopes differ"),
    (yoy(1, "either"), [row("2024-05", 150_000)], "2024-05", "no base"),
    (yoy(1, "either"), [row("2023-05", 0), row("2024-05", 150_000)], "2024-05", "no percentage"),
    (TURN, TURNED, "2024-01", "no base"),
    (TURN, TURNED, "2024-05", "no base"),
    (TURN, ZERO, "2024-02", "no sign"),
    (TURN, ELSEWHERE, "2024-02", "scopes differ"),
]


@looped(("test", "rows", "month", "why"), MISSED)
def test_of_what_cannot_be_told_it_says_why(test: Test, rows: Sequence[Row], month: str, why: str) -> None:
    series = NET if isinstance(test, SignChange) else ALUMINA
    assert reasons(test, *rows, series=series)[month] == why
    assert month not in str(told(test, *rows, series=series))


def test_where_printed_and_computed_both_fall_short_it_can_be_told() -> None:
    assert "2024-05" not in reasons(yoy(60), *DISPUTED)


@looped(
    ("to", "turns"),
    [("either", ["2024-02~", "2024-03~"]), ("negative", ["2024-02~"]), ("positive", ["2024-03~"])],
)
def test_a_balance_turns_where_the_month_before_was_on_the_other_side(to: str, turns: list[str]) -> None:
    assert told(SignChange("balance", to), *TURNED, series=NET) == turns  # type: ignore[arg-type]


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
