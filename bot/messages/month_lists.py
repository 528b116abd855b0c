"""Lists of months, and quarters, as messages name them."""

from collections.abc import Sequence

from bot.dataset.calendar import Month
from bot.questions.named import month_name, named
from bot.words import language, say
from bot.words.joints import enumeration


def month_list(months: Sequence[Month], *, year: int | None = None) -> str:
    """January and February 2025, August to December 2026: neighbours together.

    A `year` that is clear is not said.
    """
    runs = month_runs(months)
    told = (
        [_stretch(run[0], run[-1], year) for run in runs] if language() == "en" else _years_once(runs, year)
    )
    return enumeration(told)


def _years_once(runs: Sequence[Sequence[Month]], year: int | None) -> list[str]:
    """The same in Chinese, which says a year once for all that follow, and two neighbours each by itself."""
    told = []
    for run in runs:
        for first, last in zip(run, run, strict=True) if len(run) == 2 else [(run[0], run[-1])]:
            told.append(_stretch(first, last, year))
            year = last.year
    return told


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
        return _unless(year, first)
    if first.year != last.year:
        return _joined(first, last, _unless(year, first), _unless(year, last))
    told = _joined(first, last, month_name(first.number), month_name(last.number))
    return told if first.year == year else say("dates.of_year", months=told, year=first.year)


def _joined(first: Month, last: Month, begins: str, ends: str) -> str:
    neighbours = first.plus(1) == last
    return say("dates.two_months" if neighbours else "dates.months", first=begins, last=ends)


def _unless(year: int | None, month: Month) -> str:
    return month_name(month.number) if month.year == year else named(month)


def quarter(number: int) -> str:
    """Q2, without its year."""
    return say(f"dates.quarter_{number}")
