"""Months, periods and days as the language that is spoken names them."""

from datetime import date

from bot.dataset.calendar import Month, Period
from bot.words import TELLERS, say


def named(month: Month) -> str:
    """March 2024."""
    return say("named.month", month=month_name(month.number), year=month.year)


def month_name(number: int) -> str:
    """March."""
    return say(f"named.month_{number}")


def period_name(period: Period) -> str:
    """March 2024, January-March 2024, Q2 2024, H1 2024, 2024, January 2023 to June 2024."""
    end = period.end
    match period.kind:
        case "month" | "ytd" if period.length == 1:
            return named(end)
        case "ytd":
            return say("named.ytd", month=month_name(end.number), year=end.year)
        case "quarter":
            return say(f"named.quarter_{end.number // 3}", year=end.year)
        case "half":
            return say(f"named.half_{end.number // 6}", year=end.year)
        case "year":
            return say("named.year", year=end.year)
    start = period.start
    if start.year != end.year:
        return say("named.range", first=named(start), last=named(end))
    first, last = month_name(start.number), month_name(end.number)  # in Chinese the year is said once
    return say("named.range_of_year", first=first, last=last, year=end.year)


def day_name(day: date) -> str:
    """30 April 2026."""
    return say("named.day", day=day.day, month=month_name(day.month), year=day.year)


TELLERS |= {Month: named, date: day_name}
