"""What was printed of one series in one scope, and the levels that follow from it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, partial

from bot.dataset.calendar import Month, Period
from bot.dataset.identity import Closure, Level
from bot.dataset.model import Figure, Input, Row
from bot.dataset.vintage_order import in_order


class Printings:
    """The rows by period, oldest first; of a month in `held` nothing is derived."""

    def __init__(self, rows: Iterable[Row], held: Collection[Month] = ()) -> None:
        self._held = held
        self.by_period = by_period(rows)

    @cached_property
    def levels(self) -> Sequence[Callable[[Period], Level | None]]:
        """What follows from revised rows alone, and from first printings alone."""
        closure = Closure(self.newest)
        return [partial(closure.level, which) for which in range(2)]

    @property
    def newest(self) -> list[Mapping[Period, Row]]:
        """The newest printed row of each period: among revised ones, and among first printings."""
        return [self._newest(revised=True), self._newest(revised=False)]

    def _newest(self, *, revised: bool) -> dict[Period, Row]:
        valued = {
            period: [row for row in rows if row.value is not None and row.revised == revised]
            for period, rows in self.by_period.items()
        }
        return {period: rows[-1] for period, rows in valued.items() if rows}

    def level(self, period: Period) -> Level | None:
        """Printed, from January on as a running total too; else derived."""
        name = Period.ytd(period.end) if period.length > 1 and period.start.number == 1 else period
        valued = [row for row in self.by_period.get(name, ()) if row.value is not None]
        return Level((Input("+", valued[-1]),)) if valued else self.derived(period)

    def derived(self, period: Period) -> Level | None:
        """From revised printings, else from first ones."""
        if period.end in self._held:
            return None
        return next((level for each in self.levels if (level := each(period))), None)


def close(each: Sequence[Printings]) -> None:
    """Works out the levels of several in one go."""
    closure = Closure([newest for printings in each for newest in printings.newest])
    for place, printings in enumerate(each):
        printings.levels = [partial(closure.level, 2 * place + which) for which in range(2)]


def by_period(rows: Iterable[Row]) -> dict[Period, tuple[Row, ...]]:
    """The printings of each period, oldest first."""
    found: dict[Period, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.period].append(row)
    return {period: in_order(group) for period, group in found.items()}


def figure_of(period: Period, vintages: tuple[Row, ...], level: Level | None) -> Figure:
    """The figure at that level, without changes; with a printed change alone where there is none."""
    inputs = level.inputs if level else (Input("+", vintages[-1]),)
    rows = [item.row for item in inputs]
    statuses = {row.status for row in rows}
    return Figure(
        series=rows[0].series,
        period=period,
        scope=rows[0].scope,
        value=level.value if level else None,
        step=max(row.step or 0.0 for row in rows) if level else None,
        range=(max(level.value - level.half_step, 0.0), level.value + level.half_step) if level else None,
        derived=len(rows) > 1,
        status=statuses.pop() if len(statuses) == 1 else None,
        inputs=inputs,
        vintages=vintages,
    )
