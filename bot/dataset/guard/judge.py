"""Who is to blame where relations between rows break, and what mends it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bot.dataset.guard.columns import beside
from bot.dataset.guard.ratios import PACE
from bot.dataset.guard.web import Flags, Indices, Numbers, Said, Web
from bot.dataset.model import Row

FACTOR_OF_THREE = float(np.log10(3))
POWERS = tuple(power for power in range(-6, 7) if power)
COLUMN = len(POWERS)  # the mend after them: the number of the column beside it
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


class Judge:
    """What the rows of one commodity say of each other; weighs any values of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._web = Web(rows)
        self.printed: Numbers = np.array([row.value or 0.0 for row in rows])
        steady, pace = self._web.steady, np.array([says == PACE for says in self._web.says], dtype=bool)
        self._for = np.where(pace, FOR_PACE, np.where(steady, FOR_RATIO, FOR_EQUATION))
        self._full_against = np.where(pace, AGAINST_BY_PACE, np.where(steady, FOR_RATIO, FOR_EQUATION))
        # A partner's trade can stop and start: its pace alone is no sign.
        self._against = self._full_against
        self._partner = np.array([bool(row.series.partner) for row in rows], dtype=bool)
        self._beside = beside(rows)

    def blamed(self, printed: Numbers, may_be: Flags) -> list[Blame]:
        """The slips at these values among those that may be one.

        The worst is mended and all is weighed anew until nothing is left; a slip is who is still to blame
        once all the others are mended.
        """
        self._against = self._full_against * ~self._joint(may_be)
        values, closed, found = printed.copy(), ~may_be, list[Blame]()
        while blame := self._worst(values, closed):
            closed[[blame.place, *blame.rivals]] = True
            if not blame.rivals:
                found.append(blame)
                values[blame.place] /= 10**blame.shift
        if len(found) == 1:
            return found
        alone = (self._alone(blame.place, values, printed) for blame in found)
        return [blame for blame in alone if blame]

    def _joint(self, may_be: Flags) -> Flags:
        """Relations that speak for no row: between rows that came together, which one slip can move alike.

        Where every row may be a slip there is nothing else to go by, and each counts.
        """
        if may_be.all():
            return np.zeros(len(self._web.row), dtype=bool)
        return np.array([any(may_be[other] for other in others) for others in self._web.others], dtype=bool)

    def _alone(self, place: int, mended: Numbers, printed: Numbers) -> Blame | None:
        values, others = mended.copy(), np.ones(len(mended), dtype=bool)
        values[place], others[place] = printed[place], False
        return self._worst(values, others)

    def _worst(self, values: Numbers, closed: Flags) -> Blame | None:
        """Whom most speaks against, if enough does."""
        evidence = self._evidence(self._web.said(values), values, closed)
        scores = self._scores(evidence)
        mend, place = (int(each) for each in np.unravel_index(scores.argmax(), scores.shape))
        if scores[mend, place] < ENOUGH:
            return None
        signs = np.flatnonzero(evidence.mended[mend] & (evidence.row == place))
        names = tuple(dict.fromkeys(self._web.says[sign] for sign in evidence.relation[signs]))
        shift = float(np.median(evidence.shifts[mend, signs]))
        others = {other for sign in evidence.relation[signs] for other in self._web.others[sign]}
        return Blame(place, mend, shift, names, _rivals(place, others, scores.max(axis=0)))

    def _evidence(self, said: Said, values: Numbers, closed: Flags) -> "_Evidence":
        """Every relation of the rows of which one is broken, and a line of them for each mend."""
        broken = self._broken(said)
        suspect = np.zeros(len(values), dtype=bool)
        suspect[self._web.row[broken]] = True
        relation = np.flatnonzero((suspect & ~closed)[self._web.row])
        row, off = self._web.row[relation], said.off[relation]
        shifts = self._shifts(row, off, values)
        left = abs(off - shifts)
        steady, play = self._web.steady[relation], said.play[relation]
        return _Evidence(
            relation=relation,
            row=row,
            shifts=shifts,
            left=left,
            mended=broken[relation] & (left <= np.where(steady, FACTOR_OF_THREE, play)),
            lone=self._lone(said)[relation],
            freed=_in_order(abs(off), steady, play) & ~_in_order(left, steady, play),
        )

    def _scores(self, evidence: "_Evidence") -> Numbers:
        """A line for each mend, a column for each row: what speaks for it less what speaks against it.

        0 where the signs are too few.
        """
        rows = len(self.printed)
        gain = self._for[evidence.relation] - CLOSENESS * evidence.left
        support = evidence.by_row(np.where(evidence.mended, gain, 0), rows)
        against = evidence.by_row(evidence.freed * self._against[evidence.relation], rows)
        lone = evidence.by_row(evidence.mended & evidence.lone, rows) > 0
        signs = evidence.by_row(evidence.mended, rows)
        return np.where((lone & ~self._partner) | (signs > 1), support - against, 0)

    def _shifts(self, row: Indices, off: Numbers, values: Numbers) -> Numbers:
        """A line for each mend: by how many decades it moves what each relation says."""
        with np.errstate(divide="ignore", invalid="ignore"):
            column = np.log10(values / np.where(self._beside < 0, np.nan, values[self._beside]))[row]
        # The same number in both columns: it is the other's, and its own is what the relations say.
        column = np.where(column == 0, off, column)
        return np.array([*(np.full(len(row), float(power)) for power in POWERS), column])

    def _broken(self, said: Said) -> Flags:
        """By more than a factor of three, and of a ratio by more than is usual."""
        least = np.where(self._web.steady, np.maximum(FACTOR_OF_THREE, STRIKING * said.play), FACTOR_OF_THREE)
        return abs(said.off) > least

    def _lone(self, said: Said) -> Flags:
        """What needs no other sign beside it: every equation, and a ratio beyond all around it."""
        off = abs(said.off)
        return ~self._web.steady | ((off > LONE * said.play) & (off > said.edge + BEYOND))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The relations of suspect rows; `shifts`, `left`, `mended`, `freed` have a line for each mend."""

    relation: Indices
    row: Indices
    shifts: Numbers
    left: Numbers  # decades off after the mend
    mended: Flags
    lone: Flags
    freed: Flags  # in order as it is, and not after the mend

    def by_row(self, table: Numbers | Flags, rows: int) -> Numbers:
        """The sums over each row's relations, a line for each mend."""
        mends = len(table)
        cells = (self.row + rows * np.arange(mends)[:, None]).ravel()
        sums: Numbers = np.bincount(cells, table.ravel(), mends * rows).astype(float)
        return sums.reshape(mends, rows)


def _rivals(place: int, others: Collection[int], score: Numbers) -> tuple[int, ...]:
    """All whom the broken relations blame too, where one of them is blamed as much; else nobody."""
    blamed = tuple(other for other in others if score[other] > 0)
    return blamed if any(score[other] > score[place] - AHEAD for other in blamed) else ()


def _in_order(off: Numbers, steady: Flags, play: Numbers) -> Flags:
    return off <= np.where(steady, np.minimum(IN_ORDER * play, 2 * FACTOR_OF_THREE), play)


def words(blame: Blame) -> str:
    """What is wrong, in words."""
    if blame.mend == COLUMN:
        return "the number of the column beside it"
    power = POWERS[blame.mend]
    return f"{10 ** abs(power):,} times too {'much' if power > 0 else 'little'}"
