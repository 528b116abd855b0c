"""Whether what came together adds up: a figure with its printed change, a month with its running total.

Pure: new rows and what is on record in, slips out. Where two printed numbers contradict each other, nobody
can tell which of them is wrong: neither is served until somebody has looked.
"""

from collections.abc import Iterator, Mapping, Sequence

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.growth import PRINTED_HALF_POINT
from bot.dataset.guard import Slip
from bot.dataset.model import Row, Series

UNGROWN = "it and its printed change do not fit"
UNSUMMED = "the month and the running total that were printed together do not fit"

OWN = 0.003  # of a figure, beyond rounding: a page that prints the year before computes from it
REVISED = 0.02  # the same on a year before that was printed then, and may have been corrected since
DERIVED = 0.05  # the same on one that lies between two running totals: corrections of other months are in it
CORRECTIONS = 0.005  # of a running total: corrections of earlier months that customs folds into it

Key = tuple[Series, Period, str, str]
Range = tuple[float, float]


def contradictions(known: Dataset, rows: Sequence[Row]) -> Iterator[Slip]:
    """Of rows that came together those that a change or running total contradicts; one may be there twice."""
    together = {_key(row, row.period): row for row in rows if row.value is not None}
    grown = {key: _grown(row, together, known) for key, row in together.items()}
    for key, row in together.items():
        if grown[key] is False:
            yield Slip(row, UNGROWN, ("the year before",))
            if base := _column_before(row, together):
                yield Slip(base, UNGROWN, ("the year after",))
        for part in _unsummed(row, together, known):
            if not grown[_key(part, part.period)]:
                yield Slip(part, UNSUMMED, ("the running total before",))


def _key(row: Row, period: Period) -> Key:
    """What a figure of that period has in common with the row where one source prints both."""
    return row.series, period, row.scope, row.source


def _grown(row: Row, together: Mapping[Key, Row], known: Dataset) -> bool | None:
    """Whether the change that is printed with a figure leads to it from the year before; None: not known."""
    if row.yoy_pct is None or not (found := _base(row, together, known)):
        return None
    (low, high), slack = found
    least, most = (1 + (row.yoy_pct + half) / 100 for half in (-PRINTED_HALF_POINT, PRINTED_HALF_POINT))
    edges = [edge * times for edge in (low, high) for times in (least, most)]
    return _meet(_range(row), (min(edges), max(edges)), slack * max(row.value or 0, *edges))


def _base(row: Row, together: Mapping[Key, Row], known: Dataset) -> tuple[Range, float] | None:
    """What the year before can be, and how far the change may lie off it."""
    if own := _column_before(row, together):
        return _range(own), OWN
    found = known.figure(row.series, row.period.year_before, row.scope)
    if not found or found.range is None:
        return None
    return found.range, DERIVED if found.derived else REVISED


def _column_before(row: Row, together: Mapping[Key, Row]) -> Row | None:
    """The year before as the same page prints it beside the figure."""
    base = together.get(_key(row, row.period.year_before))
    return base if base and base.status == "revised" else None


def _unsummed(total: Row, together: Mapping[Key, Row], known: Dataset) -> tuple[Row, ...]:
    """A running total and its month, where they leave another than the one of the month before."""
    end = total.period.end
    month = together.get(_key(total, Period.month(end)))
    if total.period.kind != "ytd" or end.number == 1 or not month:
        return ()
    before = known.figure(total.series, Period.ytd(end.plus(-1)), total.scope)
    if not before or before.range is None:
        return ()
    (low, high), (least, most) = _range(total), _range(month)
    fits = _meet((low - most, high - least), before.range, CORRECTIONS * (total.value or 0))
    return () if fits else (total, month)


def _range(row: Row) -> Range:
    value = row.value or 0
    return value - row.half_step, value + row.half_step


def _meet(one: Range, other: Range, slack: float) -> bool:
    return one[0] - slack <= other[1] and other[0] - slack <= one[1]
