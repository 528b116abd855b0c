"""Whether a figure that comes in lies outside the months before it in its series."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.dataset.derive import by_period, levels_of
from bot.dataset.lines import Lines
from bot.dataset.model import Row
from bot.dataset.row_columns import Strand

UNUSUAL_MONTHS = 36
FEWEST_MONTHS = 12  # with fewer on record nothing is unusual

Known = Mapping[int, tuple[float, float]]  # value and half-step, by the ordinal of the last month


@dataclass(slots=True)
class _Past:
    """One series in one scope on record: its months and running totals of the years that are asked for."""

    rows: Mapping[int, Sequence[Row]]  # by year
    _known: dict[int, tuple[Known, Known]] = field(default_factory=dict)

    def months(self, first: int, last: int) -> Iterator[float]:
        """The values of these months, as far as there are any."""
        for year in range(first // 12, last // 12 + 1):
            known = self._of(year)[0] if year in self.rows else {}
            yield from (value for month, (value, _) in known.items() if first <= month <= last)

    def total(self, month: int) -> tuple[float, float] | None:
        """The running total to that month."""
        return self._of(month // 12)[1].get(month)

    def _of(self, year: int) -> tuple[Known, Known]:
        if year not in self._known:
            levels = levels_of(by_period(self.rows.get(year, ())))[0].items()
            months, totals = (
                {end.end.ordinal: (level.value, level.half_step) for end, level in levels if end.kind == kind}
                for kind in ("month", "ytd")
            )
            self._known[year] = months, totals
        return self._known[year]


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual by the rows on record.

    No whole lines are derived: what comes in can be a month of a thousand series, and they are large.
    """

    lines: Lines
    _past: dict[Strand, _Past] = field(default_factory=dict)

    def lacks(self, row: Row) -> bool:
        """Whether the row's month, or the one that a running total makes, lies outside the months before."""
        strand, end = (row.series, row.scope), row.period.end.ordinal
        if strand not in self._past:
            self._past[strand] = _Past(_by_year(self.lines.printed(*strand)))
        made = _month_of(row, self._past[strand])
        if made is None:
            return False
        values = list(self._past[strand].months(end - UNUSUAL_MONTHS, end - 1))
        return len(values) >= FEWEST_MONTHS and (made[1] < min(values) or made[0] > max(values))


def _by_year(rows: Sequence[Row]) -> Mapping[int, Sequence[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.period.end.year].append(row)
    return found


def _month_of(row: Row, past: _Past) -> tuple[float, float] | None:
    """From where to where the row's month lies; of a running total, by the one of the month before."""
    if row.value is None:
        return None
    if row.period.kind == "month":
        return row.value, row.value
    end = row.period.end
    before = past.total(end.ordinal - 1) if end.number > 1 else None
    if before is None:
        return None
    total, half_step = before
    least, most = max(total - half_step, 0.0), total + half_step
    return row.value - row.half_step - most, row.value + row.half_step - least
