"""Who is to blame where relations between rows break, and what mends it."""

from collections.abc import Collection, Sequence
from heapq import heappop, heappush

import numpy as np

from bot.dataset.guard.evidence import ENOUGH, POWERS, Blame, Evidence, Scale
from bot.dataset.guard.lists import Lists
from bot.dataset.guard.web import Numbers, Said
from bot.dataset.model import Row
from bot.dataset.text_table import Flags, Indices

COLUMN = len(POWERS)  # the mend after them: the number of the column beside it
AT_ONCE = 4_096  # rows that are weighed together: more would only take memory


class Judge:
    """What the rows of one commodity say of each other; weighs any values of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._scale = Scale(rows)
        has_beside = np.flatnonzero(self._scale.beside >= 0)
        self._is_beside = Lists(self._scale.beside[has_beside], has_beside, len(rows))
        self.printed: Numbers = np.array([row.value or 0.0 for row in rows])

    def blamed(self, printed: Numbers, may_be: Flags) -> list[Blame]:
        """The slips at these values among those that may be one.

        The worst is mended and all that it touches is weighed anew until nothing is left; a slip is who is
        still to blame once all the others are mended.
        """
        case = _Case(self._scale, self._is_beside, printed.copy(), may_be)
        found = list[Blame]()
        while blame := case.worst():
            case.close([blame.place, *blame.rivals])
            if not blame.rivals:
                found.append(blame)
                case.mend(blame.place, blame.shift)
        alone = (case.alone(blame.place, printed[blame.place]) for blame in found)
        return [blame for blame in alone if blame]


class _Case:
    """Values being weighed: what is said of the rows that are open, and what speaks for each being a slip."""

    def __init__(self, scale: Scale, is_beside: Lists, values: Numbers, open_rows: Flags) -> None:
        self._scale, self._web, self._is_beside = scale, scale.web, is_beside
        self._values, self._open = values, open_rows.copy()
        self._against = scale.against(open_rows)
        relations = len(self._web.row)
        self._said = Said(*(np.full(relations, np.nan) for _ in range(3)))
        self._score = np.zeros(len(values))  # with the mend for which most speaks
        self._mend = np.zeros(len(values), dtype=np.intp)
        self._queue: list[tuple[float, int, int]] = []  # the worst first: less its score, mend, place
        rows = np.flatnonzero(open_rows)
        for first in range(0, len(rows), AT_ONCE):
            some = rows[first : first + AT_ONCE]
            self._listen(self._web.about(some))
            self._weigh(some)

    def worst(self) -> Blame | None:
        """Whom most speaks against, if enough does."""
        while self._queue:
            score, mend, place = heappop(self._queue)
            if self._open[place] and (-score, mend) == (self._score[place], self._mend[place]):
                return self._scale.blame(self._evidence(np.array([place])), mend, self._score)
        return None

    def close(self, places: Collection[int]) -> None:
        """Nothing is blamed on these from now on."""
        rows = list(places)
        self._open[rows], self._score[rows] = False, 0

    def mend(self, place: int, shift: float) -> None:
        """Takes so many decades away, and weighs anew what that touches."""
        self._values[place] /= 10**shift
        moved = self._web.moved_by(place)
        moved = moved[self._open[self._web.row[moved]]]
        self._listen(moved)
        rows = np.union1d(self._web.row[moved], self._is_beside.of(np.array([place])))
        self._weigh(rows[self._open[rows]])

    def alone(self, place: int, printed: float) -> Blame | None:
        """What is blamed on a row as it was printed, with all others as they are now."""
        row, mended = np.array([place]), self._values[place]
        self._values[place], self._open[place] = printed, True
        self._listen(self._web.about(row))
        self._weigh(row)
        blame = self.worst()
        self._values[place] = mended
        self.close([place])
        return blame

    def _listen(self, relations: Indices) -> None:
        """Keeps what these relations say at the values as they are."""
        self._said.put(relations, self._web.said(self._values, relations))

    def _evidence(self, rows: Indices) -> Evidence:
        relations = self._web.about(rows)
        return self._scale.evidence(relations, self._said.at(relations), self._values)

    def _weigh(self, rows: Indices) -> None:
        """The score of each of these rows, and their places in the queue."""
        evidence = self._evidence(rows)
        self._score[rows] = 0
        if not len(evidence.rows):
            return
        scores = self._scale.scores(evidence, self._against)
        mends = scores.argmax(axis=0)
        best = scores[mends, np.arange(len(mends))]
        self._score[evidence.rows], self._mend[evidence.rows] = best, mends
        for at in np.flatnonzero(best >= ENOUGH).tolist():
            heappush(self._queue, (-float(best[at]), int(mends[at]), int(evidence.rows[at])))


def words(blame: Blame) -> str:
    """What is wrong, in words."""
    if blame.mend == COLUMN:
        return "the number of the column beside it"
    power = POWERS[blame.mend]
    return f"{10 ** abs(power):,} times too {'much' if power > 0 else 'little'}"
