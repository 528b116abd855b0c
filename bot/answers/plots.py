"""Which figures make a picture: months side by side."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from bot.dataset.calendar import Period
from bot.dataset.model import Figure, Series

MOST_PLACES = 20
MOST_LINES = 12
FEWEST = 3  # places that make a picture
FAR = 20  # times as large: on one axis the smaller of two commodities would be flat
Line = Sequence[Figure]


class Plot(NamedTuple):
    """Figures of one scope a commodity, a line a series: of all lines place by place of the same month."""

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
    """The picture of months of some series, of many the newest; None where they cannot stand together."""
    every: dict[tuple[Series, str], list[Figure]] = defaultdict(list)
    for figure in months:
        if figure.value is not None and figure.period.length == 1:
            every[figure.series, figure.scope].append(figure)
    lines = list(every.values())[:MOST_LINES]
    if not lines or not all(_beside(*pair) for pair in combinations(every.values(), 2)):
        return None
    first, last = min(line[0].end for line in lines), max(line[-1].end for line in lines)
    by_month = [{figure.end: figure for figure in line} for line in lines]
    span = Period.span(max(first, last.plus(1 - MOST_PLACES)), last)
    shown = [month for month in span.months if all(month in own for own in by_month)]
    if len(shown) < FEWEST:
        return None
    return Plot(tuple(tuple(own[month] for month in shown) for own in by_month))


def _beside(line: Line, other: Line) -> bool:
    """Whether both are the world's trade, or partners'; of one commodity in one scope, or of like size."""
    one, two = line[0], other[0]
    if bool(one.series.partner) != bool(two.series.partner):
        return False
    if one.series.commodity == two.series.commodity:
        return one.scope == two.scope
    low, high = sorted(max(abs(figure.value or 0) for figure in each) for each in (line, other))
    return high <= FAR * low
