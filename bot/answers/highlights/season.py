"""What the season does: Lunar New Year, and months that always rise or always fall."""

from datetime import date

from bot.answers.highlights.course import Changes
from bot.dataset.calendar import Month

# The first day of the Chinese year, Beijing time.
NEW_YEAR = {
    day.year: day
    for day in (
        date(2015, 2, 19), date(2016, 2, 8), date(2017, 1, 28), date(2018, 2, 16), date(2019, 2, 5),
        date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10),
        date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26),
    )
}  # fmt: skip
YEARS_OF_A_HABIT = 3  # so many years have to agree before a month is said to always rise

REACH_PCT = 50.0  # no holiday explains a change beyond that

TwoDays = tuple[date, date]


def new_year_shift(month: Month, pct: float) -> TwoDays | None:
    """Lunar New Year this year and last, where it moved into or out of that month; None if too large."""
    days = _both(month)
    moved = days and days[0].month != days[1].month and month.number in {day.month for day in days}
    return days if moved and abs(pct) <= REACH_PCT else None


def new_year_near(month: Month, pct: float) -> TwoDays | None:
    """Lunar New Year this year and last, where this year's fell in that month or the one before, likewise."""
    days = _both(month)
    near = days and month.number - days[0].month in (0, 1)
    return days if near and abs(pct) <= REACH_PCT else None


def _both(month: Month) -> TwoDays | None:
    this, last = NEW_YEAR.get(month.year), NEW_YEAR.get(month.year - 1)
    return (this, last) if this and last else None


def habit(moves: Changes, month: Month) -> tuple[float, ...]:
    """What the same month did in earlier years, the last first: where all went one way, three at least."""
    years = [month.plus(-12 * back) for back in range(1, 20) if month.plus(-12 * back) in moves.pct]
    signs = {moves.certain.get(year, 0.0) > 0 for year in years}
    certain = all(year in moves.certain for year in years)
    steady = len(years) >= YEARS_OF_A_HABIT and certain and len(signs) == 1
    return tuple(moves.pct[year] for year in years) if steady else ()
