"""Lunar New Year against the sky, and what the season does to a change."""

from datetime import date, datetime, timedelta
from math import radians, sin

from bot.answers.highlights.course import Changes
from bot.answers.highlights.rules import NEW_YEAR, habit, new_year_near, new_year_shift
from bot.dataset.calendar import Month
from tests.looped import looped

J2000 = datetime(2000, 1, 1, 12)
BEIJING = timedelta(hours=8)


def new_moon(number: int) -> datetime:
    """The n-th new moon after January 2000, UTC; Meeus, Astronomical Algorithms, chapter 49, main terms."""
    century = number / 1236.85
    days = 2451550.09766 + 29.530588861 * number + 0.00015437 * century**2 - 2451545
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number)
    height = radians(160.7108 + 390.67050284 * number)
    days += -0.40720 * sin(moon) + 0.17241 * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * height)
    days += 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun) + 0.00208 * sin(2 * sun)
    return J2000 + timedelta(days=days)


def longitude_of_sun(when: datetime) -> float:
    """Degrees along the ecliptic, to about 0.01; Meeus, chapter 25."""
    days = (when - J2000) / timedelta(days=1)
    anomaly = radians(357.52911 + 0.98560028 * days)
    return (280.46646 + 0.98564736 * days + 1.9146 * sin(anomaly) + 0.02 * sin(2 * anomaly) - 0.0057) % 360


@looped("year", range(2015, 2029))
def test_new_year_is_the_new_moon_of_the_month_that_holds_rain_water(year: int) -> None:
    """The first month is the one in which the sun reaches 330 degrees, by the calendar days of Beijing."""
    winter = [datetime(year, 2, 10) + timedelta(hours=hour) for hour in range(20 * 24)]
    rain_water = next(when for when in winter if 330 <= longitude_of_sun(when) < 340)
    moons = [new_moon(round((year - 2000) * 12.3685) + step) for step in range(-2, 5)]
    days = [(moon + BEIJING).date() for moon in moons]
    assert NEW_YEAR[year] == max(day for day in days if day <= (rain_water + BEIJING).date())


def test_new_year_bears_on_a_month_that_it_moved_into_or_out_of() -> None:
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


def moves(**by_year: float) -> Changes:
    pct = {Month(int(year[1:]), 3): change for year, change in by_year.items()}
    return Changes(pct, pct)


def test_a_month_has_a_habit_where_three_earlier_years_surely_went_one_way() -> None:
    assert habit(moves(y2022=8.0, y2023=20.0, y2024=12.0, y2025=9.0), Month(2025, 3)) == (12.0, 20.0, 8.0)
    assert habit(moves(y2023=20.0, y2024=12.0, y2025=9.0), Month(2025, 3)) == ()
    assert habit(moves(y2022=8.0, y2023=-20.0, y2024=12.0, y2025=9.0), Month(2025, 3)) == ()
    told = moves(y2022=8.0, y2023=0.2, y2024=12.0)
    certain = {month: pct for month, pct in told.pct.items() if month.year != 2023}
    assert habit(Changes(told.pct, certain), Month(2025, 3)) == ()
