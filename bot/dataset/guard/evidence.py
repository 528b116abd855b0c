"""What speaks for a row's being a slip, and what against it, for each mend."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bot.dataset.guard.beside import beside
from bot.dataset.guard.ratios import PACE
from bot.dataset.guard.web import Numbers, Said, Web
from bot.dataset.model import Row
from bot.dataset.text_table import Flags, Indices

FACTOR_OF_THREE = float(np.log10(3))
POWERS = tuple(power for power in range(-6, 7) if power)
IN_ORDER = 1.6  # usual distances from the middle up to which a ratio is in order
STRIKING = 2.2  # from which on it is a sign
LONE = 2.5  # from which on it needs no other beside it, where it lies BEYOND all around it
BEYOND = 0.55  # decades
FOR_EQUATION, FOR_RATIO, FOR_PACE, AGAINST_BY_PACE = 1.0, 0.8, 0.7, 0.35
CLOSENESS = 0.1  # per decade: of two mends the closer one
ENOUGH = 0.5
AHEAD = 0.15  # of whom the same relations blame: with less between them nobody can tell


@dataclass(frozen=True, slots=True)
class Blame:
    """A row that may be a slip: how much speaks for it, the mend (a place in POWERS, or COLUMN), who says so.

    `shift` is what the mend takes away, in decades; `rivals` are those whom the same relations blame as much.
    """

    place: int
    mend: int
    shift: float
    signs: tuple[str, ...]
    rivals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The relations of suspect rows; `shifts`, `left`, `mended`, `freed` have a line for each mend.

    `rows` are those that it speaks of, in order, and `column` for each relation the place among them.
    """

    relation: Indices
    rows: Indices
    column: Indices
    shifts: Numbers
    left: Numbers  # decades off after the mend
    mended: Flags
    lone: Flags
    freed: Flags  # in order as it is, and not after the mend

    def by_row(self, table: Numbers | Flags) -> Numbers:
        """The sums over each row's relations, a line for each mend."""
        mends, rows = len(table), len(self.rows)
        cells = (self.column + rows * np.arange(mends)[:, None]).ravel()
        sums: Numbers = np.bincount(cells, table.ravel(), mends * rows).astype(float)
        return sums.reshape(mends, rows)


class Scale:
    """The relations between rows, and how much each weighs."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.web = Web(rows)
        steady, pace = self.web.steady, np.array([says == PACE for says in self.web.says], dtype=bool)
        self._for = np.where(pace, FOR_PACE, np.where(steady, FOR_RATIO, FOR_EQUATION))
        self._full_against = np.where(pace, AGAINST_BY_PACE, np.where(steady, FOR_RATIO, FOR_EQUATION))
        # A partner's trade can stop and start: its pace alone is no sign.
        self._partner = np.array([bool(row.series.partner) for row in rows], dtype=bool)
        self.beside = beside(rows)

    def against(self, may_be: Flags) -> Numbers:
        """What each relation says against a mend of what is in order by it, where these rows may be slips.

        Nothing, where it is between rows that came together, which one slip can move alike. Where every row
        may be a slip there is nothing else to go by, and each counts.
        """
        return self._full_against if may_be.all() else self._full_against * ~self.web.with_another(may_be)

    def evidence(self, relation: Indices, said: Said, values: Numbers) -> Evidence:
        """Of relations that say this, all those of the rows of which one is broken."""
        broken = self._broken(relation, said)
        row = self.web.row[relation]
        of_suspects = np.isin(row, row[broken])
        relation, said, broken = relation[of_suspects], said.at(of_suspects), broken[of_suspects]
        rows, column = np.unique(row[of_suspects], return_inverse=True)
        shifts = self._shifts(rows, column, said.off, values)
        left, steady = abs(said.off - shifts), self.web.steady[relation]
        return Evidence(
            relation=relation,
            rows=rows,
            column=column,
            shifts=shifts,
            left=left,
            mended=broken & (left <= np.where(steady, FACTOR_OF_THREE, said.play)),
            lone=self._lone(relation, said),
            freed=_in_order(abs(said.off), steady, said.play) & ~_in_order(left, steady, said.play),
        )

    def scores(self, evidence: Evidence, against: Numbers) -> Numbers:
        """A line for each mend, a column for each row: what speaks for it less what speaks against it.

        0 where the signs are too few.
        """
        gain = self._for[evidence.relation] - CLOSENESS * evidence.left
        speaks_for = evidence.by_row(np.where(evidence.mended, gain, 0))
        speaks_against = evidence.by_row(evidence.freed * against[evidence.relation])
        lone = evidence.by_row(evidence.mended & evidence.lone) > 0
        signs = evidence.by_row(evidence.mended)
        enough = (lone & ~self._partner[evidence.rows]) | (signs > 1)
        return np.where(enough, speaks_for - speaks_against, 0)

    def blame(self, evidence: Evidence, mend: int, score: Numbers) -> Blame:
        """What is blamed on the one row that the evidence is of, beside what others score."""
        place, signs = int(evidence.rows[0]), np.flatnonzero(evidence.mended[mend])
        relation = evidence.relation[signs]
        names = tuple(dict.fromkeys(self.web.says[sign] for sign in relation))
        shift = float(np.median(evidence.shifts[mend, signs]))
        return Blame(place, mend, shift, names, _rivals(place, self.web.others(relation).tolist(), score))

    def _shifts(self, rows: Indices, column: Indices, off: Numbers, values: Numbers) -> Numbers:
        """A line for each mend: by how many decades it moves what each relation says."""
        neighbour = self.beside[rows]
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = np.log10(values[rows] / np.where(neighbour < 0, np.nan, values[neighbour]))[column]
        # The same number in both columns: it is the other's, and its own is what the relations say.
        moved = np.where(moved == 0, off, moved)
        return np.array([*(np.full(len(off), float(power)) for power in POWERS), moved])

    def _broken(self, relation: Indices, said: Said) -> Flags:
        """By more than a factor of three, and of a ratio by more than is usual."""
        usual = np.where(self.web.steady[relation], STRIKING * said.play, FACTOR_OF_THREE)
        return abs(said.off) > np.maximum(FACTOR_OF_THREE, usual)

    def _lone(self, relation: Indices, said: Said) -> Flags:
        """What needs no other sign beside it: every equation, and a ratio beyond all around it."""
        off = abs(said.off)
        return ~self.web.steady[relation] | ((off > LONE * said.play) & (off > said.edge + BEYOND))


def _rivals(place: int, others: Collection[int], score: Numbers) -> tuple[int, ...]:
    """All whom the broken relations blame too, where one of them is blamed as much; else nobody."""
    blamed = tuple(other for other in others if score[other] > 0)
    return blamed if any(score[other] > score[place] - AHEAD for other in blamed) else ()


def _in_order(off: Numbers, steady: Flags, play: Numbers) -> Flags:
    return off <= np.where(steady, np.minimum(IN_ORDER * play, 2 * FACTOR_OF_THREE), play)
