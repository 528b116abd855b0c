"""Which figures make a picture: months side by side, quarters of long histories, years over one another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.answers.plot import Plot
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Event, Figure, Series

MOST_PLACES = 20
MOST_LINES = 12
MOST_YEARS = 8
YEAR = 12
FEWEST = 3  # places that make a picture
TOGETHER = frozenset({1, 2})  # months that customs often publish as one figure alone
Line = Sequence[Figure]
Years = dict[int, dict[int, Figure]]  # by year, by number of the month


def plots_of(months: Sequence[Figure], dataset: Dataset) -> tuple[Plot, ...]:
    """The pictures of months of some series: one for each scope, the first series' scope first; the world's
    trade apart from partners'.
    """
    scopes: dict[tuple[str, bool], dict[Series, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in months:
        if figure.value is not None and figure.period.length == 1:
            scopes[figure.scope, bool(figure.series.partner)][figure.series].append(figure)
    found = (_plot(list(lines.values())[:MOST_LINES], dataset) for lines in scopes.values())
    return tuple(plot for plot in found if plot)


def _plot(lines: Sequence[Line], dataset: Dataset) -> Plot | None:
    """Months where they fit; of a longer time the years of one series, the quarters, or the newest months."""
    first = min(line[0].end for line in lines)
    last = max(line[-1].end for line in lines)
    if first.until(last) < MOST_PLACES:
        return _months(lines, Period.span(first, last), dataset)
    found = (season(lines[0], dataset) if len(lines) == 1 else None) or _quarters(lines, first, dataset)
    return found or _months(lines, Period.span(last.plus(1 - MOST_PLACES), last), dataset)


def _months(lines: Sequence[Line], span: Period, dataset: Dataset) -> Plot | None:
    """The months of a span that all lines have."""
    by_month = [{figure.end: figure for figure in line} for line in lines]
    shown = [month for month in span.months if all(month in own for own in by_month)]
    if len(shown) < FEWEST:
        return None
    first = min(line[0].end for line in lines)
    return Plot(
        "months",
        tuple(tuple(own[month] for month in shown) for own in by_month),
        gaps=tuple(month for month in span.months if month not in shown),
        before=first if first < span.start else None,
        events=_events([line[0].series for line in lines], span, dataset),
    )


def season(months: Line, dataset: Dataset) -> Plot | None:
    """The same months of up to eight years, as far as they are published in the newest one."""
    years: Years = defaultdict(dict)
    for figure in months:
        years[figure.end.year][figure.end.number] = figure
    shown = max(_numbers(years), key=lambda numbers: _points(numbers, years), default=frozenset())
    kept = _years_with(shown, years)
    if not shown or len(kept) < 2:
        return None
    span = Period.span(Month(kept[0], min(shown)), Month(kept[-1], max(shown)))
    return Plot(
        "season",
        tuple(tuple(years[year][number] for number in sorted(shown)) for year in kept),
        years=tuple(year for year in years if year > kept[0] and year not in kept),
        before=months[0].end if months[0].end.year < kept[0] else None,
        events=_events([months[0].series], span, dataset),
    )


def _numbers(years: Years) -> Iterator[frozenset[int]]:
    """Sets of months to compare: those of the newest year that has some; these without what is together."""
    for year in sorted(years, reverse=True):
        numbers = frozenset(years[year])
        if len(numbers) >= FEWEST:
            yield from (each for each in (numbers, numbers - TOGETHER) if len(each) >= FEWEST)
            return


def _points(numbers: frozenset[int], years: Years) -> tuple[int, int]:
    return len(numbers) * len(_years_with(numbers, years)), len(numbers)


def _years_with(numbers: frozenset[int], years: Years) -> list[int]:
    return [year for year in sorted(years) if numbers <= years[year].keys()][-MOST_YEARS:]


def _quarters(lines: Sequence[Line], first: Month, dataset: Dataset) -> Plot | None:
    """The newest quarters that all lines have in their scope."""
    last = max(line[-1].end for line in lines)
    known = [_known_quarters(line[0], first, last, dataset) for line in lines]
    common = _without_leaps(sorted(set.intersection(*map(set, known))))[-MOST_PLACES:]
    if len(common) <= FEWEST:
        return None
    span = Period.span(common[0].start, common[-1].end)
    held = {month for quarter in common for month in quarter.months}
    return Plot(
        "quarters",
        tuple(tuple(own[quarter] for quarter in common) for own in known),
        gaps=tuple(month for month in Period.span(span.start, last).months if month not in held),
        before=first if first < span.start else None,
        events=_events([line[0].series for line in lines], span, dataset),
    )


def _without_leaps(quarters: Sequence[Period]) -> list[Period]:
    """The newest ones, back to where more than a year is missing."""
    kept: list[Period] = []
    for quarter in reversed(quarters):
        if kept and quarter.end.until(kept[0].start) > YEAR:
            break
        kept.insert(0, quarter)
    return kept


def _known_quarters(one: Figure, first: Month, last: Month, dataset: Dataset) -> dict[Period, Figure]:
    quarters = dataset.periods(one.series, "quarter", one.scope)
    asked = [period for period in quarters if first <= period.start and period.end <= last]
    figures = ((period, dataset.figure(one.series, period, one.scope)) for period in asked)
    return {period: figure for period, figure in figures if figure}


def _events(series: Iterable[Series], span: Period, dataset: Dataset) -> tuple[Event, ...]:
    """What happened within the months and may bear on them, as far as it was known."""
    return dataset.happened([each.commodity for each in series], span)
