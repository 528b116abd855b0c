"""The calendar of what is on record, in words and letters."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.dataset.calendar import Month
from bot.dataset.coverage import Cell, Covered, Waiting
from bot.dataset.releases import stage_of
from bot.messages.names import Names, series_name
from bot.messages.period_names import month_list
from bot.questions.named import day_name, named
from bot.words import say
from bot.words.joints import in_brackets

LETTERS: dict[Cell, str] = {
    "estimated": "E", "flash": "F", "bulletin": "B", "query": "Q", "revised": "R", "printed": "P",
    "derived": "d", "missing": ".",
}  # fmt: skip


def calendar_lines(covered: Sequence[Covered], names: Names) -> Iterator[str]:
    """A line a year, a letter a month, each series under its name; what the letters mean."""
    yield say("coverage.legend", letters=say("coverage.letters"))
    width = max((len(series_name(each.series, names)) for each in covered), default=0)
    for each in covered:
        yield ""
        yield f"{series_name(each.series, names):<{width}}  {say('coverage.months')}"
        for year in sorted({month.year for month in each.cells}):
            cells = (each.cells.get(Month(year, number)) for number in range(1, 13))
            letters = " ".join(
                LETTERS[cell] if cell else " " for cell in cells
            )  # a space where it is not due
            yield f"{year:>{width}}  {letters}".rstrip()
        if not each.cells:
            yield f"{say('coverage.nothing'):>{width}}"


def waiting_lines(waits: Sequence[Waiting], names: Names) -> Iterator[str]:
    """For each series what is due and not on record, and what comes next."""
    for series, group in groupby(waits, key=lambda each: each.series):
        *due, coming = group
        next_one = {"month": named(coming.month), "day": day_name(coming.release.day)}
        name = series_name(series, names)
        if not due:
            yield say("coverage.up_to_date", series=name, **next_one)
            continue
        first, last = day_name(due[0].release.day), day_name(due[-1].release.day)
        days = first if first == last else say("coverage.days", first=first, last=last)
        if stage_of(series) == "query":  # which in bulk is had from UN Comtrade alone
            days += in_brackets(say("coverage.late"))
        months = month_list([each.month for each in due])
        yield say("coverage.waits", series=name, months=months, days=days, **next_one)
