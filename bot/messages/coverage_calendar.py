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
from bot.words import say, say_count
from bot.words.joints import comma, in_brackets

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


def covered_line(each: Covered, names: Names, due: str) -> str:
    """One series: 39 months from September 2019 to May 2026, 42 between them missing, waiting for June."""
    first, last, holes = _reach(each)
    told = say_count(
        "coverage.held", len(_held(each)),
        series=series_name(each.series, names), first=named(first), last=named(last),
    )  # fmt: skip
    missing = [say("coverage.missing_between", count=holes)] if holes else []
    waits = [say("coverage.waiting_for", months=due)] if due else []
    return comma([told, *missing, *waits])


def _reach(each: Covered) -> tuple[Month, Month, int]:
    """The first month on record, the last, and how many between them are not."""
    held = _held(each)
    return held[0], held[-1], held[0].until(held[-1]) + 1 - len(held)


def _held(each: Covered) -> list[Month]:
    return [month for month, cell in each.cells.items() if cell != "missing"]


def months_waited_for(waits: Sequence[Waiting]) -> dict[Series, str]:
    """By the series the months that are due and not on record: June to October 2026."""
    due = [each for each in waits if each.due]
    return {
        series: month_list([each.month for each in group])
        for series, group in groupby(due, key=lambda each: each.series)
    }


def _late(series: Series) -> str:
    """What is to be known of the query by HS code: in bulk it is had from UN Comtrade alone."""
    return in_brackets(say("coverage.late")) if stage_of(series) == "query" else ""


def small_calendar(covered: Sequence[Covered], names: Names, years: int) -> Iterator[str]:
    """The newest years of each series, narrow enough for a phone: a line a year, a letter a month."""
    yield f"     {say('coverage.months').replace(' ', '')}"
    for each in covered:
        yield series_name(each.series, names)
        for year in each.years[-years:]:
            yield f"{year} {letters(each, year)}".rstrip()


def letters(each: Covered, year: int) -> str:
    """A letter for each month of a year, a space where it is not due: dBdBdBB...  (January to October)."""
    cells = (each.cells.get(Month(year, number)) for number in range(1, 13))
    return "".join(LETTERS[cell] if cell else " " for cell in cells)


def _days(due: Sequence[Waiting]) -> str:
    first, last = day_name(due[0].release.day), day_name(due[-1].release.day)
    return first if first == last else say("coverage.days", first=first, last=last)
