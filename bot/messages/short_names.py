"""Periods and series in short: for the header of a table, a label of a button, a clause."""

from bot.dataset.calendar import Month, Period
from bot.dataset.commodities import Commodity
from bot.messages.names import short, short_name
from bot.questions.named import month_name, named, period_name
from bot.words import language, say

LETTERS = 3  # of a month's name


def month_short(number: int) -> str:
    """Mar; 3月."""
    name = month_name(number)
    return name if language() == "zh" else name[:LETTERS]


def short_month(month: Month) -> str:
    """Mar 2024; 2024年3月."""
    if language() == "zh":
        return named(month)
    return say("short_names.month", month=month_short(month.number), year=month.year)


def short_period(period: Period) -> str:
    """Mar 2024, Jan–Mar 2024, Q2 2024, 2024, 2023–2025."""
    if period.length == 1:
        return short_month(period.end)
    if period.kind not in ("ytd", "range"):
        return period_name(period)
    start, end = period.start, period.end
    if start.year == end.year:
        if (start.number, end.number) == (1, 12):
            return period_name(Period.whole_year(end.year))
        return say(
            "short_names.months", first=month_short(start.number), last=month_short(end.number), year=end.year
        )
    if (start.number, end.number) == (1, 12):
        return say("short_names.years", first=start.year, last=end.year)
    return say("short_names.span", first=short_month(start), last=short_month(end))


def span_name(period: Period) -> str:
    """March 2024, January–March 2024, Q2 2024, 2024; longer stretches in short."""
    if period.kind == "ytd" and period.length > 1:
        return say("short_names.ytd", period=to_date(period.end), year=period.end.year)
    return short_period(period) if period.kind == "range" and period.length > 1 else period_name(period)


def to_date(end: Month) -> str:
    """January–March, without its year."""
    return say("short_names.to_date", month=month_name(end.number))


def to_date_short(end: Month) -> str:
    """Jan–Mar; 1–3月."""
    return say(
        "short_names.to_date_short",
        first="1" if language() == "zh" else month_short(1),
        last=month_short(end.number),
    )


def commodity_name(commodity: Commodity) -> str:
    """Alumina, without what stands in brackets."""
    return short(short_name(commodity))
