"""Highlights, each recomputed from the record by a few independent lines."""

import pytest

from bot.answers.answer import Highlight
from bot.answers.highlights import MOST, MOST_A_SERIES, highlights
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.standing import guarded_range

ALUMINA = Series("alumina", "import")
EDITIONS = [Month(2024, 1).plus(step) for step in range(31)]


def month(dataset: Dataset, series: Series, when: Month, scope: str) -> Figure | None:
    return dataset.figure(series, Period.month(when), scope)


@pytest.fixture(scope="module")
def told(dataset: Dataset) -> list[Highlight]:
    return [item for edition in EDITIONS for item in highlights(dataset, edition)]


def test_every_complete_month_has_three_to_five_and_no_series_fills_the_post(dataset: Dataset) -> None:
    for edition in EDITIONS:
        if dataset.missing_for_post(edition):
            continue
        chosen = highlights(dataset, edition)
        series = [item.figure.series for item in chosen]
        assert 3 <= len(chosen) <= MOST, edition
        assert max(map(series.count, series)) <= MOST_A_SERIES


def test_no_highlight_rests_on_a_disputed_change(told: list[Highlight]) -> None:
    yoy = [item for item in told if item.rule in ("largest_rise", "largest_fall", "turn")]
    assert yoy
    assert not [item for item in yoy if item.figure.growth.disputed]


def test_the_sign_of_every_change_told_is_beyond_rounding(told: list[Highlight]) -> None:
    for item in told:
        if item.rule == "month_move" and item.figure.move:
            low, high = item.figure.move.range
            assert low > 0 or high < 0
        if item.rule in ("largest_rise", "largest_fall") and item.figure.growth.origin == "computed":
            low, high = item.figure.growth.range or (0.0, 0.0)
            assert low > 0 or high < 0


def test_rises_rise_and_falls_fall(told: list[Highlight]) -> None:
    for item in told:
        if item.rule == "largest_rise":
            assert (item.figure.growth.pct or 0) > 0
        if item.rule == "largest_fall":
            assert (item.figure.growth.pct or 0) < 0


def test_a_record_holds_over_every_month_of_its_unbroken_run(dataset: Dataset, told: list[Highlight]) -> None:
    records = [
        item
        for item in told
        if item.rule in ("highest_since", "lowest_since") and item.figure.series.measure == "quantity"
    ]
    assert records
    for item in records:
        figure, start = item.figure, item.since or item.run_start
        assert start is not None
        first = 1 if item.since else 0
        for step in range(first, start.until(figure.end)):
            other = month(dataset, figure.series, start.plus(step), figure.scope)
            assert other is not None, "the run has a hole"
            mine, theirs = guarded_range(figure), guarded_range(other)
            assert theirs[1] < mine[0] if item.rule == "highest_since" else theirs[0] > mine[1]


def test_no_record_is_claimed_across_the_holes_of_2023_in_unwrought_exports(told: list[Highlight]) -> None:
    for item in told:
        if item.figure.series == Series("unwrought_aluminium", "export") and item.run_start:
            assert item.run_start >= Month(2024, 1)


def test_a_turn_has_two_changes_of_opposite_sign(told: list[Highlight]) -> None:
    turns = [item for item in told if item.rule == "turn"]
    assert turns
    for item in turns:
        assert item.before is not None
        assert (item.figure.growth.pct or 0) * (item.before.growth.pct or 0) < 0
        assert item.before.period == item.figure.period.plus(-1)


def test_july_2026_tells_of_alumina_imports_and_the_turn_of_bauxite(dataset: Dataset) -> None:
    # alumina imports 366,577.68 t against 125,828.37 t a year before: +191.3 %
    # bauxite imports printed -4.6 % after a printed +12.6 % in June
    chosen = highlights(dataset, Month(2026, 7))
    rise = next(
        item for item in chosen if item.figure.period.kind == "month" and item.figure.series == ALUMINA
    )
    assert (rise.rule, round(rise.figure.growth.pct or 0, 1)) == ("largest_rise", 191.3)
    turn = next(item for item in chosen if item.rule == "turn")
    assert (turn.figure.growth.pct, turn.before and turn.before.growth.pct) == (-4.6, 12.6)


@pytest.mark.parametrize(
    ("edition", "series"),
    [
        # each had a higher month on record before a hole: 668,940 t in November 2024; 351,300 t in January
        # 2024
        # (HS 28182000); 460,072 t in October 2018
        (Month(2026, 5), Series("unwrought_aluminium", "export")),
        (Month(2026, 4), Series("unwrought_aluminium", "export")),
        (Month(2026, 1), Series("alumina", "import")),
        (Month(2025, 3), Series("alumina", "export")),
    ],
)
def test_no_record_is_claimed_where_the_record_holds_a_higher_month(
    dataset: Dataset, edition: Month, series: Series
) -> None:
    claimed = [item for item in highlights(dataset, edition) if item.figure.series == series]
    assert not [item for item in claimed if item.rule == "highest_since" and item.since is None]
