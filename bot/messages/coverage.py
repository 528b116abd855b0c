"""The calendar of what is on record, in words and letters."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.dataset.calendar import Month
from bot.dataset.coverage import Cell, Covered, Waiting
from bot.messages.speech import Names, day, enumeration, series_name

LETTERS: dict[Cell, str] = {
    "flash": "F", "bulletin": "B", "query": "Q", "revised": "R", "printed": "P", "derived": "d",
    "missing": ".",
}  # fmt: skip
LEGEND = (
    "F flash, B bulletin, Q query by HS code, R revised, P printed (stage not known), d derived, . missing,"
    " blank: not due"
)
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
        months = enumeration([each.month.name for each in due])
        yield f"{name}: waiting for {months}, due {_days(due)}; {ahead}."


def letters(each: Covered, year: int) -> str:
    """A letter for each month of a year, a space where it is not due: dBdBdBB...  (January to October)."""
    cells = (each.cells.get(Month(year, number)) for number in range(1, 13))
    return "".join(LETTERS[cell] if cell else " " for cell in cells)


def _days(due: Sequence[Waiting]) -> str:
    first, last = due[0].release.day, due[-1].release.day
    return day(first) if first == last else f"from {day(first)} to {day(last)}"
