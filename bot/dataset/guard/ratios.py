"""Ratios that are steady within a series: what one row's value is beside another's, or in a month."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.dataset.guard.equations import Places
from bot.dataset.model import Row, Series
from bot.dataset.text_table import Indices

NEAREST = 12  # ratios that one is compared with
FEWEST = 6  # with fewer around nothing is steady
REACH = 36  # months between two ratios that are compared
STEPS = np.array([step for step in range(-NEAREST, NEAREST + 1) if step])
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
    """Ratios that can be compared with one another, each family in the order of time."""
    found: dict[tuple[str, Series, str], list[Ratio]] = defaultdict(list)
    for place, row in enumerate(rows):
        for ratio in _ratios(place, row, places) if row.value else ():
            found[ratio.says, _alike(row.series, ratio.says), row.scope].append(ratio)
    return [sorted(family, key=lambda ratio: ratio.middle) for family in found.values()]


def neighbours(family: Family) -> Indices:
    """For each ratio the places in its family of those it is compared with, within NEAREST of its own.

    -1 fills the line; where they would be fewer than FEWEST there are none.
    """
    size = len(family)
    if size <= FEWEST:
        return np.full((size, NEAREST), -1, dtype=np.intp)
    middle = np.array([ratio.middle for ratio in family])
    around = np.arange(size)[:, None] + STEPS
    distance = abs(middle[np.clip(around, 0, size - 1)] - middle[:, None])
    near = (around >= 0) & (around < size) & (distance <= REACH)
    order = np.where(near, distance, np.inf).argsort(axis=1, kind="stable")[:, :NEAREST]
    chosen = near & (near.sum(axis=1) >= FEWEST)[:, None]
    return np.take_along_axis(np.where(chosen, around, -1), order, axis=1)


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
