"""The calendar of what is on record, in words and letters."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.dataset.calendar import Month
from bot.dataset.coverage import Cell, Covered, Waiting
from bot.dataset.model import Series
from bot.dataset.releases import stage_of
from bot.messages.month_lists import month_list
from bot.messages.names import Names, series_name
from bot.questions.named import day_name, named
from bot.words import say
from bot.words.joints import in_brackets

LETTERS: dict[Cell, str] = {
    "estimated": "E", "flash": "F", "bulletin": "B", "query": "Q", "revised": "R", "printed": "P",
    "derived": "d", "missing": ".",
}  # fmt: skip


def legend() -> str:
    """What the letters mean."""
    return say("coverage.legend", letters=say("coverage.letters"))


def calendar_lines(covered: Sequence[Covered], names: Names) -> Iterator[str]:
    """A line a year, a letter a month, each series under its name."""
    yield legend()
    width = max((len(series_name(each.series, names)) for each in covered), default=0)
    for each in covered:
        yield ""
        yield f"{series_name(each.series, names):<{width}}  {say('coverage.months')}"
        for year in each.years:
            yield f"{year:>{width}}  {' '.join(letters(each, year))}".rstrip()
        if not each.cells:
            yield f"{say('coverage.nothing'):>{width}}"


def waiting_lines(waits: Sequence[Waiting], names: Names) -> Iterator[str]:
    """For each series what is due and not on record, and what comes next."""
    for series, group in groupby(waits, key=lambda each: each.series):
        *due, coming = group
        name = series_name(series, names)
        following, expected = named(coming.month), day_name(coming.release.day)
        if not due:
            yield say("coverage.up_to_date", series=name, month=following, day=expected)
            continue
        yield say(
            "coverage.waits",
            series=name,
            months=month_list([each.month for each in due]),
            days=_days(due) + _late(series),
            month=following,
            day=expected,
        )


def _late(series: Series) -> str:
    """What is to be known of the query by HS code: in bulk it is had from UN Comtrade alone."""
    return in_brackets(say("coverage.late")) if stage_of(series) == "query" else ""


def letters(each: Covered, year: int) -> str:
    """A letter for each month of a year, a space where it is not due: dBdBdBB...  (January to October)."""
    cells = (each.cells.get(Month(year, number)) for number in range(1, 13))
    return "".join(LETTERS[cell] if cell else " " for cell in cells)


def _days(due: Sequence[Waiting]) -> str:
    first, last = day_name(due[0].release.day), day_name(due[-1].release.day)
    return first if first == last else say("coverage.days", first=first, last=last)
