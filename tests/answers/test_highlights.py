"""Highlights and what the season does to them, recomputed by a few independent lines."""

from datetime import date, datetime, timedelta
from math import radians, sin

from bot.answers.highlights.choice import every_highlight
from bot.answers.highlights.course import Changes
from bot.answers.highlights.rules import NEW_YEAR, habit, new_year_near, new_year_shift
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


J2000 = datetime(2000, 1, 1, 12)
BEIJING = timedelta(hours=8)


def new_moon(number):
    """The n-th new moon after January 2000, UTC; Meeus, Astronomical Algorithms, chapter 49, main terms."""
    century = number / 1236.85
    days = 2451550.09766 + 29.530588861 * number + 0.00015437 * century**2 - 2451545
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number)
    height = radians(160.7108 + 390.67050284 * number)
    days += -0.40720 * sin(moon) + 0.17241 * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * height)
    days += 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun) + 0.00208 * sin(2 * sun)
    return J2000 + timedelta(days=days)


def longitude_of_sun(when):
    """Degrees along the ecliptic, to about 0.01; Meeus, chapter 25."""
    days = (when - J2000) / timedelta(days=1)
    anomaly = radians(357.52911 + 0.98560028 * days)
    return (280.46646 + 0.98564736 * days + 1.9146 * sin(anomaly) + 0.02 * sin(2 * anomaly) - 0.0057) % 360


@looped("year", range(2015, 2029))
def test_new_year_is_the_new_moon_of_the_month_that_holds_rain_water(year):
    """The first month is the one in which the sun reaches 330 degrees, by the calendar days of Beijing."""
    winter = [datetime(year, 2, 10) + timedelta(hours=hour) for hour in range(20 * 24)]
    rain_water = next(when for when in winter if 330 <= longitude_of_sun(when) < 340)
    moons = [new_moon(round((year - 2000) * 12.3685) + step) for step in range(-2, 5)]
    days = [(moon + BEIJING).date() for moon in moons]
    assert NEW_YEAR[year] == max(day for day in days if day <= (rain_water + BEIJING).date())


def test_new_year_bears_on_a_month_that_it_moved_into_or_out_of():
    # 29 January 2025, 17 February 2026: both months of 2026 are measured against another season
    both = (date(2026, 2, 17), date(2025, 1, 29))
    assert new_year_shift(Month(2026, 1), 19.3) == new_year_shift(Month(2026, 2), -17.1) == both
    assert new_year_shift(Month(2026, 3), 19.3) is None
    # 1 February 2022, 12 February 2021: nothing moved
    assert new_year_shift(Month(2022, 2), 19.3) is None
    assert new_year_shift(Month(2026, 1), 625.5) is None  # no holiday does that
    assert new_year_near(Month(2026, 3), 28.2) == both
    assert new_year_near(Month(2026, 1), 28.2) is None
    assert new_year_shift(Month(2031, 1), 5.0) is None  # beyond the table nothing is said


def moves(**by_year):
    pct = {Month(int(year[1:]), 3): change for year, change in by_year.items()}
    return Changes(pct, pct)


def test_a_month_has_a_habit_where_three_earlier_years_surely_went_one_way():
    assert habit(moves(y2022=8.0, y2023=20.0, y2024=12.0, y2025=9.0), Month(2025, 3)) == (12.0, 20.0, 8.0)
    assert habit(moves(y2023=20.0, y2024=12.0, y2025=9.0), Month(2025, 3)) == ()
    assert habit(moves(y2022=8.0, y2023=-20.0, y2024=12.0, y2025=9.0), Month(2025, 3)) == ()
    told = moves(y2022=8.0, y2023=0.2, y2024=12.0)
    certain = {month: pct for month, pct in told.pct.items() if month.year != 2023}
    assert habit(Changes(told.pct, certain), Month(2025, 3)) == ()
