"""Months and periods in short: for a header, a label, a clause; and lists of months."""

from collections.abc import Sequence

from bot.dataset.calendar import Month, Period
from bot.questions.named import month_name, named, period_name
from bot.words import language, say
from bot.words.joints import enumeration

LETTERS = 3  # of a month's name


def month_short(number: int) -> str:
    """Mar; 3月."""
    return month_name(number) if language() == "zh" else month_name(number)[:LETTERS]


def short_month(month: Month) -> str:
    """Mar 2024; 2024年3月."""
    if language() == "zh":
        return named(month)
    return say("short_names.month", month=month_short(month.number), year=month.year)


def month_beside(month: Month, year: int | None) -> str:
    """July, of a year that is told beside it; of another one July 2026."""
    return month_name(month.number) if month.year == year else named(month)


def short_period(period: Period) -> str:
    """Mar 2024, Jan–Mar 2024, Q2 2024, 2024, 2023–2025."""
    if period.length == 1:
        return short_month(period.end)
    if period.kind not in ("ytd", "range"):
        return period_name(period)
    start, end = period.start, period.end
    if (start.number, end.number) == (1, 12):
        if start.year == end.year:
            return period_name(Period.whole_year(end.year))
        return say("short_names.years", first=start.year, last=end.year)
    if start.year == end.year:
        first, last = month_short(start.number), month_short(end.number)
        return say("short_names.months", first=first, last=last, year=end.year)
    return say("short_names.span", first=short_month(start), last=short_month(end))


def span_name(period: Period) -> str:
    """March 2024, January–March 2024, Q2 2024, 2024; longer stretches in short."""
    if period.kind == "ytd" and period.length > 1:
        return say("short_names.ytd", period=to_date(period.end), year=period.end.year)
    return short_period(period) if period.kind == "range" and period.length > 1 else period_name(period)


def to_date(end: Month) -> str:
    """January–March, without its year."""
    return say("short_names.to_date", month=month_name(end.number))


def month_list(months: Sequence[Month]) -> str:
    """January and February 2025, August to December 2026; Chinese says a year once for all that follow."""
    told, year = list[str](), None
    for run in month_runs(months):
        apart = language() == "zh" and len(run) == 2  # two neighbours each by itself
        for first, last in zip(run, run, strict=True) if apart else [(run[0], run[-1])]:
            told.append(_stretch(first, last, year))
            year = last.year if language() == "zh" else None
    return enumeration(told)


def month_runs(months: Sequence[Month]) -> list[list[Month]]:
    """The months in order, those in an unbroken row together."""
    runs: list[list[Month]] = []
    for month in sorted(months):
        if runs and runs[-1][-1].plus(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _stretch(first: Month, last: Month, year: int | None) -> str:
    if first == last:
        return month_beside(first, year)
    one_year = first.year == last.year
    begins, ends = (month_beside(each, each.year if one_year else year) for each in (first, last))
    told = say("dates.two_months" if first.plus(1) == last else "dates.months", first=begins, last=ends)
    return say("dates.of_year", months=told, year=first.year) if one_year and first.year != year else told
