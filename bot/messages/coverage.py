"""The calendar of what is on record, in words and letters."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.dataset.calendar import Month
from bot.dataset.coverage import Cell, Covered, Waiting
from bot.dataset.model import Series
from bot.dataset.releases import stage_of
from bot.messages.speech import Names, day, month_list, series_name

LETTERS: dict[Cell, str] = {
    "flash": "F", "bulletin": "B", "query": "Q", "revised": "R", "printed": "P", "derived": "d",
    "missing": ".",
}  # fmt: skip
LEGEND = (
    "F flash, B bulletin, Q query by HS code, R revised, P printed (stage not known), d derived, . missing,"
    " blank: not due"
)
LATE = "from the query by HS code, which UN Comtrade has months later"
MONTHS = "J F M A M J J A S O N D"


def calendar_lines(covered: Sequence[Covered], names: Names) -> Iterator[str]:
    """A line a year, a letter a month, each series under its name."""
    yield LEGEND
    width = max((len(series_name(each.series, names)) for each in covered), default=0)
    for each in covered:
        yield ""
        yield f"{series_name(each.series, names):<{width}}  {MONTHS}"
        for year in each.years:
            yield f"{year:>{width}}  {' '.join(letters(each, year))}".rstrip()
        if not each.cells:
            yield f"{'nothing on record':>{width}}"


def waiting_lines(waits: Sequence[Waiting], names: Names) -> Iterator[str]:
    """For each series what is due and not on record, and what comes next."""
    for series, group in groupby(waits, key=lambda each: each.series):
        *due, coming = group
        name = series_name(series, names)
        ahead = f"{coming.month.name} is due {day(coming.release.day)}"
        if not due:
            yield f"{name}: up to date; {ahead}."
            continue
        months = month_list([each.month for each in due])
        yield f"{name}: waiting for {months}, due {_days(due)}{_late(series)}; {ahead}."


def months_waited_for(waits: Sequence[Waiting]) -> dict[Series, str]:
    """By the series the months that are due and not on record: June to October 2026."""
    due = [each for each in waits if each.due]
    return {
        series: month_list([each.month for each in group])
        for series, group in groupby(due, key=lambda each: each.series)
    }


def _late(series: Series) -> str:
    """What is to be known of the query by HS code: in bulk it is had from UN Comtrade alone."""
    return f" ({LATE})" if stage_of(series) == "query" else ""


def small_calendar(covered: Sequence[Covered], names: Names, years: int) -> Iterator[str]:
    """The newest years of each series, narrow enough for a phone: a line a year, a letter a month."""
    yield f"     {MONTHS.replace(' ', '')}"
    for each in covered:
        yield series_name(each.series, names)
        for year in each.years[-years:]:
            yield f"{year} {letters(each, year)}".rstrip()


def letters(each: Covered, year: int) -> str:
    """A letter for each month of a year, a space where it is not due: dBdBdBB...  (January to October)."""
    cells = (each.cells.get(Month(year, number)) for number in range(1, 13))
    return "".join(LETTERS[cell] if cell else " " for cell in cells)


def _days(due: Sequence[Waiting]) -> str:
    first, last = due[0].release.day, due[-1].release.day
    return day(first) if first == last else f"from {day(first)} to {day(last)}"
