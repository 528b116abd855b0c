"""Months, periods, days and countries as the language that is spoken names them; lists of names."""

from collections.abc import Sequence
from datetime import date

from bot.dataset.calendar import Month, Period
from bot.questions.lexicon import PARTNER_WORDS
from bot.words import say


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
        case "month":
            return named(end)
        case "ytd" if end.number == 1:
            return named(end)
        case "ytd":
            return say("named.ytd", month=month_name(end.number), year=end.year)
        case "quarter":
            return say(f"named.quarter_{end.number // 3}", year=end.year)
        case "half":
            return say(f"named.half_{end.number // 6}", year=end.year)
        case "year":
            return say("named.year", year=end.year)
        case _:
            return say("named.range", first=named(period.start), last=named(end))


def day_name(day: date) -> str:
    """30 April 2026."""
    return say("named.day", day=day.day, month=month_name(day.month), year=day.year)


def day_in_year(day: date) -> str:
    """30 April, where the year is told beside it."""
    return say("named.day_in_year", day=day.day, month=month_name(day.month))


def country(partner: str) -> str:
    """A partner's name; as the figures have it where the language has none of its own."""
    return say(f"named.country_{partner.lower()}") if partner in PARTNER_WORDS else partner


def listed(names: Sequence[str]) -> str:
    """The names with "and" between them."""
    *before, last = names
    return say("named.and", first=say("named.next").join(before), last=last) if before else last
