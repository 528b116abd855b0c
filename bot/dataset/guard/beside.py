"""The number that stands beside a figure on the page: the month's beside the running total's."""

from collections.abc import Sequence

import numpy as np

from bot.dataset.calendar import Period
from bot.dataset.guard.equations import places_of
from bot.dataset.model import Row
from bot.dataset.text_table import Indices


def beside(rows: Sequence[Row]) -> Indices:
    """For each row the place of its neighbour, -1 where it has none; in January both are one."""
    places = places_of(rows)
    found = [-1] * len(rows)
    for place, row in enumerate(rows):
        end = row.period.end
        other = Period.month(end) if row.period.kind == "ytd" else Period.ytd(end)
        if end.number > 1 and (printings := places.get((row.series, row.scope, other))):
            found[place] = printings[-1]
    return np.array(found, dtype=np.intp)
