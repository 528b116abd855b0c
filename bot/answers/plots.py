"""Which figures make a picture: months side by side, or years over one another."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from bot.dataset.calendar import Period
from bot.dataset.model import Figure, Series

MOST_PLACES = 20
MOST_LINES = 12
MOST_YEARS = 8
FEWEST = 3  # places that make a picture
FAR = 20  # times as large: on one axis the smaller of two commodities would be flat
TOGETHER = frozenset({1, 2})  # months that customs often publish as one figure alone
Line = Sequence[Figure]


class Plot(NamedTuple):
    """Figures of one scope a commodity, a line a series; in the shape `season` one series, a line a year.

    All lines have as many figures, place by place of the same time.
    """

    shape: Literal["months", "season"]
    lines: tuple[tuple[Figure, ...], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All that is shown."""
        return tuple(figure for line in self.lines for figure in line)

    @property
    def series(self) -> tuple[Series, ...]:
        """The series that are shown, each once."""
        return tuple(dict.fromkeys(line[0].series for line in self.lines))


def plot_of(months: Sequence[Figure]) -> Plot | None:
    """The picture of months of some series; None where they cannot all stand beside one another.

    Months where they fit; of a longer time the years of one series, or the newest months.
    """
    every: dict[tuple[Series, str], list[Figure]] = defaultdict(list)
    for figure in months:
        if figure.value is not None and figure.period.length == 1:
            every[figure.series, figure.scope].append(figure)
    lines = list(every.values())[:MOST_LINES]
    if not lines or not all(_beside(*pair) for pair in combinations(every.values(), 2)):
        return None
    first, last = min(line[0].end for line in lines), max(line[-1].end for line in lines)
    if first.until(last) < MOST_PLACES:
        return _months(lines, Period.span(first, last))
    found = _season(lines[0]) if len(lines) == 1 else None
    return found or _months(lines, Period.span(last.plus(1 - MOST_PLACES), last))


def _beside(line: Line, other: Line) -> bool:
    """Whether both are the world's trade, or partners'; of one commodity in one scope, or of like size."""
    one, two = line[0], other[0]
    if bool(one.series.partner) != bool(two.series.partner):
        return False
    if one.series.commodity == two.series.commodity:
        return one.scope == two.scope
    low, high = sorted(max(abs(figure.value or 0) for figure in each) for each in (line, other))
    return high <= FAR * low


def _months(lines: Sequence[Line], span: Period) -> Plot | None:
    by_month = [{figure.end: figure for figure in line} for line in lines]
    shown = [month for month in span.months if all(month in own for own in by_month)]
    if len(shown) < FEWEST:
        return None
    return Plot("months", tuple(tuple(own[month] for month in shown) for own in by_month))


def _season(months: Line) -> Plot | None:
    """The same months of up to eight years, as far as they are published in the newest one."""
    years: dict[int, dict[int, Figure]] = defaultdict(dict)  # by year, by number of the month
    for figure in months:
        years[figure.end.year][figure.end.number] = figure
    full = (frozenset(years[year]) for year in sorted(years, reverse=True) if len(years[year]) >= FEWEST)
    newest, found = next(full, TOGETHER), []
    for numbers in (newest, newest - TOGETHER):
        kept = [year for year in sorted(years) if numbers <= years[year].keys()][-MOST_YEARS:]
        if len(numbers) >= FEWEST and len(kept) > 1:
            found.append((len(numbers) * len(kept), len(numbers), sorted(numbers), kept))
    if not found:
        return None
    *_, shown, kept = max(found)
    return Plot("season", tuple(tuple(years[year][number] for number in shown) for year in kept))
