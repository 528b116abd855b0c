"""Published rows in, slips out."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log10

import numpy as np

from bot.dataset.guard.equations import places_of
from bot.dataset.guard.evidence import FACTOR_OF_THREE
from bot.dataset.guard.judge import Judge, words
from bot.dataset.guard.web import OWN_PLAY
from bot.dataset.model import Row

WHOLE_PCT = 100


@dataclass(frozen=True, slots=True)
class Slip:
    """A row that cannot be what was meant: what is wrong with it, and what says so."""

    row: Row
    wrong: str
    signs: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why it is held, in half a sentence."""
        return f"{self.wrong}, by {' and '.join(self.signs)}"


def slips(rows: Sequence[Row], suspects: Collection[int] | None = None) -> tuple[Slip, ...]:
    """The rows that are slips, in order; of those at the places `suspects` alone where some are named."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups[row.series.commodity].append(place)
    found: dict[int, Slip] = {}
    for places in groups.values():
        may_be = [suspects is None or place in suspects for place in places]
        for slip, place in _slips([rows[place] for place in places], may_be):
            found[places[place]] = slip
    return tuple(found[place] for place in sorted(found))


def _slips(rows: Sequence[Row], may_be: Sequence[bool]) -> Iterator[tuple[Slip, int]]:
    turned = [place for place in wrong_signs(rows) if may_be[place]]
    for place in turned:
        yield Slip(rows[place], "its printed change has the wrong sign", ("the year before",)), place
    judge = Judge([replace(row, yoy_pct=None) if place in turned else row for place, row in enumerate(rows)])
    for blame in judge.blamed(judge.printed, np.array(may_be, dtype=bool)):
        yield Slip(rows[blame.place], words(blame), blame.signs), blame.place


def wrong_signs(rows: Sequence[Row]) -> Iterator[int]:
    """The places where the printed change is off by more than a factor of three, but for its sign."""
    places = places_of(rows)
    for place, row in enumerate(rows):
        if not row.value or row.yoy_pct is None or abs(row.yoy_pct) >= WHOLE_PCT:
            continue
        for base in places.get((row.series, row.scope, row.period.year_before), ()):
            ratio = row.value / (rows[base].value or 1)
            as_printed, turned = (ratio / (1 + sign * row.yoy_pct / WHOLE_PCT) for sign in (1, -1))
            if abs(log10(as_printed)) > FACTOR_OF_THREE and abs(log10(turned)) < OWN_PLAY:
                yield place
                break
