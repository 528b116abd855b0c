"""Highlights and what the season does to them, recomputed by a few independent lines."""

from datetime import date
from itertools import product

from bot.answers.highlights.choice import every_highlight, new_year_shift
from bot.answers.monthly import MOST, monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.releases import awaited
from tests.answers.asking import series_of
from tests.tables import looped, tables

EDITIONS = [Month(2024, 1).plus(step) for step in range(31)]


def test_a_post_never_says_the_same_twice(dataset):
    for edition in EDITIONS:
        told = monthly_summary(dataset, edition).highlights
        whole = all(edition in dataset.months(series) for series in awaited())
        least = 0 if not whole else 2 if edition.number == 1 else 3
        assert least <= len(told) <= MOST, edition
        about = [(item.figure.series, item.figure.period) for item in told]
        assert len(set(about)) == len(about), edition


@looped(("edition", "rule", "series"), tables("answers/asked.yaml")["leads"])
def test_a_month_begins_with(dataset, edition, rule, series):
    first = every_highlight(dataset, Month.from_text(edition))[0]
    assert (first.rule, first.figure.series) == (rule, series_of(series))


def test_a_month_begins_with_what_is_firm(dataset):
    for edition in (Month(2023, 1).plus(step) for step in range(43)):
        ranked = every_highlight(dataset, edition)
        behind = {item: {row.status for each in item.evidence for row in each.rows} for item in ranked}
        firm = [item for item in ranked if "estimated" not in behind[item]]
        assert firm == sorted(firm, key=lambda item: -item.surprise)
        assert ranked[:1] == tuple(firm[:1]) or not firm


def test_every_highlight_rests_on_its_figures_and_every_month_of_its_run(dataset):
    for item in (item for edition in EDITIONS for item in every_highlight(dataset, edition)):
        assert all(figure.rows for figure in item.evidence), item
        assert len(set(item.evidence)) == len(item.evidence), item.rule
        if item.rule == "turn":
            assert len(item.evidence) == item.count + 1 + bool(item.since)
        if item.rule in ("highest_since", "lowest_since") and item.run_start:
            assert len(item.evidence) == item.run_start.until(item.figure.end) + 1


def test_what_was_worked_out_of_one_day_is_not_told_on_another(record, dataset):
    june = Month(2026, 6)
    assert every_highlight(dataset, june)
    assert not every_highlight(record.as_of(date(2026, 7, 1)), june)


def edges(figure):
    """The ends of its rounding, 1 % further where it is derived."""
    spare = (figure.value or 0) / 100 if figure.derived else 0.0
    return figure.range[0] - spare, figure.range[1] + spare


def test_a_turn_of_a_share_holds_wherever_in_their_ranges_the_figures_lie(dataset):
    told = [item for step in range(104) for item in every_highlight(dataset, Month(2018, 1).plus(step))]
    turns = [item for item in told if item.rule == "share_turn" and item.figure.series.measure == "quantity"]
    assert turns
    for part, whole, part_then, whole_then in (
        levels for item in turns for levels in product(*map(edges, item.evidence))
    ):
        now, then = part / whole, part_then / whole_then
        assert abs(now - then) >= 0.1 - 1e-9 or min(now, then) < 0.5 < max(now, then)


def test_new_year_bears_on_a_month_that_it_moved_into_or_out_of():
    # 29 January 2025, 17 February 2026: both months of 2026 are measured against another season
    both = (date(2026, 2, 17), date(2025, 1, 29))
    assert new_year_shift(Month(2026, 1), 19.3) == new_year_shift(Month(2026, 2), -17.1) == both
    assert new_year_shift(Month(2026, 3), 19.3) is None
    # 1 February 2022, 12 February 2021: nothing moved
    assert new_year_shift(Month(2022, 2), 19.3) is None
    assert new_year_shift(Month(2026, 1), 625.5) is None  # no holiday does that
    assert new_year_shift(Month(2031, 1), 5.0) is None  # beyond the table nothing is said
