"""Highlights, each recomputed from the record by a few independent lines."""

from datetime import date

import pytest

from bot.answers.answer import Highlight
from bot.answers.highlights import MOST, MOST_A_SERIES, every_highlight, strongest
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Figure, Series
from bot.dataset.standing import guarded_range
from tests.dataset.rows import row, small_dataset
from tests.looped import looped

ALUMINA = Series("alumina", "import")
EDITIONS = [Month(2024, 1).plus(step) for step in range(31)]


def month(dataset: Dataset, series: Series, when: Month, scope: str) -> Figure | None:
    return dataset.figure(series, Period.month(when), scope)


def highlights(dataset: Dataset, edition: Month) -> tuple[Highlight, ...]:
    return strongest(every_highlight(dataset, edition))


@pytest.fixture(scope="module")
def told(dataset: Dataset) -> list[Highlight]:
    return [item for edition in EDITIONS for item in highlights(dataset, edition)]


def test_every_complete_month_has_three_to_five_and_no_series_fills_the_post(dataset: Dataset) -> None:
    for edition in EDITIONS:
        if dataset.missing_for_post(edition):
            continue
        chosen = highlights(dataset, edition)
        series = [item.figure.series for item in chosen]
        at_least = 2 if edition.number == 1 else 3  # no post is of January alone
        assert at_least <= len(chosen) <= MOST, edition
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


# What an analyst would have led with, by hand from figures.csv: edition, rule, series, since (or where the
# run begins), count.
PICKED = [
    # 711,000 t; the highest before: 676,605 t in May 2022; the months unbroken to it begin in January 2024
    ("2026-06", "highest_since", "unwrought_aluminium", "export", "2024-01", 0),
    # printed -1.7 %; the last fall: March 2024, -1.43 %
    ("2025-12", "turn", "bauxite", "import", "2024-03", 20),
    # exports less imports: 175,730 - 189,345 t; exports had been larger in each month from January 2025 on
    ("2025-10", "net_turn", "alumina", "net", "2025-01", 9),
    ("2026-05", "net_twelve_months", "alumina", "net", "2025-01", 0),
    ("2020-07", "net_turn", "unwrought_aluminium", "net", "2020-03", 4),
    # January-April 1,391 kt against 1,198 kt in 2025
    ("2026-04", "passed_last_year", "alumina", "import", "", 0),
    ("2025-10", "streak", "bauxite", "import", "2024-03", 19),
    # 13.77 Mt after 15.88; in October of 2021 to 2024 it had risen each time
    ("2025-10", "against_season", "bauxite", "import", "", 4),
    ("2026-01", "month_move", "bauxite", "import", "", 0),
    ("2026-06", "year_to_date_highest", "bauxite", "import", "2020-06", 7),
    ("2026-01", "nth_highest", "bauxite", "import", "2025-07", 3),
    ("2026-04", "largest_rise", "alumina", "import", "", 0),
]  # fmt: skip


@looped(("edition", "rule", "commodity", "flow", "since", "count"), PICKED)
def test_what_an_analyst_would_have_led_with_is_told(
    dataset: Dataset, edition: str, rule: str, commodity: str, flow: str, since: str, count: int
) -> None:
    found = [
        (str(item.since or item.run_start or ""), item.count)
        for item in every_highlight(dataset, Month.from_text(edition))
        if (item.rule, item.figure.series.commodity, item.figure.series.flow) == (rule, commodity, flow)
    ]
    assert (since, count) in found


# The first line of the post: what has to be in it.
LEADS = [
    ("2026-06", "highest_since", Series("unwrought_aluminium", "export")),
    ("2026-05", "highest_since", Series("bauxite", "import")),
    # printed -14.8 % in November and +7.7 % in December
    ("2025-12", "turn", Series("unwrought_aluminium", "export")),
    ("2025-10", "largest_rise", Series("alumina", "import")),
    # alumina imports rose more, from a month of which the UN estimated a part
    ("2024-03", "largest_rise", Series("unwrought_aluminium", "import")),
    ("2020-07", "net_turn", Series("unwrought_aluminium", "net")),
]


@looped(("edition", "rule", "series"), LEADS)
def test_a_post_leads_with(dataset: Dataset, edition: str, rule: str, series: Series) -> None:
    first = highlights(dataset, Month.from_text(edition))[0]
    assert (first.rule, first.figure.series) == (rule, series)


def test_a_post_does_not_say_the_same_of_a_series_twice(dataset: Dataset) -> None:
    for edition in EDITIONS:
        chosen = highlights(dataset, edition)
        said = [(item.figure.series, item.figure.period, item.rule) for item in chosen]
        changes = [
            series for series, _, rule in said if rule in ("largest_rise", "largest_fall", "turn", "streak")
        ]
        assert len(set(changes)) == len(changes), edition
        assert sum(item.rule == "event" for item in chosen) <= 1
        trades = [(item.figure.series.commodity, item.figure.series.flow) for item in chosen]
        assert max(map(trades.count, trades)) <= MOST_A_SERIES


def test_a_figure_leads_and_an_event_follows(dataset: Dataset) -> None:
    """In August 2025 the event of the 4th weighs most; bauxite imports rose for the 17th month in a row."""
    for edition in EDITIONS:
        rules = [item.rule for item in every_highlight(dataset, edition)]
        assert not rules or rules[0] != "event" or set(rules) == {"event"}, edition
    first, second, *_ = highlights(dataset, Month(2025, 8))
    assert (first.rule, first.count, second.rule) == ("streak", 17, "event")


def rests_on_estimate(item: Highlight) -> bool:
    return any(row.status == "estimated" for each in item.evidence for row in each.rows)


def test_all_of_a_month_begins_as_its_post_does(dataset: Dataset) -> None:
    for edition in EDITIONS:
        ranked = every_highlight(dataset, edition)
        firm = [item for item in ranked if item.rule != "event" and not rests_on_estimate(item)]
        assert firm == sorted(firm, key=lambda item: -item.surprise)
        assert ranked[:1] == tuple(firm[:1]) or not firm
        assert highlights(dataset, edition)[:1] == ranked[:1]


def test_every_highlight_names_its_figures_and_sources(told: list[Highlight]) -> None:
    for item in told:
        assert item.evidence[0] == item.figure
        assert item.sources, item
        assert len(set(item.evidence)) == len(item.evidence), item.rule


def test_a_streak_and_a_record_rest_on_every_month_of_theirs(dataset: Dataset) -> None:
    for edition in EDITIONS:
        for item in every_highlight(dataset, edition):
            if item.rule == "streak":
                assert len(item.evidence) == item.count + bool(item.since)
            if item.rule in ("highest_since", "nth_lowest") and item.run_start:
                assert len(item.evidence) == item.run_start.until(edition) + 1


def test_february_tells_of_the_first_two_months_together(dataset: Dataset) -> None:
    # unwrought exports of January and February 2025 are on record as one figure only: 859 kt
    figures = [item.figure for item in every_highlight(dataset, Month(2026, 2)) if item.rule == "revised"]
    assert [(figure.period, figure.value) for figure in figures] == [(Period.ytd(Month(2025, 2)), 861_000)]


def test_what_was_worked_out_of_one_day_is_not_told_on_another(record: Record, dataset: Dataset) -> None:
    june = Month(2026, 6)
    assert every_highlight(dataset, june)
    assert not every_highlight(record.as_of(date(2026, 7, 1)), june)


def test_an_event_of_a_day_to_come_is_not_told(dataset: Dataset) -> None:
    war = Month(2026, 3)
    assert [item.event for item in every_highlight(dataset, war) if item.event]
    assert not [item.event for item in every_highlight(dataset.on(date(2026, 3, 2)), war) if item.event]


@looped(
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


@looped(("earlier", "told"), [(80_000, []), (90_000, [2])])
def test_no_place_is_told_where_rounding_may_leave_two_months_alike(earlier: float, told: list[int]) -> None:
    # printed to 10 kt: 70 kt is at most 75 kt, 80 kt at least 75 kt and 90 kt at least 85 kt
    months = [Month(2022, 1).plus(step) for step in range(26)]
    levels = dict.fromkeys(months, 50_000) | {months[-2]: earlier, months[-1]: 70_000}
    dataset = small_dataset([row(str(each), value) for each, value in levels.items()])
    found = every_highlight(dataset, months[-1])
    assert [item.count for item in found if item.rule == "nth_highest"] == told
