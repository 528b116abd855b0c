"""Ratios that are steady within a series: what one row's value is beside another's, or in a month."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.dataset.guard.equations import Places
from bot.dataset.model import Row, Series

NEAREST = 12  # ratios that one is compared with
FEWEST = 6  # with fewer around nothing is steady
REACH = 36  # months between two ratios that are compared
PACE = "the months around it"
PRICE = "the US$ a tonne around it"
SHARE = "the partner's share around it"


@dataclass(frozen=True, slots=True)
class Ratio:
    """`row` over `under` (None: over the months it covers), in the middle of its period."""

    row: int
    under: int | None
    months: int
    middle: float
    says: str


Family = Sequence[Ratio]


def families(rows: Sequence[Row], places: Places) -> list[Family]:
    """Ratios that can be compared with one another."""
    found: dict[tuple[str, Series, str], list[Ratio]] = defaultdict(list)
    for place, row in enumerate(rows):
        for ratio in _ratios(place, row, places) if row.value else ():
            found[ratio.says, _alike(row.series, ratio.says), row.scope].append(ratio)
    return list(found.values())


def neighbours(family: Family) -> list[tuple[int, ...]]:
    """For each ratio the places in its family of what it is compared with; nothing where they are few."""
    order = sorted(range(len(family)), key=lambda place: family[place].middle)
    found: list[tuple[int, ...]] = [()] * len(family)
    for rank, place in enumerate(order):
        around = order[max(rank - NEAREST, 0) : rank] + order[rank + 1 : rank + 1 + NEAREST]
        found[place] = _nearest(family, place, around)
    return found


def _nearest(family: Family, place: int, around: Sequence[int]) -> tuple[int, ...]:
    distance = {other: abs(family[other].middle - family[place].middle) for other in around}
    near = sorted((other for other in around if distance[other] <= REACH), key=lambda other: distance[other])
    return tuple(near[:NEAREST]) if len(near) >= FEWEST else ()


def _ratios(place: int, row: Row, places: Places) -> Iterator[Ratio]:
    end, months = row.period.end, row.period.length
    middle = end.year * 12 + end.number - (months - 1) / 2
    yield Ratio(place, None, months, middle, PACE)
    for says, series in _beside(row.series):
        if under := places.get((series, row.scope, row.period)):
            yield Ratio(place, under[-1], 1, middle, says)


def _beside(series: Series) -> Iterator[tuple[str, Series]]:
    if series.measure == "value":
        yield PRICE, replace(series, measure="quantity")
    if series.partner:
        yield SHARE, replace(series, partner="")


def _alike(series: Series, says: str) -> Series:
    """The series whose ratios are compared: a tonne costs much the same whichever way it goes."""
    return replace(series, flow="export") if says == PRICE else series
