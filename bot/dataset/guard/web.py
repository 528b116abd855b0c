"""Equations and ratios of some rows as arrays: how far each row lies from what the others say of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.dataset.guard.equations import Equation, equations, places_of
from bot.dataset.guard.ratios import Family, families, neighbours
from bot.dataset.model import Row

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

OWN_PLAY = 0.04  # decades, 10 %: what an equation may be off by itself
WIDEST = 0.3  # decades: an equation that leaves more play than a factor of two says nothing
USUAL_SHARE = 0.7  # of the ratios around lie within the usual distance of their middle
FEW_SAY_LESS = 2  # the usual distance is widened by this over their number
LEAST_USUAL = 0.1  # decades: no ratio is taken to be steadier than 25 %


@dataclass(frozen=True, slots=True)
class Said:
    """What each relation says of one row: by how many decades it is off, and by how many it may be.

    `edge` is how far those around lie off themselves on that side. Not a number: nothing can be told.
    """

    off: Numbers
    play: Numbers
    edge: Numbers

    def joined(self, other: "Said") -> "Said":
        """Both, one after the other."""
        pairs = ((self.off, other.off), (self.play, other.play), (self.edge, other.edge))
        return Said(*(np.concatenate(pair) for pair in pairs))


class Web:
    """The relations between some rows, made once; `said` weighs any values of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        places = places_of(rows)
        found = [family for family in families(rows, places) if len(family) > 1]
        self._exact, self._steady = _Exact(rows, equations(rows, places)), _Steady(found)
        parts = (self._exact, self._steady)
        self.row: Indices = np.concatenate([part.row for part in parts])
        self.steady: Flags = np.concatenate([np.full(len(part.row), part is self._steady) for part in parts])
        self.says = [says for part in parts for says in part.says]
        self.others = [others for part in parts for others in part.others]

    def said(self, values: Numbers) -> Said:
        """All relations at these values, in the order of `row`."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._exact.said(values).joined(self._steady.said(np.log10(values)))


class _Exact:
    """The equations: one each line, its terms padded with nothing."""

    def __init__(self, rows: Sequence[Row], found: Sequence[Equation]) -> None:
        width = max([1, *(len(each.terms) for each in found)])
        self.row = np.array([each.row for each in found], dtype=np.intp)
        self.says = [each.says for each in found]
        self.others = [tuple(place for place, _ in each.terms) for each in found]
        self._slack = np.array([each.slack for each in found])
        self._place = _padded((others for others in self.others), width, 0).astype(np.intp)
        self._factor = _padded(((factor for _, factor in each.terms) for each in found), width, 0.0)
        self._half_step = np.array([row.half_step for row in rows])

    def said(self, values: Numbers) -> Said:
        terms = values[self._place] * self._factor
        rounding = (self._half_step[self._place] * abs(self._factor)).sum(axis=1)
        play = rounding + self._half_step[self.row] + self._slack * abs(terms).max(axis=1, initial=0)
        due = terms.sum(axis=1)
        decades = np.log10(1 + play / due)
        telling = (due > 0) & (decades < WIDEST)
        off = np.where(telling, np.log10(values[self.row] / due), np.nan)
        return Said(off, OWN_PLAY + decades, np.zeros(len(off)))


class _Steady:
    """The ratios, each with those around it."""

    def __init__(self, found: Sequence[Family]) -> None:
        ratios = [ratio for family in found for ratio in family]
        starts = np.cumsum([0, *(len(family) for family in found)])
        around = [
            tuple(start + place for place in near)
            for start, family in zip(starts, found, strict=False)
            for near in neighbours(family)
        ]
        self._top = np.array([ratio.row for ratio in ratios], dtype=np.intp)
        under = [-1 if ratio.under is None else ratio.under for ratio in ratios]
        self._under = np.array(under, dtype=np.intp)
        self._months = np.log10([ratio.months for ratio in ratios])
        self._count = np.array([len(near) for near in around], dtype=np.intp)
        self._around = _padded(around, max([1, *self._count.tolist()]), len(ratios)).astype(np.intp)
        # What is said of the upper row is said, the other way round, of the lower one.
        self._lower = np.flatnonzero(self._under >= 0)
        self.row = np.concatenate([self._top, self._under[self._lower]])
        self.says = [ratio.says for ratio in ratios]
        self.says += [self.says[place] for place in self._lower]
        self.others = [() if ratio.under is None else (ratio.under,) for ratio in ratios]
        self.others += [(int(self._top[place]),) for place in self._lower]

    def said(self, logs: Numbers) -> Said:
        lower = np.where(self._under >= 0, logs[self._under], 0.0)
        ratio = np.append(logs[self._top] - lower - self._months, np.nan)
        around = np.sort(ratio[self._around], axis=1)
        middle = (self._at(around, (self._count - 1) // 2) + self._at(around, self._count // 2)) / 2
        distances = np.sort(abs(around - middle[:, None]), axis=1)
        usual = self._at(distances, (self._count * USUAL_SHARE).astype(np.intp))
        play = np.maximum(usual * (1 + FEW_SAY_LESS / np.maximum(self._count, 1)), LEAST_USUAL)
        off = ratio[:-1] - middle
        edge = np.where(off > 0, self._at(around, self._count - 1) - middle, middle - around[:, 0])
        return Said(
            *(np.append(each, sign * each[self._lower]) for each, sign in ((off, -1), (play, 1), (edge, 1)))
        )

    def _at(self, table: Numbers, column: Indices) -> Numbers:
        """One number of each line; not a number where nothing is around."""
        return np.take_along_axis(table, np.minimum(column, table.shape[1] - 1)[:, None], axis=1)[:, 0]


def _padded(lines: Iterable[Iterable[float]], width: int, blank: float) -> Numbers:
    table = [list(line) for line in lines]
    return np.array([line + [blank] * (width - len(line)) for line in table], dtype=float).reshape(-1, width)
