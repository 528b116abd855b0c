"""Equations and ratios of some rows as arrays: how far each row lies from what the others say of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.dataset.guard.equations import Equation, equations, places_of
from bot.dataset.guard.lists import Lists
from bot.dataset.guard.ratios import NEAREST, Family, families, neighbours
from bot.dataset.model import Row
from bot.dataset.text_table import Flags, Indices

Numbers = NDArray[np.float64]

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

    def at(self, relations: Indices | Flags) -> "Said":
        """What some of them say."""
        return Said(self.off[relations], self.play[relations], self.edge[relations])

    def put(self, relations: Indices, said: "Said") -> None:
        """Lets these relations say that from now on."""
        self.off[relations], self.play[relations], self.edge[relations] = said.off, said.play, said.edge


class Web:
    """The relations between some rows, made once; `said` weighs any values of them.

    Each relation has a number: first the equations, then the ratios as they speak of the row above, then as
    they speak of the row below. `row` is whom each speaks of.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        places = places_of(rows)
        self._exact = _Exact(rows, equations(rows, places))
        self._steady = _Steady([family for family in families(rows, places) if len(family) > 1])
        parts = (self._exact, self._steady)
        self.row: Indices = np.concatenate([part.row for part in parts])
        self.steady: Flags = np.arange(len(self.row)) >= len(self._exact.row)
        self.says = [says for part in parts for says in part.says]
        self._of_row = Lists(self.row, np.arange(len(self.row)), len(rows))

    def said(self, values: Numbers, relations: Indices) -> Said:
        """What these relations, in the order of their numbers, say at these values."""
        first, relations = self._parted(relations)
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._exact.said(values, first).joined(self._steady.said(values, relations))

    def about(self, rows: Indices) -> Indices:
        """The relations that speak of these rows, in the order of their numbers."""
        return np.sort(self._of_row.of(rows))

    def moved_by(self, place: int) -> Indices:
        """The relations that may say something else once the value at that place does, in order."""
        steady = len(self._exact.row) + self._steady.with_row(place)
        return np.concatenate([self._exact.with_row(place), steady])

    def others(self, relations: Indices) -> Indices:
        """The other rows in these relations."""
        first, relations = self._parted(np.sort(relations))
        return np.unique(np.concatenate([self._exact.others(first), self._steady.others(relations)]))

    def with_another(self, among: Flags) -> Flags:
        """The relations of which another row than the one they speak of is among these."""
        return np.concatenate([part.with_another(among) for part in (self._exact, self._steady)])

    def _parted(self, relations: Indices) -> tuple[Indices, Indices]:
        """Those of the equations, and those of the ratios in their own numbers."""
        count = len(self._exact.row)
        cut = np.searchsorted(relations, count)
        return relations[:cut], relations[cut:] - count


class _Exact:
    """The equations: one each line, its terms padded with nothing."""

    def __init__(self, rows: Sequence[Row], found: Sequence[Equation]) -> None:
        width = max([1, *(len(each.terms) for each in found)])
        self.row = np.array([each.row for each in found], dtype=np.intp)
        self.says = [each.says for each in found]
        self._slack = np.array([each.slack for each in found])
        self._place = _padded(((place for place, _ in each.terms) for each in found), width).astype(np.intp)
        self._factor = _padded(((factor for _, factor in each.terms) for each in found), width)
        self._half_step = np.array([row.half_step for row in rows])
        line, column = np.nonzero(self._factor)
        parts, lines = (self.row, self._place[line, column]), (np.arange(len(found)), line)
        self._with_row = Lists(np.concatenate(parts), np.concatenate(lines), len(rows))

    def said(self, values: Numbers, lines: Indices) -> Said:
        place, factor, row = self._place[lines], self._factor[lines], self.row[lines]
        terms = values[place] * factor
        rounding = (self._half_step[place] * abs(factor)).sum(axis=1)
        play = rounding + self._half_step[row] + self._slack[lines] * abs(terms).max(axis=1, initial=0)
        due = terms.sum(axis=1)
        decades = np.log10(1 + play / due)
        telling = (due > 0) & (decades < WIDEST)
        off = np.where(telling, np.log10(values[row] / due), np.nan)
        return Said(off, OWN_PLAY + decades, np.zeros(len(off)))

    def with_row(self, place: int) -> Indices:
        return np.unique(self._with_row.of(np.array([place])))

    def others(self, lines: Indices) -> Indices:
        found: Indices = self._place[lines][self._factor[lines] != 0]
        return found

    def with_another(self, among: Flags) -> Flags:
        found: Flags = (among[self._place] & (self._factor != 0)).any(axis=1)
        return found


class _Steady:
    """The ratios, each with those around it; behind the last one a ratio that is not a number."""

    def __init__(self, found: Sequence[Family]) -> None:
        ratios = [ratio for family in found for ratio in family]
        starts = np.cumsum([0, *(len(family) for family in found)], dtype=np.intp)
        self._top = np.array([*(ratio.row for ratio in ratios), 0], dtype=np.intp)
        under = (-1 if ratio.under is None else ratio.under for ratio in ratios)
        self._under = np.array([*under, -1], dtype=np.intp)
        self._months = np.append(np.log10([ratio.months for ratio in ratios]), np.nan)
        self._around = np.full((len(ratios), NEAREST), len(ratios), dtype=np.int32)
        for start, family in zip(starts, found, strict=False):
            near = neighbours(family)
            self._around[start : start + len(family)] = np.where(near < 0, len(ratios), near + start)
        self._count = (self._around < len(ratios)).sum(axis=1)
        # What is said of the upper row is said, the other way round, of the lower one.
        lower = np.flatnonzero(self._under >= 0)
        self._ratio = np.concatenate([np.arange(len(ratios)), lower])  # of each relation
        self._lower_at = np.full(len(ratios), -1, dtype=np.intp)
        self._lower_at[lower] = len(ratios) + np.arange(len(lower))
        self.row = np.concatenate([self._top[:-1], self._under[lower]])
        self.says = [ratios[place].says for place in self._ratio]
        size = int(self.row.max(initial=-1)) + 1
        self._with_row = Lists(self.row, self._ratio, size)

    def said(self, values: Numbers, relations: Indices) -> Said:
        place, sign = self._ratio[relations], np.where(relations < len(self._around), 1, -1)
        ratio, count = self._at_values(values, place), self._count[place]
        around = np.sort(self._at_values(values, self._around[place]), axis=1)
        middle = (_at(around, (count - 1) // 2) + _at(around, count // 2)) / 2
        distances = np.sort(abs(around - middle[:, None]), axis=1)
        usual = _at(distances, (count * USUAL_SHARE).astype(np.intp))
        play = np.maximum(usual * (1 + FEW_SAY_LESS / np.maximum(count, 1)), LEAST_USUAL)
        off = ratio - middle
        edge = np.where(off > 0, _at(around, count - 1) - middle, middle - around[:, 0])
        return Said(sign * off, play, edge)

    def with_row(self, place: int) -> Indices:
        """The relations of its ratios, and of all that these may be compared with."""
        own = self._with_row.of(np.array([place]))
        ratios = np.unique(own[:, None] + np.arange(-NEAREST, NEAREST + 1))
        ratios = ratios[(ratios >= 0) & (ratios < len(self._around))]
        lower = self._lower_at[ratios]
        return np.concatenate([ratios, lower[lower >= 0]])

    def others(self, relations: Indices) -> Indices:
        others = self._other(relations)
        found: Indices = others[others >= 0]
        return found

    def with_another(self, among: Flags) -> Flags:
        others = self._other(np.arange(len(self.row)))
        found: Flags = (others >= 0) & among[others]
        return found

    def _other(self, relations: Indices) -> Indices:
        ratio = self._ratio[relations]
        others: Indices = np.where(relations < len(self._around), self._under[ratio], self._top[ratio])
        return others

    def _at_values(self, values: Numbers, ratios: Indices | NDArray[np.int32]) -> Numbers:
        under = self._under[ratios]
        lower = np.where(under >= 0, np.log10(values[under]), 0.0)
        found: Numbers = np.log10(values[self._top[ratios]]) - lower - self._months[ratios]
        return found


def _at(table: Numbers, column: Indices) -> Numbers:
    """One number of each line; not a number where nothing is around."""
    return np.take_along_axis(table, column[:, None], axis=1)[:, 0]


def _padded(lines: Iterable[Iterable[float]], width: int) -> Numbers:
    table = [list(line) for line in lines]
    return np.array([line + [0.0] * (width - len(line)) for line in table], dtype=float).reshape(-1, width)
