"""The calendar of what is on record, in words and letters."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.answers.answer import Answer
from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import Cell, Covered, Waiting
from bot.dataset.model import Series
from bot.dataset.releases import stage_of
from bot.messages import columns
from bot.messages.columns import Column, Table
from bot.messages.courses import leading
from bot.messages.figure_tables import series_column
from bot.messages.month_lists import month_list
from bot.messages.names import Names, lower_first, series_name
from bot.messages.speech import in_period
from bot.questions.named import day_name, named, period_name
from bot.questions.question import Question
from bot.words import say, say_count
from bot.words.joints import comma, enumeration, in_brackets

LETTERS: dict[Cell, str] = {
    "estimated": "E", "flash": "F", "bulletin": "B", "query": "Q", "revised": "R", "printed": "P",
    "derived": "d", "missing": ".",
}  # fmt: skip
OUTSIDE = "–"  # where letters do not stand below one another a blank would be lost
LEADING = 4  # series in a first line
YEARS = 3  # of each of several series


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


def lead(answer: Answer, question: Question) -> str:
    """What is on record of one series; of several, from when to when each reaches and what it lacks."""
    told = [each for each in answer.covered if _held(each)]
    if not told:
        return _nothing(answer, question.period)
    if len(told) == 1:
        due = months_waited_for(answer.waiting).get(told[0].series, "")
        return say("coverage.of_one", told=lower_first(covered_line(told[0], answer.catalogue, due)))
    return say(
        "coverage.of_several", told=leading([_short(each, answer.catalogue) for each in told], LEADING)
    )


def _nothing(answer: Answer, period: Period | None) -> str:
    names = [series_name(each.series, answer.catalogue) for each in answer.covered]
    series = enumeration([*names[:1], *map(lower_first, names[1:])])
    told = in_period(series, period_name(period)) if period else series
    return say("coverage.nothing_of", series=told)


def _short(each: Covered, names: Names) -> str:
    """Alumina exports from June 2018 to July 2026, 49 months missing."""
    first, last, holes = _reach(each)
    series = lower_first(series_name(each.series, names))
    told = say("coverage.reach", series=series, first=named(first), last=named(last))
    return comma([told, say_count("coverage.months_missing", holes)]) if holes else told


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


def table(answer: Answer) -> Table | None:
    """A row a year, the letters of its months; of several series the newest years alone."""
    told = [each for each in answer.covered if each.cells]
    years = YEARS if len(told) > 1 else 0
    rows = [
        (columns.Cell(series_name(each.series, answer.catalogue)), *_year(each, year))
        for each in told
        for year in each.years[-years:]
    ]
    header = (
        series_column(),
        *map(Column, (say("coverage.year"), say("coverage.months"))),
        Column(say("coverage.missing"), spoken=say("coverage.missing_spoken")),
        Column(say("coverage.on_record"), spoken=say("coverage.on_record_spoken")),
    )
    return Table(say("coverage.caption"), header, tuple(rows), 2, 1) if rows else None


def _year(each: Covered, year: int) -> Iterator[columns.Cell]:
    """The year, its letters, the months that are missing, and how many are on record."""
    months = {month: cell for month, cell in each.cells.items() if month.year == year}
    missing = [month for month, cell in months.items() if cell == "missing"]
    held = len(months) - len(missing)
    yield columns.Cell(period_name(Period.whole_year(year)), year)
    yield columns.Cell(" ".join(letters(each, year).replace(" ", OUTSIDE)))
    yield columns.Cell(month_list(missing, year=year) or say("coverage.none"), len(missing))
    yield columns.Cell(say("coverage.some_of", held=held, months=len(months)), held)


def notes(answer: Answer) -> Iterator[str]:
    """What the letters mean, and what is due since when."""
    if any(each.cells for each in answer.covered):
        yield say("coverage.legend_of_table", letters=say("coverage.letters"), outside=OUTSIDE)
    yield from waiting_lines(answer.waiting, answer.catalogue)


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
